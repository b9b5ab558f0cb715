import Tensors

extension Network {
  /// Runs the network again with all of `patches` applied, and returns the new trace; only layers
  /// behind the first patch are computed.
  ///
  /// `trace` is one of this network's.
  public func rerun(_ trace: Trace, patching patches: [Patch]) -> Trace {
    let layers = Set(patches.map(\.layer)).sorted()
    return layers.reduce(trace) { trace, layer in
      let own = patches.filter { $0.layer == layer }
      let output = own.reduce(trace.output(at: layer)) { $1.applied(to: $0) }
      return rerun(trace, from: layer, replacing: output)
    }
  }

  /// Returns the influence of each of `channels` of the layer at `position` on class `classIndex`:
  /// how much the class's logit (`Target.logit(of:in:)`) falls when the channel alone is switched
  /// off.
  ///
  /// `trace` is one of this network's. Nil without a classifier, or when the layer does not precede
  /// it.
  public func influence(
    ofChannels channels: Range<Int>, at position: Int, onClass classIndex: Int, of trace: Trace
  ) -> [Float]? {
    guard let product = layers.classifier, position < product else { return nil }
    let target = Target.logit(of: classIndex, in: layers)
    let sum = target.value(of: trace.output(at: product))
    return channels.map { channel in
      let other = rerun(
        trace, from: position, replacing: trace.output(at: position).switchingOff(channel: channel))
      return Float(sum - target.value(of: other.output(at: product)))
    }
  }
}
