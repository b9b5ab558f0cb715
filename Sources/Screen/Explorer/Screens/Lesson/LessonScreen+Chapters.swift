import Lessons
import MobileNet

/// The lessons to choose from, and how one begins.
extension LessonScreen {
  /// Returns the topics of the lessons to choose from.
  func chapters(_ core: Core) -> [Topic] {
    core.playlist?.value.entries.map(\.script.topic) ?? Topic.allCases
  }

  /// The names of the lessons that can be chosen: a person's own by their titles.
  func names(_ core: Core) -> [String] {
    guard let playlist = core.playlist?.value else {
      return Topic.allCases.map { core.stage.name(of: $0) }
    }
    return playlist.entries.map { entry in
      LessonLibrary.contains(entry.script)
        ? core.stage.name(of: entry.script.topic) : entry.script.name
    }
  }

  /// Returns the entry of the person's playlist for the current lesson.
  func entry(_ core: Core) -> Playlist.Entry? {
    core.playlist.flatMap {
      $0.value.entries.indices.contains(chapter) ? $0.value.entries[chapter] : nil
    }
  }

  /// Begins a lesson, at the layer, channel and cell that the person's playlist asks for.
  mutating func begin(chapter index: Int, _ core: Core) -> [Intent] {
    let chapters = chapters(core)
    guard chapters.indices.contains(index) else { return [] }
    chapter = index
    guard let entry = entry(core) else { return begin(chapters[index], core) }
    var intents: [Intent] = []
    if let asked = entry.layer {
      guard
        let found = core.layers.firstIndex(where: {
          $0.name == asked.value || "\($0.index)" == asked.value
        })
      else {
        return begin(chapters[index], core)
          + [.said(Message("\(asked.line): this network has no layer \(asked.value)."))]
      }
      layer = found
    }
    intents += begin(entry.script.topic, core)
    let own = core.layers[entry.script.topic.layer(nearest: layer, in: core.layers)]
    if let channel = entry.channel {
      intents.append(
        0..<own.output.channels ~= channel.value
          ? .channelSelected(channel.value)
          : .said(
            Message(
              "\(channel.line): \(own.name) has channels 0 to \(own.output.channels - 1).")))
    }
    if let cell = entry.cell {
      let (row, column) = (cell.value.row, cell.value.column)
      let isThere = 0..<own.output.height ~= row && 0..<own.output.width ~= column
      intents.append(
        isThere
          ? .cellPointed(x: column, y: row)
          : .said(
            Message(
              "\(cell.line): \(own.name) has rows and columns from 0,0 to "
                + "\(own.output.height - 1),\(own.output.width - 1).")))
    }
    return intents
  }

  /// Begins `topic` at the layer that the person chose, or the nearest one that the topic is about.
  mutating func begin(_ topic: Topic, _ core: Core) -> [Intent] {
    self.topic = topic
    step = 0
    play = nil
    picksCell = false
    showsOther = false
    let places = isPlacing(core)
    return [.layerSelected(topic.layer(nearest: layer, in: core.layers))]
      + (places ? [.lesson(.placed)] : [])
  }
}
