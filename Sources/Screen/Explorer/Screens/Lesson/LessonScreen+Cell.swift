import Lessons
import MobileNet
import Research

/// The cell that a lesson chooses to make its point.
extension LessonScreen {
  /// The cell that the lesson chose, with its layer and channel.
  struct OwnPlace: Equatable {
    let layer: Int
    let row: Int
    let column: Int
    let channel: Int
  }

  /// The topic, the run and the layer that a cell was chosen for.
  struct PlacedFor: Equatable {
    let topic: Topic
    let run: Numbered<Run>
    let layer: Int
  }

  /// Returns whether the lesson may choose the cell: the person chose none.
  func isPlacing(_ core: Core) -> Bool {
    let (cursor, layer) = (core.cursor, core.selection.layer)
    guard cursor.isPlaced else { return true }
    return ownPlace.map { ($0.layer, $0.row, $0.column) == (layer, cursor.y, cursor.x) } ?? false
  }

  /// The channel that the person chose, and not the lesson.
  private func chosenChannel(_ core: Core) -> Int? {
    let chosen = core.selection.chosenChannels[core.layer.name]
    return ownPlace?.layer == core.selection.layer && ownPlace?.channel == chosen ? nil : chosen
  }

  /// The question for a value whose gradient can be measured, as long as the lesson is to choose it and
  /// has not yet.
  func gradientQuestion(_ core: Core) -> MeasurableGradientQuestion? {
    guard backpropagationQuestion(core) != nil, let run = core.run, core.live == nil,
      core.layer.output.places > 1, isPlacing(core), placedFor != placing(run, core)
    else { return nil }
    return MeasurableGradientQuestion(
      core.model, run, layer: core.selection.layer, channel: chosenChannel(core))
  }

  private func placing(_ run: Numbered<Run>, _ core: Core) -> PlacedFor {
    PlacedFor(topic: topic, run: run, layer: core.selection.layer)
  }

  /// Moves the cursor to the cell, and unless the person chose one to the channel, that makes the
  /// topic's point.
  mutating func findCell(_ core: Core) -> [Intent] {
    guard let run = core.run, core.live == nil, core.layer.output.places > 1 else { return [] }
    let telling: TellingValue
    if topic == .backpropagation {
      guard let found = gradientQuestion(core).flatMap({ core.answers[$0] }) else { return [] }
      telling = found
    } else {
      telling = topic.tellingValue(
        in: run.trace, checkpoint: core.model.checkpoint, layer: core.selection.layer,
        channel: core.channel, mayTakeOthers: chosenChannel(core) == nil,
        sums: sums(core)?.sums.value)
    }
    placedFor = placing(run, core)
    ownPlace = OwnPlace(
      layer: core.selection.layer, row: telling.row, column: telling.column,
      channel: telling.channel)
    let channel: [Intent] =
      telling.channel == core.channel ? [] : [.channelSelected(telling.channel)]
    return channel + [.cellPointed(x: telling.column, y: telling.row)]
  }
}
