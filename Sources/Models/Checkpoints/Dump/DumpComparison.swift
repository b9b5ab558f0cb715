import MobileNet
import Tensors

/// What a network's layers differ from another framework's by, and why.
public struct DumpComparison: Sendable {
  /// A layer, and how far the two lie apart, as parts of the layer's range.
  public struct Row: Sendable {
    /// The layer's name.
    public let layer: String
    /// What the dump calls it.
    public let array: String
    /// The largest difference.
    public let largest: Float
    /// The mean difference.
    public let mean: Float
  }

  /// What it comes to.
  public enum Verdict: Hashable, Sendable {
    /// Weights, conventions and inputs.
    case same
    /// The same network, fed otherwise.
    case inputs(InputDifference)
    /// The same weights with the other of these conventions.
    case conventions([Convention])
    /// The same network with numbers of eight bits between its layers.
    case quantized
    /// The same network with numbers of fewer bits, halves for example.
    case rounded
    /// Other weights, from the layer of this name on.
    case weights(layer: String)
    /// Something differs from the first layer on, and what went in is not known.
    case unknownInput(layer: String)
    /// No array has the size of a layer.
    case nothing
  }

  /// The layers that the dump has, in order.
  public let rows: [Row]
  /// What it comes to.
  public let verdict: Verdict

  /// Runs `checkpoint` at `resolution` on what the other framework was fed, or else on `prepared`, what
  /// the picture becomes here; differences up to `tolerance` of a layer's range are none.
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
      // What another convention or input would explain is tried before weights are blamed.
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

/// The dump beside the network as it is, with other conventions, and with other inputs.
private struct Trial {
  let checkpoint: Checkpoint
  let resolution: Resolution
  let prepared: PreparedInput
  let arrays: [ActivationDump.Array]
  let tolerance: Float
  /// What the other network was fed, where the dump has it.
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

  /// Why what was fed differs from what the picture becomes here.
  ///
  /// A pixel's step or two is no reason: two ways to resize differ by that.
  var inputDifference: InputDifference? {
    fed.flatMap {
      InputDifference(
        prepared.tensor, $0, checkpoint.preprocessing, tolerance: max(tolerance, 0.02))
    }
  }

  /// The conventions that would have to be others.
  func conventions() throws(NetworkError) -> [Convention]? {
    for conventions in [[Convention.padding], [.activation], [.padding, .activation]] {
      let other = conventions.reduce(checkpoint) { $0.exchanging($1) }
      if try alignment(of: other).isClose(tolerance) { return conventions }
    }
    return nil
  }

  /// What the other network must have been fed, if it is usual.
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
  /// The first layer that differs by more than `tolerance`.
  fileprivate func firstDifferent(_ tolerance: Float) -> Pair? {
    pairs.first { !($0.largest <= tolerance) }
  }

  /// Whether nothing but rounding lies between the two: numbers of eight bits, or of sixteen.
  fileprivate func isClose(_ tolerance: Float) -> Bool {
    let (mean, largest): (Float, Float) = isOfBytes ? (0.03, 0.5) : (1e-3, 0.02)
    return !pairs.isEmpty
      && (firstDifferent(tolerance) == nil
        || pairs.allSatisfy { $0.mean <= mean && $0.largest <= largest })
  }

  /// Whether no array has more numbers than eight bits can tell apart, and the largest could have.
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
  /// What networks usually are fed, in both orders of colours.
  fileprivate static let usual: [Preprocessing] = {
    let fractions = unchanged.scaled(by: 1 / 255)
    let all = [tensorFlow, torchvision, fractions, unchanged, caffe]
    return all + all.map { $0.turned }
  }()
}
