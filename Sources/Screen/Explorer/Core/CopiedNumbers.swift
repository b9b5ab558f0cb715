/// What a person would want to paste elsewhere: where they are, and the numbers there.
extension ExplorerState {
  /// The numbers under the cursor of the screen that is shown, in full precision.
  var numbersUnderCursor: String {
    let numbers =
      switch screen {
      case .evidence: evidenceNumbers
      case .kernels: inputNumbers ?? channelNumbers
      case .zoom, .lesson: cellNumbers
      default: channelNumbers
      }
    return "\(model.checkpoint.name) \(model.resolution) \(photo.name) \(numbers)"
  }

  private var channelName: String { "\(layer.name) channel \(channel)" }

  private var cellNumbers: String {
    guard let map, !map.showsAllChannels else { return channelNumbers }
    let plane = preactivation.map { ActivationMap($0.sums.value, channel: channel).plane }
    let name = plane == nil ? "" : " before activation"
    let value = (plane ?? map.plane)[zoom.y, zoom.x]
    return "\(channelName) row \(zoom.y) column \(zoom.x)\(name): \(value)"
  }

  private var channelNumbers: String {
    guard let own = statistics?.channels[channel] else { return layer.name }
    return "\(channelName): mean \(own.mean) max \(own.maximum) zero \(own.zeroShare)"
  }

  private var inputNumbers: String? {
    guard let entries = contributions?.entries, entries.indices.contains(kernels.cursor) else {
      return nil
    }
    let input = entries[kernels.cursor]
    return "\(channelName) input \(input.channel): weight \(input.weight) mean \(input.mean) "
      + "adds \(input.contribution)"
  }

  private var evidenceNumbers: String {
    guard let split, let selectedClass else { return channelNumbers }
    let (y, x) = (evidence.y, evidence.x)
    return "\(model.checkpoint.label(selectedClass)) row \(y) column \(x): \(split.places[y, x]) "
      + "of \(split.recorded)"
  }
}
