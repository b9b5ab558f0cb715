import ArgumentParser
import Files
import Foundation
import Images
import Tensors

/// The file that a command writes its result to: a picture, or an array.
struct ResultFile {
  /// The format of the file.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case png, npy
  }

  let path: String
  let format: Format

  /// Makes a result file at `path`, in the format that its ending names; `allowed` are the formats
  /// to choose from.
  ///
  /// Throws if nothing can be written there, if `path` is one of `inputs`, the files that are read, or
  /// if a picture is there that `force` does not give up.
  init(
    _ path: String, allowed: [Format] = Format.allCases, isNoneOf inputs: [String?], force: Bool
  ) throws {
    let ending = URL(fileURLWithPath: path).pathExtension.lowercased()
    guard let format = Format(rawValue: ending), allowed.contains(format) else {
      let names = allowed.map { "." + $0.rawValue }.joined(separator: " or ")
      throw Failure(.usage, "--output \(path): expected a name that ends in \(names)")
    }
    try OutputFile.check(path, isNoneOf: inputs.compactMap(\.self))
    try OutputFile.check(path, force: force || format != .png)
    self.path = path
    self.format = format
  }

  /// Writes `pixels` or `tensor`, depending on the format; prints the path unless `isQuiet`.
  func write(
    _ pixels: @autoclosure () -> Pixels, _ tensor: @autoclosure () -> Tensor, isQuiet: Bool
  ) throws {
    try write(isQuiet: isQuiet) {
      switch format {
      case .png: try PNGFile.bytes(of: pixels())
      case .npy: NumPyFile.bytes(of: tensor())
      }
    }
  }

  /// Writes `pixels`; prints the path unless `isQuiet`.
  func write(_ pixels: Pixels, isQuiet: Bool) throws {
    try write(isQuiet: isQuiet) { try PNGFile.bytes(of: pixels) }
  }

  private func write(isQuiet: Bool, _ bytes: () throws -> [UInt8]) throws {
    try OutputFile.write(Data(bytes()), to: path)
    if !isQuiet { try Output.print(path) }
  }
}
