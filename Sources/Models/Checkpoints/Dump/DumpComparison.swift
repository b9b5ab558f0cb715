import MobileNet
import Tensors

/// The differences between a network's layers and another framework's, and their cause.
public struct DumpComparison: Sendable {
  /// A layer's differences, as fractions of the layer's range.
  public struct Row: Sendable {
    /// The layer's name.
    public let layer: String
    /// The name of the array in the dump.
    public let array: String
    /// The largest difference.
    public let largest: Float
    /// The mean difference.
    public let mean: Float
  }

  /// The cause of the differences.
  public enum Verdict: Hashable, Sendable {
    /// None: weights, conventions and inputs are the same.
    case same
    /// The same network with another input.
    case inputs(InputDifference)
    /// The same weights with other conventions: these.
    case conventions([Convention])
    /// The same network with 8-bit integers between its layers.
    case quantized
    /// The same network with numbers of fewer bits, such as halves.
    case rounded
    /// Other weights, from the layer of this name on.
    case weights(layer: String)
    /// A difference from the first layer on, with an unknown input.
    case unknownInput(layer: String)
    /// No array has the size of a layer.
    case nothing
  }

  /// The layers that the dump has, in order.
  public let rows: [Row]
  /// The cause of the differences.
  public let verdict: Verdict

  /// Runs `checkpoint` at `resolution` on the dump's input, or else on `prepared`, and compares the
  /// layers; differences up to `tolerance` of a layer's range count as none.
  ///
  /// Throws when the network can't be run at `resolution`.
  public init(
    _ checkpoint: Checkpoint, resolution: Resolution, prepared: PreparedInput,
    dump: ActivationDump, tolerance: Double
  ) throws(NetworkError) {
    let trial = Trial(
      checkpoint, resolution: resolution, prepared, dump, tolerance: Float(tolerance))
    let found = try trial.alignment()
    let layers = checkpoint.architecture.layers(resolution: resolution)
    rows = found.pairs.map {
      Row(
        layer: layers[$0.position].name, array: $0.array.name, largest: $0.largest, mean: $0.mean)
    }
    guard let first = found.firstDifferent(trial.tolerance) else {
      verdict = found.pairs.isEmpty ? .nothing : trial.inputDifference.map { .inputs($0) } ?? .same
      return
    }
    if found.isClose(trial.tolerance) {
      verdict = found.isOfBytes ? .quantized : .rounded
    } else if let conventions = try trial.conventions() {
      // Other conventions or inputs are tried before the verdict of other weights.
      verdict = .conventions(conventions)
    } else if trial.fed != nil || first.position != found.pairs.first?.position {
      verdict = .weights(layer: layers[first.position].name)
    } else if let usual = try trial.usualInput() {
      verdict = .inputs(usual)
    } else {
      verdict = .unknownInput(layer: layers[first.position].name)
    }
  }
}

/// The comparison of the dump with the network as it is, with other conventions, and with other
/// inputs.
private struct Trial {
  let checkpoint: Checkpoint
  let resolution: Resolution
  let prepared: PreparedInput
  let arrays: [ActivationDump.Array]
  let tolerance: Float
  /// The other network's input, if the dump has it.
  let fed: Tensor?

  init(
    _ checkpoint: Checkpoint, resolution: Resolution, _ prepared: PreparedInput,
    _ dump: ActivationDump, tolerance: Float
  ) {
    self.checkpoint = checkpoint
    self.resolution = resolution
    self.prepared = prepared
    self.tolerance = tolerance
    let channels = checkpoint.architecture.inputChannels
    arrays = dump.outputs(channels: channels)
    let input = dump.input(channels: channels)
    fed = input?.shape == prepared.tensor.shape ? input : nil
  }

  func alignment(
    of other: Checkpoint? = nil, on input: Tensor? = nil
  ) throws(NetworkError) -> DumpAlignment {
    DumpAlignment(
      try Network(other ?? checkpoint, resolution: resolution).run(input ?? fed ?? prepared.tensor),
      arrays)
  }

  /// The cause of the difference between the dump's input and the prepared picture.
  ///
  /// A difference of a pixel's step or two does not count: two ways to resize differ by that.
  var inputDifference: InputDifference? {
    fed.flatMap {
      InputDifference(
        prepared.tensor, $0, checkpoint.preprocessing, tolerance: max(tolerance, 0.02))
    }
  }

  /// Returns the conventions that have to change for the dump to agree; nil if none do.
  func conventions() throws(NetworkError) -> [Convention]? {
    for conventions in [[Convention.padding], [.activation], [.padding, .activation]] {
      let other = conventions.reduce(checkpoint) { $0.exchanging($1) }
      if try alignment(of: other).isClose(tolerance) { return conventions }
    }
    return nil
  }

  /// Returns the difference of a usual input with which the dump agrees; nil if none does.
  func usualInput() throws(NetworkError) -> InputDifference? {
    let turned = checkpoint.preprocessing.turned
    for other in [turned] + Preprocessing.usual
    where other.scale.count == checkpoint.architecture.inputChannels {
      if try alignment(on: other.tensor(of: prepared.pixels)).isClose(tolerance) {
        return other == turned ? .channelOrder : .scale(other)
      }
    }
    return nil
  }
}

extension DumpAlignment {
  /// Returns the first layer that differs by more than `tolerance`.
  fileprivate func firstDifferent(_ tolerance: Float) -> Pair? {
    pairs.first { !($0.largest <= tolerance) }
  }

  /// Whether the differences are no larger than those of rounding to eight or sixteen bits.
  fileprivate func isClose(_ tolerance: Float) -> Bool {
    let (mean, largest): (Float, Float) = isOfBytes ? (0.03, 0.5) : (1e-3, 0.02)
    return !pairs.isEmpty
      && (firstDifferent(tolerance) == nil
        || pairs.allSatisfy { $0.mean <= mean && $0.largest <= largest })
  }

  /// Whether no array has more than 256 different values, although one is large enough to have
  /// more.
  fileprivate var isOfBytes: Bool {
    pairs.contains { $0.array.values.count > 4096 }
      && pairs.allSatisfy { pair in
        var bits: Set<UInt32> = []
        return pair.array.values.allSatisfy {
          bits.insert($0.bitPattern)
          return bits.count <= 256
        }
      }
  }
}

extension Preprocessing {
  /// The usual preprocessing of networks, in both orders of colours.
  fileprivate static let usual: [Preprocessing] = {
    let fractions = unchanged.scaled(by: 1 / 255)
    let all = [tensorFlow, torchvision, fractions, unchanged, caffe]
    return all + all.map { $0.turned }
  }()
}
