import MobileNet
import Tensors

extension [Patch] {
  /// A summary of the patches: `3 channels and 1 area off, 1 patched`; nil if there are none.
  public var summary: String? {
    var channels: [Int: Set<Int>] = [:]
    var (areas, layers, patched) = (0, 0, 0)
    for patch in self {
      switch patch.part {
      case _ where patch.change != .off: patched += 1
      case .channels(let some): channels[patch.layer, default: []].formUnion(some)
      case .area: areas += 1
      case .whole: layers += 1
      }
    }
    let count = channels.values.reduce(0) { $0 + $1.count }
    let off = [(count, "channel"), (areas, "area"), (layers, "layer")].filter { $0.0 > 0 }.map {
      "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")"
    }
    let parts =
      (off.isEmpty ? [] : [off.joined(separator: " and ") + " off"])
      + (patched > 0 ? ["\(patched) patched"] : [])
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}

extension Core {
  /// Returns what the layer at `position` makes without the patches, so that colours keep their scale;
  /// nil where nothing is patched, or before the first layer.
  func whole(at position: Int) -> Tensor? {
    patches.isEmpty || position < 0 ? nil : original?.trace.output(at: position)
  }

  /// The patch that switches off the selected channel.
  var channelSwitch: Patch {
    Patch(layer: selection.layer, part: .channels([channel]))
  }
}
