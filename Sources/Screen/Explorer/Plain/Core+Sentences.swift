import MobileNet
import Reports
import Research
import Tensors

/// The sentences that several screens share, for people who hear them.
extension Core {
  /// The photo and the network.
  var subjectSentence: String {
    let name = "\(photo.name), \(photo.width) by \(photo.height)"
    return "\(name), through \(model.checkpoint.name) at \(model.resolution)."
  }

  /// The selected layer.
  var layerSentence: String {
    let facts = LayerFacts(position: selection.layer, layers: layers)
    var parts = [
      "Layer \(layer.index) of \(layers.count): \(layer.name), \(facts.operation)",
      "\(layer.input) in, \(layer.output) out",
    ]
    if layer.hasWeights {
      parts.append("\(NumberText.grouped(layer.parameters)) parameters")
      parts.append("\(SpokenSigns.unit(NumberText.short(layer.multiplyAdds))) multiply-adds")
    }
    return parts.joined(separator: ", ") + "."
  }

  /// The time that the selected layer takes; nil until it is final, so that it is spoken only once.
  var timeSentence: String? {
    guard live == nil, patches.isEmpty, let times, times.runs >= TimesQuestion.runs,
      times.milliseconds.indices.contains(selection.layer)
    else { return nil }
    return "It takes \(NumberText.fixed(times.milliseconds[selection.layer], 2)) of "
      + "\(NumberText.fixed(times.total, 1)) milliseconds."
  }

  /// The selected channel with its numbers, and where its values are large.
  var channelSentences: [String] {
    guard let map, let own = statistics?.channels[channel] else { return [waitingSentence] }
    let name = className(ofChannel: channel).map { ", \($0)," } ?? ""
    let title = "Channel \(channel) of 0 to \(layer.output.channels - 1)\(name)"
    if map.showsAllChannels {
      return ["\(title) is \(NumberText.value(map.values[map.channel]))."]
    }
    if own.isEmpty { return ["\(title): every value is too large."] }
    return [
      "\(title): mean \(NumberText.value(Float(own.mean))), largest "
        + "\(NumberText.value(own.maximum)), \(percent(own.zeroShare)) zeros.",
      whereSentence(map.plane),
    ]
  }

  /// Returns where a map's values are large.
  func whereSentence(_ plane: Plane) -> String {
    Whereabouts(plane).sentence
  }

  /// The cursor's cell, its value and its receptive field; nil if each cell is a channel.
  var cursorSentence: String? {
    guard let map, !map.showsAllChannels else { return nil }
    let seen = SeenPhoto(core: self).seen
    return "The cursor is in row \(cursor.y), column \(cursor.x): "
      + "\(NumberText.value(map.plane[cursor.y, cursor.x])), number "
      + "\(map.rank(y: cursor.y, x: cursor.x)) of \(map.plane.values.count) by size. It sees rows "
      + "\(seen.rows.lowerBound) to \(seen.rows.upperBound - 1) and columns "
      + "\(seen.columns.lowerBound) to \(seen.columns.upperBound - 1) of the photo."
  }

  /// Returns the likely classes, at most `count`; nil while a stream runs, of which every screen says what
  /// it sees.
  func answerSentence(_ trace: Trace?, count: Int = 5) -> String? {
    guard live?.status != .running else { return nil }
    guard let trace else { return waitingSentence }
    guard model.checkpoint.architecture.classes != nil else {
      return "No classifier in this checkpoint."
    }
    if let problem = trace.problem { return problem.capitalizedFirst.asSentence }
    let found = trace.predictions(top: count)
    let parts = found.map {
      "\(model.checkpoint.label($0.classIndex)) \(percent(Double($0.probability)))"
    }
    return "The answer: " + parts.joined(separator: ", ") + "."
  }

  /// The sentence in place of an answer that is not there yet.
  var waitingSentence: String {
    waitingText.replacing(" …", with: "").capitalizedFirst.asSentence
  }

  /// Returns a share in percent, spelled out.
  func percent(_ share: Double) -> String {
    NumberText.fixed(share * 100, 0) + (share.isFinite ? " percent" : "")
  }
}
