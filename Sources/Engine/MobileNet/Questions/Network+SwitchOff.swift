import Tensors

/// A part of a layer's output that is taken to be zero.
public struct SwitchOff: Hashable, Sendable {
  /// Which part.
  public enum Part: Hashable, Sendable {
    /// Some channels, at every place.
    case channels(Set<Int>)
    /// All channels in some rows and columns.
    case area(rows: Range<Int>, columns: Range<Int>)
  }

  /// The layer, counted from 0.
  public let layer: Int
  /// The part of its output.
  public let part: Part

  /// Switches `part` of the output of the layer at position `layer` off.
  public init(layer: Int, part: Part) {
    self.layer = layer
    self.part = part
  }
}

extension Network {
  /// What the network would have made with all of `switches` off; only layers behind the first of
  /// them are computed.
  ///
  /// `trace` is one of this network's.
  public func rerun(_ trace: Trace, switchingOff switches: [SwitchOff]) -> Trace {
    let layers = Set(switches.map(\.layer)).sorted()
    return layers.reduce(trace) { trace, layer in
      let parts = switches.filter { $0.layer == layer }
      let output = parts.reduce(trace.output(at: layer)) { $0.switchingOff($1.part) }
      return rerun(trace, from: layer, replacing: output)
    }
  }

  /// How much each of `channels` of the layer at `position` adds to the sum of class `classIndex`
  /// before softmax, above the mean of all classes' sums: what that loses when the channel alone is
  /// switched off.
  ///
  /// `trace` is one of this network's. Nil without a classifier, or when the layer is not before it.
  public func influence(
    ofChannels channels: Range<Int>, at position: Int, onClass classIndex: Int, of trace: Trace
  ) -> [Float]? {
    guard let product = layers.classifier, position < product else { return nil }
    let sum = trace.output(at: product).centred(classIndex)
    return channels.map { channel in
      let switchOff = SwitchOff(layer: position, part: .channels([channel]))
      let other = rerun(trace, switchingOff: [switchOff])
      return Float(sum - other.output(at: product).centred(classIndex))
    }
  }
}

extension Tensor {
  /// The same with a part of it zero.
  func switchingOff(_ part: SwitchOff.Part) -> Tensor {
    switch part {
    case .channels(let channels): switchingOff(channels: channels)
    case .area(let rows, let columns): switchingOff(rows: rows, columns: columns)
    }
  }
}
