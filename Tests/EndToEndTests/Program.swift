import Foundation

/// The built program, run as a script would run it.
enum Program {
  /// Where the build put it: beside the tests.
  static let path: String = {
    let tests = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    var folder = tests.deletingLastPathComponent()
    while folder.path != "/" {
      let candidate = folder.appendingPathComponent("mobilenet-explorer").path
      if FileManager.default.isExecutableFile(atPath: candidate), candidate.contains("/.build") {
        return candidate
      }
      folder.deleteLastPathComponent()
    }
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
  static func run(
    path: String = Program.path, _ arguments: [String], input: Data? = nil,
    output file: FileHandle? = nil, environment: [String: String] = [:]
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let (output, errors, source) = (Pipe(), Pipe(), Pipe())
    process.standardOutput = file ?? output
    process.standardError = errors
    process.standardInput = input == nil ? FileHandle.nullDevice : source
    try process.run()
    if file != nil { try output.fileHandleForWriting.close() }
    if let input {
      try source.fileHandleForWriting.write(contentsOf: input)
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
