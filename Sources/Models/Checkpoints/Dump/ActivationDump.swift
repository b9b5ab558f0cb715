import Foundation
import MobileNet
import Tensors

/// Another framework's outputs for a picture, layer by layer: a `.npz`, or a folder of `.npy`
/// files.
///
/// Arrays are rows × columns × channels or channels × rows × columns, with or without axes of one
/// before them. An array called input, or the first with the input's channels, is the network's
/// input.
public struct ActivationDump: Sendable {
  /// An array, without axes of one before the others.
  struct Array: Sendable {
    let name: String
    let shape: [Int]
    let values: [Float]
  }

  /// The arrays, in the order of the archive, or of the files' names with numbers by size.
  let arrays: [Array]

  /// Whether the file or folder at `path` is such a dump.
  public static func isDump(path: String) -> Bool {
    guard let file = try? CheckpointFile(path: path) else { return false }
    if file.isFolder { return file.neighbourNames.contains { $0.hasSuffix(".npy") } }
    let bytes = file.bytes(format: NumPyArray.formatName)
    guard ZipArchive.recognizes(bytes), let archive = try? ZipArchive(bytes) else { return false }
    return !archive.names.isEmpty && archive.names.allSatisfy { $0.hasSuffix(".npy") }
  }

  /// Reads all arrays at `path`.
  ///
  /// Throws when an array is damaged, holds several pictures, or quantised numbers without their
  /// scale.
  public init(path: String) throws(CheckpointFileError) {
    do throws(ImportError) {
      let file = try CheckpointFile(path: path)
      if file.isFolder {
        let names = file.neighbourNames.filter { $0.hasSuffix(".npy") }
        arrays = try names.sorted { $0.compare($1, options: .numeric) == .orderedAscending }
          .map { name throws(ImportError) in
            try Array(file.neighbour(name, format: NumPyArray.formatName), name: name)
          }
      } else {
        let archive = try ZipArchive(file.bytes(format: NumPyArray.formatName))
        arrays = try archive.names.map { name throws(ImportError) in
          try Array(archive.file(name), name: name)
        }
      }
    } catch {
      throw CheckpointFileError(path: path, reason: error)
    }
  }

  init(arrays: [Array]) { self.arrays = arrays }

  /// Returns the network's input, rows × columns × `channels`; nil if the dump has none.
  public func input(channels: Int) -> Tensor? {
    inputPlace(channels: channels).flatMap { place in
      let array = arrays[place]
      return Self.inputShape(array, channels).flatMap { array.orders(as: $0).first }
    }
  }

  /// Returns the arrays other than the input.
  func outputs(channels: Int) -> [Array] {
    let input = inputPlace(channels: channels)
    return arrays.enumerated().filter { $0.offset != input }.map(\.element)
  }

  private func inputPlace(channels: Int) -> Int? {
    let places = arrays.indices.filter { Self.inputShape(arrays[$0], channels) != nil }
    return places.first { arrays[$0].name.lowercased().hasPrefix("input") } ?? places.first
  }

  /// Returns the shape of the array as an input; nil if it cannot be one.
  private static func inputShape(_ array: Array, _ channels: Int) -> Shape? {
    let sizes = channels == 1 && array.shape.count == 2 ? array.shape + [1] : array.shape
    guard sizes.count == 3 else { return nil }
    for (rows, columns, depth) in [(0, 1, 2), (1, 2, 0)] where sizes[depth] == channels {
      let shape = Shape(height: sizes[rows], width: sizes[columns], channels: channels)
      if min(shape.height, shape.width) >= Resolution.sides.lowerBound { return shape }
    }
    return nil
  }
}

extension ActivationDump.Array {
  fileprivate init(_ bytes: Bytes, name: String) throws(ImportError) {
    let array = try NumPyArray(bytes, name: name)
    if array.shape.count == 4, array.shape[0] > 1 {
      throw .inconsistent(
        problem: "\(name) holds \(array.shape[0]) pictures, expected one")
    }
    self.name = String(name.dropLast(".npy".count))
    let isInput = self.name.lowercased().hasPrefix("input")
    guard !array.isBytes || isInput else {
      throw .inconsistent(
        problem: "\(name) holds integers of eight bits, expected (number − zero point) · scale")
    }
    shape = Array<Int>(array.shape.drop { $0 == 1 })
    values = array.values
  }

  /// Returns the array as rows × columns × channels: in its own order, and with channels first,
  /// where the sizes fit.
  func orders(as wanted: Shape) -> [Tensor] {
    guard values.count == wanted.count else { return [] }
    let (height, width, channels) = (wanted.height, wanted.width, wanted.channels)
    if wanted.places == 1 { return [Tensor(shape: wanted, values: values)] }
    var orders: [Tensor] = []
    if shape == [height, width, channels] || channels == 1 && shape == [height, width] {
      orders.append(Tensor(shape: wanted, values: values))
    }
    if shape == [channels, height, width] {
      let places = height * width
      let turned = (0..<places).flatMap { place in
        (0..<channels).lazy.map { values[$0 * places + place] }
      }
      orders.append(Tensor(shape: wanted, values: turned))
    }
    return orders
  }
}
