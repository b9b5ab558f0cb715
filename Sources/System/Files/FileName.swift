import Foundation

/// Conversions between text and the names of files, which are bytes and need not be UTF-8.
///
/// In text, a byte that is no part of a UTF-8 character becomes a private character, U+10FE00 +
/// byte, so that the file can still be opened. The screen and printed text show U+FFFD instead.
public enum FileName {
  private static let escape: UInt32 = 0x10_FE00

  /// The private characters that stand for single bytes.
  public static let escapes = escape + 0x80...escape + 0xFF

  /// Returns the text for the `bytes` of a name.
  public static func text(of bytes: some Sequence<UInt8>) -> String {
    var text = String.UnicodeScalarView()
    var decoder = Unicode.UTF8.ForwardParser()
    // The parser reports only the length of a malformed sequence, so the position is counted here.
    let all = Array(bytes)
    var rest = all.makeIterator()
    var offset = 0
    while true {
      switch decoder.parseScalar(from: &rest) {
      case .valid(let encoded):
        text.append(Unicode.UTF8.decode(encoded))
        offset += encoded.count
      case .error(let length):
        for byte in all[offset..<offset + length] {
          Unicode.Scalar(escape + UInt32(byte)).map { text.append($0) }
        }
        offset += length
      case .emptyInput: return String(text)
      }
    }
  }

  /// Returns the bytes of the name that `text` stands for, ending in a zero.
  public static func bytes(of text: String) -> [CChar] {
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      if escapes ~= scalar.value {
        bytes.append(UInt8(scalar.value - escape))
      } else {
        bytes += UTF8.encode(scalar).map(Array.init) ?? []
      }
    }
    return bytes.map { CChar(bitPattern: $0) } + [0]
  }

  /// Returns `text` as the bytes of a file; the names of files in it are their own bytes again.
  public static func data(of text: String) -> Data {
    guard text.unicodeScalars.contains(where: { escapes ~= $0.value }) else {
      return Data(text.utf8)
    }
    return Data(bytes(of: text).dropLast().map { UInt8(bitPattern: $0) })
  }

  /// The program's arguments, without its own name.
  public static var arguments: [String] {
    (1..<max(Int(CommandLine.argc), 1)).compactMap { index in
      CommandLine.unsafeArgv[index].map { argument in
        text(
          of: UnsafeBufferPointer(start: argument, count: strlen(argument)).map {
            UInt8(bitPattern: $0)
          })
      }
    }
  }

  /// The kinds of things that can lie at a path.
  public enum Kind {
    case file, folder, other
  }

  /// Returns the kind of thing at `path`; nil if there is nothing.
  public static func kind(at path: String) -> Kind? {
    var status = stat()
    guard stat(bytes(of: path), &status) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    default: return .other
    }
  }

  /// Returns `path` with all symbolic links resolved; nil if nothing is there.
  public static func resolved(_ path: String) -> String? {
    guard let real = realpath(bytes(of: path), nil) else { return nil }
    defer { free(real) }
    return text(of: UnsafeRawBufferPointer(start: real, count: strlen(real)))
  }

  /// Returns the target written in the symbolic link at `path`; nil if there is no link.
  public static func link(at path: String) -> String? {
    let bytes = [UInt8](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, count in
      let base = UnsafeMutableRawPointer(buffer.baseAddress)?.assumingMemoryBound(to: CChar.self)
      count = base.map { max(readlink(Self.bytes(of: path), $0, buffer.count), 0) } ?? 0
    }
    return bytes.isEmpty ? nil : text(of: bytes)
  }

  /// Returns the path that the symbolic links of `path` lead to, whether anything is there or not.
  public static func destination(of path: String) -> String {
    var target = path
    // Linux follows at most 40 links.
    for _ in 0..<40 {
      if let known = resolved(target) { return known }
      guard let next = link(at: target) else { break }
      let folder = URL(fileURLWithPath: target).deletingLastPathComponent().path
      target = next.hasPrefix("/") ? next : folder + "/" + next
    }
    return target
  }

  /// Returns `path` without the slashes at its end; the root keeps one.
  public static func withoutLastSlashes(_ path: String) -> String {
    var rest = path[...]
    while rest.count > 1, rest.last == "/" { rest.removeLast() }
    return String(rest)
  }

  /// Returns the path of the file called `name` in `folder`, with one slash between.
  public static func path(of name: String, in folder: String) -> String {
    let folder = withoutLastSlashes(folder)
    return folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  /// Makes the folder at `path` and the missing folders above it.
  public static func makeFolder(at path: String) throws(POSIXError) {
    if kind(at: path) == .folder || mkdir(bytes(of: path), 0o777) == 0 { return }
    guard errno == ENOENT, let slash = path.dropLast().lastIndex(of: "/"), slash > path.startIndex
    else { throw .last }
    try makeFolder(at: String(path[..<slash]))
    guard mkdir(bytes(of: path), 0o777) == 0 || errno == EEXIST else { throw .last }
  }

  /// Returns the sorted names in `folder`, without those that begin with a dot; throws the reason
  /// if the folder cannot be read.
  public static func names(in folder: String) throws(POSIXError) -> [String] {
    guard let stream = opendir(bytes(of: folder)) else { throw .last }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { text(of: $0.prefix { $0 != 0 }) }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  /// Returns the plain files under `folder` at any depth, as paths relative to it.
  ///
  /// Hidden files are left out, and so are folders within it that may not be read.
  ///
  /// Follows symbolic links. Throws the reason if `folder` itself cannot be read.
  public static func files(under folder: String) throws(POSIXError) -> [String] {
    try files(in: folder, above: [])
  }

  private static func files(
    in folder: String, above: Set<String>
  ) throws(POSIXError) -> [String] {
    // A link may lead back to a folder that contains it.
    let whole = resolved(folder) ?? folder
    guard !above.contains(whole) else { return [] }
    var found: [String] = []
    for name in try names(in: folder) {
      let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
      switch kind(at: path) {
      case .file: found.append(name)
      case .folder:
        let within = (try? files(in: path, above: above.union([whole]))) ?? []
        found += within.map { name + "/" + $0 }
      case .other, nil: break
      }
    }
    return found
  }
}
