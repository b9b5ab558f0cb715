import Tensors

/// A replacement for a part of a layer's output, made before the layers behind it run: an
/// activation patch (Vig et al., "Investigating Gender Bias in Language Models Using Causal
/// Mediation Analysis", 2020; Meng et al., "Locating and Editing Factual Associations in GPT",
/// 2022).
public struct Patch: Hashable, Sendable {
  /// The part of the output that is replaced.
  public enum Part: Hashable, Sendable {
    /// Some channels, at every place.
    case channels(Set<Int>)
    /// All channels in some rows and columns.
    case area(rows: Range<Int>, columns: Range<Int>)
    /// Every value.
    case whole
  }

  /// The new values of the part.
  public enum Change: Hashable, Sendable {
    /// Zeros.
    case off
    /// Each channel's mean over the picture.
    case mean
    /// A number for each channel of the layer, such as its mean over many images.
    case means([Float])
    /// The part's own values times a factor.
    case scaled(by: Float)
    /// The part's own values, clamped to a range.
    case clamped(ClosedRange<Float>)
    /// The same part in another run of the network.
    case taken(from: Donor)
  }

  /// Another run, which a patch takes values from.
  public struct Donor: Hashable, Sendable {
    /// The run's name as people say it, such as the name of its photo.
    public let name: String
    /// The run's trace.
    public let trace: Trace

    /// Makes a donor of `trace`, the run on the photo called `name`.
    public init(name: String, trace: Trace) {
      self.name = name
      self.trace = trace
    }

    /// Returns true for the same name and the same run.
    public static func == (first: Self, second: Self) -> Bool {
      first.name == second.name && first.trace.storage === second.trace.storage
    }

    /// Hashes the identity of the run, not its values.
    public func hash(into hasher: inout Hasher) {
      hasher.combine(ObjectIdentifier(trace.storage))
    }
  }

  /// The layer, counted from 0.
  public let layer: Int
  /// The part of the layer's output.
  public let part: Part
  /// The new values of the part.
  public let change: Change

  /// Replaces `part` of the output of the layer at position `layer` with `change`.
  public init(layer: Int, part: Part, change: Change = .off) {
    self.layer = layer
    self.part = part
    self.change = change
  }
}

extension Patch {
  /// Returns a copy of `output`, the layer's output, with the patch applied.
  func applied(to output: Tensor) -> Tensor {
    let shape = output.shape
    var values = output.values
    let replacement = replacement(for: output)
    func replace(_ channels: some Sequence<Int>, atPlace place: Int) {
      for channel in channels {
        let index = place * shape.channels + channel
        values[index] = replacement(index, channel)
      }
    }
    switch part {
    case .channels(let channels):
      precondition(channels.allSatisfy { 0..<shape.channels ~= $0 })
      for place in 0..<shape.places { replace(channels, atPlace: place) }
    case .area(let rows, let columns):
      for row in rows.clamped(to: 0..<shape.height) {
        for column in columns.clamped(to: 0..<shape.width) {
          replace(0..<shape.channels, atPlace: row * shape.width + column)
        }
      }
    case .whole:
      for place in 0..<shape.places { replace(0..<shape.channels, atPlace: place) }
    }
    return Tensor(shape: shape, values: values)
  }

  /// Returns a function from an index in `output` and its channel to the value that replaces it.
  private func replacement(for output: Tensor) -> (_ index: Int, _ channel: Int) -> Float {
    let values = output.values
    switch change {
    case .off: return { _, _ in 0 }
    case .mean:
      let means = ChannelStatistics(output).channels.map { Float($0.mean) }
      return { _, channel in means[channel] }
    case .means(let means): return { _, channel in means[channel] }
    case .scaled(let factor): return { index, _ in values[index] * factor }
    case .clamped(let limits):
      return { index, _ in min(max(values[index], limits.lowerBound), limits.upperBound) }
    case .taken(let donor):
      let others = donor.trace.output(at: layer).values
      return { index, _ in others[index] }
    }
  }
}
