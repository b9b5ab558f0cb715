import Foundation

/// The built program, run as a script would run it.
enum Program {
  /// Where the build put it: beside the tests, on macOS beside the bundle that they are in.
  static let path: String = {
    #if canImport(Darwin)
      let tests = Bundle(for: TmuxScreen.self).bundlePath
    #else
      let tests = CommandLine.arguments[0]
    #endif
    var folder = URL(fileURLWithPath: tests).resolvingSymlinksInPath()
    repeat {
      folder.deleteLastPathComponent()
      let candidate = folder.appendingPathComponent("mobilenet-explorer").path
      var isFolder: ObjCBool = false
      let isThere = FileManager.default.fileExists(atPath: candidate, isDirectory: &isFolder)
      if isThere, !isFolder.boolValue { return candidate }
    } while folder.path != "/"
    return "mobilenet-explorer"
  }()

  /// Whether there is the program that it downloads with.
  static let hasCurl = ["/usr/bin/curl", "/usr/local/bin/curl", "/opt/homebrew/bin/curl"]
    .contains { FileManager.default.isExecutableFile(atPath: $0) }

  struct Outcome {
    let status: Int32
    let output: String
    let errors: String
  }

  /// Runs the program, or another, with `arguments` and `input` on its standard input; its answer
  /// goes to `output` if there is one.
  ///
  /// COLUMNS is not passed on: help would be wrapped for the terminal of whoever runs the tests.
  static func run(
    path: String = Program.path, _ arguments: [String], input: Data? = nil,
    output file: FileHandle? = nil, environment: [String: String] = [:]
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.filter { $0.key != "COLUMNS" }
      .merging(environment) { $1 }
    let (output, errors, source) = (Pipe(), Pipe(), Pipe())
    process.standardOutput = file ?? output
    process.standardError = errors
    process.standardInput = input == nil ? FileHandle.nullDevice : source
    try process.run()
    if file != nil { try output.fileHandleForWriting.close() }
    if let input {
      // A program that refuses its arguments ends before it reads, which would end the tests too.
      signal(SIGPIPE, SIG_IGN)
      try? source.fileHandleForWriting.write(contentsOf: input)
      try source.fileHandleForWriting.close()
    }
    let text = output.fileHandleForReading.readDataToEndOfFile()
    let complaint = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
      errors: String(decoding: complaint, as: UTF8.self))
  }
}

/// Copies a file, or a folder of files, to `path`.
///
/// `FileManager.copyItem` keeps the owner too, which fails where the checkout is another's.
func copyContents(of original: String, to path: String) throws {
  var isFolder: ObjCBool = false
  guard FileManager.default.fileExists(atPath: original, isDirectory: &isFolder),
    isFolder.boolValue
  else {
    return try Data(contentsOf: URL(fileURLWithPath: original))
      .write(to: URL(fileURLWithPath: path))
  }
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  for name in try FileManager.default.contentsOfDirectory(atPath: original) {
    try copyContents(of: "\(original)/\(name)", to: "\(path)/\(name)")
  }
}
