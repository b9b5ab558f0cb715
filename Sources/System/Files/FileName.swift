import Foundation

/// Names of files as the system has them: bytes, which need not be UTF-8.
///
/// In a text each byte that belongs to no character stands as a private character, U+10FE00 + byte,
/// so that the file can still be opened; screens and what is printed show U+FFFD instead.
public enum FileName {
  private static let escape: UInt32 = 0x10_FE00

  /// The private characters that stand for bytes.
  public static let escapes = escape + 0x80...escape + 0xFF

  /// The text for the `bytes` of a name.
  public static func text(of bytes: some Sequence<UInt8>) -> String {
    var text = String.UnicodeScalarView()
    var decoder = Unicode.UTF8.ForwardParser()
    // What is wrong is told apart by its length alone, so the bytes are counted along.
    let all = Array(bytes)
    var rest = all.makeIterator()
    var place = 0
    while true {
      switch decoder.parseScalar(from: &rest) {
      case .valid(let encoded):
        text.append(Unicode.UTF8.decode(encoded))
        place += encoded.count
      case .error(let length):
        for byte in all[place..<place + length] {
          Unicode.Scalar(escape + UInt32(byte)).map { text.append($0) }
        }
        place += length
      case .emptyInput: return String(text)
      }
    }
  }

  /// The bytes of the name that `text` stands for, with a zero at their end.
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

  /// What the program was started with, its own name left out.
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

  /// What lies at a path.
  public enum Kind {
    case file, folder, other
  }

  /// What lies at `path`; nil where nothing does.
  public static func kind(at path: String) -> Kind? {
    var status = stat()
    guard stat(bytes(of: path), &status) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    default: return .other
    }
  }

  /// Where the links of `path` lead; nil where nothing is there.
  public static func resolved(_ path: String) -> String? {
    guard let real = realpath(bytes(of: path), nil) else { return nil }
    defer { free(real) }
    return text(of: UnsafeRawBufferPointer(start: real, count: strlen(real)))
  }

  /// What the link at `path` says; nil where no link is.
  public static func link(at path: String) -> String? {
    let bytes = [UInt8](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, count in
      let base = UnsafeMutableRawPointer(buffer.baseAddress)?.assumingMemoryBound(to: CChar.self)
      count = base.map { max(readlink(Self.bytes(of: path), $0, buffer.count), 0) } ?? 0
    }
    return bytes.isEmpty ? nil : text(of: bytes)
  }

  /// Where the links of `path` lead, whether anything is there or not.
  public static func destination(of path: String) -> String {
    var place = path
    // A system follows no more of them.
    for _ in 0..<40 {
      if let known = resolved(place) { return known }
      guard let next = link(at: place) else { break }
      let folder = URL(fileURLWithPath: place).deletingLastPathComponent().path
      place = next.hasPrefix("/") ? next : folder + "/" + next
    }
    return place
  }

  /// Makes the folder at `path`, and those above it that are missing.
  public static func makeFolder(at path: String) throws(POSIXError) {
    if kind(at: path) == .folder || mkdir(bytes(of: path), 0o777) == 0 { return }
    guard errno == ENOENT, let slash = path.dropLast().lastIndex(of: "/"), slash > path.startIndex
    else { throw .last }
    try makeFolder(at: String(path[..<slash]))
    guard mkdir(bytes(of: path), 0o777) == 0 || errno == EEXIST else { throw .last }
  }

  /// The names in `folder` without those that begin with a point, in order; throws why it cannot be
  /// read.
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

  /// The plain files under `folder`, at any depth, relative to it; what is hidden is left out, and so
  /// is a folder within it that may not be read.
  ///
  /// Links are followed. Throws why `folder` cannot be read.
  public static func files(under folder: String) throws(POSIXError) -> [String] {
    try files(in: folder, above: [])
  }

  private static func files(
    in folder: String, above: Set<String>
  ) throws(POSIXError) -> [String] {
    // A link may lead back to where it lies in.
    let place = resolved(folder) ?? folder
    guard !above.contains(place) else { return [] }
    var found: [String] = []
    for name in try names(in: folder) {
      let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
      switch kind(at: path) {
      case .file: found.append(name)
      case .folder:
        let within = (try? files(in: path, above: above.union([place]))) ?? []
        found += within.map { name + "/" + $0 }
      case .other, nil: break
      }
    }
    return found
  }
}
