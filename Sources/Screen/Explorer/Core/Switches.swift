import MobileNet

extension [SwitchOff] {
  /// How much is off, in words: `3 channels and 1 area off`; nil for nothing.
  var summary: String? {
    var channels: [Int: Set<Int>] = [:]
    var areas = 0
    for part in self {
      switch part.part {
      case .channels(let some): channels[part.layer, default: []].formUnion(some)
      case .area: areas += 1
      }
    }
    let count = channels.values.reduce(0) { $0 + $1.count }
    let counts = [(count, "channel"), (areas, "area")].filter { $0.0 > 0 }.map {
      "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")"
    }
    return counts.isEmpty ? nil : counts.joined(separator: " and ") + " off"
  }
}

extension Core {
  /// The selected channel, to be switched off.
  var channelSwitch: SwitchOff {
    SwitchOff(layer: selection.layer, part: .channels([channel]))
  }
}
