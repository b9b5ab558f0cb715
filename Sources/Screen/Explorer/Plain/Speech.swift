import Cells
import Live
import Reports

/// The screen for people who hear it: sentences from the top and a message in the last line,
/// without boxes, pictures and colours.
///
/// Unchanged sentences keep their lines, and the terminal's cursor stands on the first changed one,
/// so that a screen reader speaks a change once.
struct Speech: Equatable, Sendable {
  /// The sentences of the screen.
  private(set) var sentences: [String] = []
  /// A line for the person.
  private(set) var message: String?
  /// The index of the first sentence that changed last; nil if that was the message.
  private(set) var changed: Int? = 0
  /// Whether the sentences have one about what is seen.
  fileprivate var saysWhatIsSeen = false

  /// Replaces the sentences and the message, and finds the first change.
  mutating func say(_ sentences: [String], message: String?) {
    let old = self
    (self.sentences, self.message) = (sentences, message)
    if message != nil, message != old.message {
      changed = nil
    } else if sentences != old.sentences {
      let common = zip(sentences, old.sentences).prefix { $0 == $1 }.count
      changed = min(common, max(0, sentences.count - 1))
    } else if message == nil, changed == nil {
      changed = 0
    }
  }

  /// Says the sentences again with another one at `index`.
  mutating func say(_ sentence: String, at index: Int) {
    guard sentences.indices.contains(index) else { return }
    var all = sentences
    all[index] = sentence
    say(all, message: message)
  }

  func draw(into frame: inout Frame) {
    let area = frame.area
    guard area.width > 0, area.height > 0 else { return }
    let lines = message.map { frame.cells.spelled($0).wrapped(to: area.width).count } ?? 0
    let (body, last) = area.rows(.fill, .fixed(min(max(1, lines), area.height)))
    var y = body.y
    for (index, sentence) in sentences.enumerated() {
      if index == changed { frame.cells.cursor = CellPoint(x: 0, y: min(y, area.height - 1)) }
      let rest = Rect(x: 0, y: y, width: body.width, height: max(0, body.maxY - y))
      y += Paragraph.draw(sentence, in: rest, of: &frame.cells)
    }
    guard let message else { return }
    if changed == nil { frame.cells.cursor = CellPoint(x: 0, y: last.y) }
    Paragraph.draw(message, in: last, of: &frame.cells)
  }
}

extension ExplorerState {
  /// Updates the speech, if the screen is heard.
  ///
  /// While a stream runs, another frame changes no more than what is seen: numbers that change ten times
  /// a second would never be heard to their end.
  mutating func speak(isFrame: Bool = false) {
    guard core.view.isPlain else { return }
    let seen = core.seenSentence
    if isFrame, speech.saysWhatIsSeen, let seen {
      return speech.say(SpokenSigns.words(seen), at: Self.seenIndex)
    }
    speech.saysWhatIsSeen = seen != nil
    let message = core.message.map { ($0.isError ? "Error: " : "") + $0.text }
    speech.say(sentences.map(SpokenSigns.words), message: message.map(SpokenSigns.words))
  }

  /// The sentences of the screen on top, and its keys.
  var sentences: [String] {
    let status = core.live?.sentence
    let elsewhere = screen.type.showsPatches ? "" : " on the other screens, nothing here"
    let patches = core.patches.summary.map { "\($0.capitalizedFirst)\(elsewhere)." }
    return ["\(screen.type.title). \(core.subjectSentence)"]
      + [core.seenSentence, status, patches].compactMap(\.self)
      + self[screen].sentences(core) + [keySentence]
  }

  /// The index of the sentence about what is seen.
  private static let seenIndex = 1

  private var keySentence: String {
    let keys = Footer.bindings(self).map { "\(SpokenSigns.key($0.symbol)) \($0.label ?? "")" }
    return "Keys: \(keys.joined(separator: ", "))."
  }
}

extension Core {
  /// The likely class while a stream runs; nil without one.
  fileprivate var seenSentence: String? {
    guard live?.status == .running else { return nil }
    return live?.steadyAnswer.map { "Now it sees \(model.checkpoint.label($0))." }
  }
}

extension LiveState {
  /// The likeliest class of the last two seconds, which changes less often than that of each frame.
  fileprivate var steadyAnswer: Int? {
    func recent(_ trend: ClassTrend) -> Float {
      trend.seconds.suffix(2).reduce(0) { $0 + ($1 ?? 0) }
    }
    return trends.max { recent($0) < recent($1) }?.classIndex
  }

  /// The stream's status; without the frame's number while frames come.
  fileprivate var sentence: String {
    switch status {
    case .waiting: "Waiting for frames."
    case .running: "The stream runs; this is about the frame at your last key."
    case .held: "Something is measured on this frame."
    case .stalled: "No frames come."
    case .paused: "The stream is paused at frame \(frame ?? 0)."
    case .ended(nil): "The stream ended at frame \(frame ?? 0)."
    case .ended(let reason?): "The stream broke off: \(reason)".asSentence
    }
  }
}
