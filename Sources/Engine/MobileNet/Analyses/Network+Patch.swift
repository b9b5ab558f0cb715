import Tensors

extension Network {
  /// What the network would have made with all of `patches` on it; only layers behind the first of
  /// them are computed.
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

  /// How much each of `channels` of the layer at `position` adds to what speaks for class `classIndex`
  /// (`Target.logit(of:in:)`): what that loses when the channel alone is switched off.
  ///
  /// `trace` is one of this network's. Nil without a classifier, or when the layer is not before it.
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
