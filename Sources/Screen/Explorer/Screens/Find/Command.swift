/// A command to go to a layer, a channel or a place: `:layer 12`, `:channel 300`, `:place 3,4`.
enum Command: Equatable {
  /// A layer, counted from 0.
  case layer(Int)
  /// A channel of the selected layer, counted from 0.
  case channel(Int)
  /// A place of the selected layer's map, counted from 0.
  case place(row: Int, column: Int)

  /// The error in a command.
  struct Problem: Error, Equatable {
    /// The message for the person.
    let text: String
  }

  /// Parses `text`, a command without its colon.
  init(_ text: String, in core: Core) throws(Problem) {
    let words = text.split(separator: " ", maxSplits: 1)
    let rest = words.count > 1 ? Self.trimmed(words[1]) : ""
    switch words.first {
    case "layer": self = .layer(try Self.layer(rest, in: core))
    case "channel":
      let last = core.layer.output.channels - 1
      self = .channel(
        try Self.number(rest, "channel", 0...last, of: core.layer.name, command: "channel"))
    case "place":
      let map = core.planeShape
      let parts = rest.split(separator: ",", omittingEmptySubsequences: false)
      guard core.layer.output.places > 1 else {
        throw Problem(text: ":place: \(core.layer.name) has no rows and columns.")
      }
      guard parts.count == 2 else { throw Problem(text: ":place takes a row and a column: 3,4.") }
      self = .place(
        row: try Self.number(
          String(parts[0]), "row", 0...map.height - 1, of: core.layer.name,
          command: "place"),
        column: try Self.number(
          String(parts[1]), "column", 0...map.width - 1, of: core.layer.name,
          command: "place"))
    case nil: throw Problem(text: "There are :layer, :channel and :place.")
    default: throw Problem(text: ":\(text): there are :layer, :channel and :place.")
    }
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    text.split(separator: " ").joined(separator: " ")
  }

  private static func layer(_ text: String, in core: Core) throws(Problem) -> Int {
    if let position = core.layers.firstIndex(where: { $0.name == text }) { return position }
    return try number(text, "layer", 1...core.layers.count, of: "this network", command: "layer")
      - 1
  }

  private static func number(
    _ text: String, _ name: String, _ range: ClosedRange<Int>, of whole: String,
    command: String
  ) throws(Problem) -> Int {
    let text = trimmed(text)
    let span = "\(range.lowerBound) to \(range.upperBound)"
    guard !text.isEmpty else {
      throw Problem(text: ":\(command) needs a \(name) of \(whole): \(span).")
    }
    // Int would accept signs as well, but no number here has one.
    guard text.allSatisfy(\.isASCII), text.allSatisfy(\.isNumber), let number = Int(text),
      range.contains(number)
    else {
      throw Problem(text: "\(text) is no \(name) of \(whole): \(span).")
    }
    return number
  }
}
