import Foundation
import Images
import MobileNet
import Tensors
import Testing

@testable import Checkpoints

/// Activations of another framework: what is found in them, and what the verdict is.
struct DumpTests {
  private let checkpoint: Checkpoint
  private let input: PreparedInput

  init() throws {
    checkpoint = try Fixture("project.safetensors").read()
    let bytes = Checkpoint.syntheticValues(3 * 64 * 64, seed: 3, scale: 127.5)
      .map { UInt8($0 + 127.5) }
    let pixels = Pixels(width: 64, height: 64, bytes: bytes)
    input = PreparedInput(
      pixels, fit: checkpoint.preprocessing.fit(width: 64, height: 64, resolution: 64),
      resolution: 64,
      preprocessing: checkpoint.preprocessing)
  }

  private typealias Array = ActivationDump.Array

  private func array(_ name: String, _ tensor: Tensor, channelsFirst: Bool = false) -> Array {
    let shape = tensor.shape
    guard channelsFirst else {
      return Array(
        name: name, shape: [shape.height, shape.width, shape.channels], values: tensor.values)
    }
    let values = (0..<shape.channels).flatMap { tensor.plane($0).values }
    return Array(
      name: name, shape: [shape.channels, shape.height, shape.width], values: values)
  }

  /// The outputs of `checkpoint` for `fed`, by the layers' names.
  private func arrays(
    of checkpoint: Checkpoint, _ fed: Tensor, channelsFirst: Bool = false
  ) throws -> [Array] {
    let trace = try Network(checkpoint, resolution: 64, threads: 1).run(fed)
    return [array("input", fed, channelsFirst: channelsFirst)]
      + trace.layers.indices.map {
        array(trace.layers[$0].name, trace.output(at: $0), channelsFirst: channelsFirst)
      }
  }

  private func comparison(_ arrays: [Array], tolerance: Double = 1e-4) throws -> DumpComparison {
    try DumpComparison(
      checkpoint, resolution: 64, prepared: input, dump: ActivationDump(arrays: arrays),
      tolerance: tolerance)
  }

  @Test(arguments: [false, true])
  func theSameNetworkIsTheSame(channelsFirst: Bool) throws {
    let found = try comparison(
      arrays(of: checkpoint, input.tensor, channelsFirst: channelsFirst))
    #expect(found.verdict == .same)
    #expect(found.rows.count == 30 && found.rows.allSatisfy { $0.largest == 0 })
  }

  /// Names that nobody knows, and steps between the layers that have their sizes.
  @Test func arraysInOrderAreFoundAmongOthers() throws {
    var found: [Array] = []
    for array in try arrays(of: checkpoint, input.tensor) {
      if array.name != "input", array.name.hasPrefix("conv") {
        found.append(Array(name: "", shape: array.shape, values: array.values.map { $0 - 0.3 }))
      }
      found.append(array)
    }
    let numbered = found.enumerated().map {
      Array(name: "arr_\($0)", shape: $1.shape, values: $1.values)
    }
    let result = try comparison(numbered)
    #expect(result.verdict == .same && result.rows.count == 30)
    // The input, then a step and a layer in turn.
    #expect(result.rows.prefix(2).map(\.array) == ["arr_2", "arr_4"])
  }

  @Test func otherNumbersOfTheSamePixelsAreScale() throws {
    let theirs = Preprocessing(
      channelOrder: .bgr, scale: [1, 1, 1].map { $0 / 255 }, offset: [0, 0, 0])
    let fed = theirs.tensor(of: input.pixels)
    guard
      case .inputs(.scale(let found)) = try comparison(arrays(of: checkpoint, fed)).verdict
    else {
      Issue.record("no scale")
      return
    }
    for channel in 0..<3 {
      #expect(abs(found.scale[channel] - 1 / 255) < 1e-6)
      #expect(abs(found.offset[channel]) < 1e-4)
    }
    #expect(found.channelOrder == .bgr)
    // Without the input in the dump the usual ones are tried.
    let silent = try arrays(of: checkpoint, fed).filter { $0.name != "input" }
    guard case .inputs(.scale(let guessed)) = try comparison(silent).verdict else {
      Issue.record("not guessed")
      return
    }
    #expect(guessed.scale == theirs.scale && guessed.channelOrder == .bgr)
  }

  @Test func redAndBlueMayHaveChangedPlaces() throws {
    let own = checkpoint.preprocessing
    let fed = own.turned.tensor(of: input.pixels)
    let arrays = try arrays(of: checkpoint, fed)
    #expect(try comparison(arrays).verdict == .inputs(.channelOrder))
    let silent = arrays.filter { $0.name != "input" }
    #expect(try comparison(silent).verdict == .inputs(.channelOrder))
    // Red may be fed with blue's numbers beside.
    let other = Preprocessing(channelOrder: .rgb, scale: own.scale, offset: own.offset)
    let mixed = try self.arrays(of: checkpoint, other.tensor(of: input.pixels))
    guard case .inputs(.scale(let theirs)) = try comparison(mixed).verdict else {
      Issue.record("no scale")
      return
    }
    #expect(theirs.channelOrder == .rgb)
    for (found, wanted) in zip(theirs.scale + theirs.offset, own.scale + own.offset) {
      #expect(abs(found - wanted) < 1e-3)
    }
  }

  @Test func anotherPictureIsNotScale() throws {
    let values = Checkpoint.syntheticValues(3 * 64 * 64, seed: 99, scale: 40)
    let fed = Tensor(shape: Shape(side: 64, channels: 3), values: values)
    guard
      case .inputs(.picture(let mean)) = try comparison(arrays(of: checkpoint, fed)).verdict
    else {
      Issue.record("not another picture")
      return
    }
    #expect(mean > 0.1)
  }

  @Test(arguments: [[Convention.padding], [.activation], [.padding, .activation]])
  func otherConventionsAreNamed(conventions: [Convention]) throws {
    let other = conventions.reduce(checkpoint) { $0.exchanging($1) }
    #expect(
      try comparison(arrays(of: other, input.tensor)).verdict == .conventions(conventions))
  }

  @Test func otherWeightsAreFoundWhereTheyBegin() throws {
    var weights: [String: LayerWeights] = [:]
    for layer in checkpoint.architecture.layers(resolution: 64) where layer.hasWeights {
      let own = try #require(checkpoint.weights(of: layer))
      weights[layer.name] =
        layer.name == "conv4_2_dw"
        ? LayerWeights(weights: own.weights.map { $0 * 1.1 }, biases: own.biases) : own
    }
    let other = try Checkpoint(
      name: "other", architecture: checkpoint.architecture, weights: weights,
      preprocessing: checkpoint.preprocessing)
    let found = try comparison(arrays(of: other, input.tensor))
    #expect(found.verdict == .weights(layer: "conv4_2_dw"))
  }

  @Test func numbersOfEightBitsAreQuantisationNoise() throws {
    let rounded = try arrays(of: checkpoint, input.tensor).map { array in
      let (low, high) = (array.values.min() ?? 0, array.values.max() ?? 0)
      let step = max((high - low) / 255, 1e-9)
      return array.name == "input"
        ? array
        : Array(
          name: array.name, shape: array.shape,
          values: array.values.map { (($0 - low) / step).rounded() * step + low })
    }
    let found = try comparison(rounded)
    #expect(found.verdict == .quantized)
    #expect(found.rows.map(\.largest).max().map { $0 < 0.003 } == true)
    let close = try arrays(of: checkpoint, input.tensor).map { array in
      let factor: Float = array.name == "input" ? 1 : 1.0002
      return Array(name: array.name, shape: array.shape, values: array.values.map { $0 * factor })
    }
    #expect(try comparison(close).verdict == .rounded)
  }

  @Test func aDumpOfAnotherNetworkSaysSo() throws {
    let found = try comparison([
      Array(name: "a", shape: [5, 5, 5], values: [Float](repeating: 1, count: 125))
    ])
    #expect(found.verdict == .nothing && found.rows.isEmpty)
  }

  // MARK: files

  /// An array as numpy.save writes it.
  private func npy(_ header: String, _ values: [Float]) -> Bytes {
    let text = header + "\n"
    var data = Data([0x93])
    data += Data("NUMPY".utf8) + Data([1, 0, UInt8(text.utf8.count), 0]) + Data(text.utf8)
    data += values.withUnsafeBytes { Data($0) }
    return Bytes(data, format: "")
  }

  @Test func anArrayMayHaveItsColumnsFirst() throws {
    let values: [Float] = [1, 4, 2, 5, 3, 6]
    let array = try NumPyArray(
      npy("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }", values), name: "a.npy")
    #expect(array.shape == [2, 3] && array.values == [1, 2, 3, 4, 5, 6])
  }

  @Test(arguments: [
    "{'descr': '>f4', 'fortran_order': False, 'shape': (2, 3), }",
    "{'descr': '<c8', 'fortran_order': False, 'shape': (2, 3), }",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 4), }",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999, 99999999999), }",
    "nothing",
  ])
  func arraysThatCanNotBeReadAreRefused(header: String) {
    #expect(throws: ImportError.self) {
      try NumPyArray(npy(header, [1, 2, 3, 4, 5, 6]), name: "a.npy")
    }
  }
}
