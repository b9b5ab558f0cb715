import MobileNet
import Research
import Tensors

extension ScreenID { static let flow = ScreenID("flow") }

/// The way of a channel, or of a place of the photo, through the layers behind it to the answer:
/// the gradient flow by layer and channel.
struct FlowScreen: Screen {
  static let id = ScreenID.flow
  static let title = "Where it goes"
  static let showsLayer = true

  /// The part whose flow is followed.
  enum Source: String, CaseIterable, Sendable {
    /// The selected channel, at all places.
    case channel = "the channel"
    /// All channels of the cell under the cursor.
    case cell = "the place"
    /// The part of the photo at the cursor's relative position.
    case photo = "the place of the photo"
  }

  private(set) var source = Source.channel

  /// The screen's actions.
  enum Action: Equatable, Sendable {
    /// The next part to follow was taken.
    case sourceCycled
  }

  init() {}

  mutating func reduce(_ action: Action, _ core: Core) -> [Intent] {
    source = source.next
    return []
  }

  /// Returns the target of the flow; nil while the class is unknown, or without a classifier.
  func target(_ core: Core) -> Target? {
    core.selectedClass.map { index in
      core.rival.map { .difference(index, from: $0) } ?? .logit(of: index, in: core.layers)
    }
  }

  /// Returns the question; nil if the target does not lie behind the layer.
  func question(_ core: Core) -> FlowQuestion? {
    guard let run = core.run, let target = target(core),
      let last = try? target.position(in: core.layers),
      source == .photo || core.selection.layer < last
    else { return nil }
    let layer = source == .photo ? nil : core.selection.layer
    return FlowQuestion(core.model, run, part(core), at: layer, to: target)
  }

  private func part(_ core: Core) -> Patch.Part {
    let (output, cursor) = (core.layer.output, core.cursor)
    let row = min(cursor.y, output.height - 1)
    let column = min(cursor.x, output.width - 1)
    switch source {
    case .channel: return .channels([core.channel])
    case .cell: return .area(rows: row..<row + 1, columns: column..<column + 1)
    case .photo:
      let input = core.model.resolution
      func pixels(_ index: Int, _ count: Int, of side: Int) -> Range<Int> {
        index * side / count..<max(index * side / count + 1, (index + 1) * side / count)
      }
      return .area(
        rows: pixels(row, output.height, of: input.height),
        columns: pixels(column, output.width, of: input.width))
    }
  }

  func wants(_ core: Core) -> [AnyQuestion] { question(core).map { [AnyQuestion($0)] } ?? [] }
}

extension Intent {
  /// Makes an intent of an action of this screen.
  static func flow(_ action: FlowScreen.Action) -> Intent {
    .screen(ScreenAction(FlowScreen.self, action))
  }
}
