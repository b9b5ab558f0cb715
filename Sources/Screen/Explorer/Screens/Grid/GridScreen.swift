import MobileNet
import Research
import Tensors

extension ScreenID { static let grid = ScreenID("grid") }

/// Every channel of a layer as a thumbnail; the cursor is the selected channel.
struct GridScreen: Screen {
  static let id = ScreenID.grid
  static let title = "Grid"
  static let showsLayer = true

  /// The order of the channels.
  var order = GridOrder.index
  /// The width of a thumbnail in columns; nil for the width that shows most channels on a page.
  var thumbnailWidth: Int?
  /// The filter by the atlas; nil to show all channels.
  var filter: ChannelAtlas.Filter?
  /// The marked channels, by layer name.
  var marks: [String: Set<Int>] = [:]

  /// The screen's actions.
  enum Action: Equatable, Sendable {
    /// The cursor was moved by thumbnails and by rows.
    case moved(columns: Int, rows: Int)
    /// The cursor was moved by pages.
    case paged(Int)
    /// The cursor was moved to the first channel.
    case movedToFirst
    /// The cursor was moved to the last channel.
    case movedToLast
    /// A channel was pointed at; pointing at the one under the cursor opens it.
    case pointed(channel: Int)
    /// The next order was taken, and the filter removed.
    case orderCycled
    /// The channels that separate a class in the atlas best were asked for.
    case filtered(ChannelAtlas.Filter)
    /// Thumbnails were made larger or smaller.
    case resized(by: Int)
    /// The channel under the cursor was marked, or its mark removed.
    case marked
  }

  /// Begins with all channels by number.
  init() {}

  mutating func reduce(_ action: Action, _ core: Core) -> [Intent] {
    let layout = GridLayout(self, core)
    switch action {
    case .moved(let columns, let rows): return move(by: columns + rows * layout.columns, core)
    case .paged(let pages): return move(by: pages * layout.columns * layout.rows, core)
    case .movedToFirst: return move(by: -core.layer.output.channels, core)
    case .movedToLast: return move(by: core.layer.output.channels, core)
    case .pointed(let channel):
      return channel == core.channel ? [.opened(.zoom)] : [.channelSelected(channel)]
    case .orderCycled:
      filter = nil
      repeat { order = order.next } while !order.isPossible(core)
      return channels(core).first.map { [.channelSelected($0)] } ?? []
    case .filtered(let asked):
      filter = asked
      order = .separation
      return [.opened(.grid)] + (channels(core).first.map { [.channelSelected($0)] } ?? [])
    case .resized(let steps):
      let range = GridLayout.widths
      let width = layout.thumbnail.width + steps * GridLayout.widthStep
      thumbnailWidth = min(max(width, range.lowerBound), range.upperBound)
    case .marked:
      marks[core.layer.name, default: []].formSymmetricDifference([core.channel])
    }
    return []
  }

  private func move(by steps: Int, _ core: Core) -> [Intent] {
    let channels = channels(core)
    guard !channels.isEmpty else { return [] }
    let position = channels.firstIndex(of: core.channel) ?? 0
    return [.channelSelected(channels[min(max(position + steps, 0), channels.count - 1)])]
  }

  func wants(_ core: Core) -> [AnyQuestion] {
    influenceQuestion(core).map { [AnyQuestion($0)] } ?? []
  }

  /// Selects the channel with the largest influence once all are measured.
  mutating func heard(_ question: AnyQuestion, _ core: Core) -> [Intent] {
    guard let own = influenceQuestion(core), question == AnyQuestion(own), influence(core) != nil,
      let best = channels(core).first
    else { return [] }
    return [.channelSelected(best)]
  }

  mutating func networkChanged(_ core: Core) {
    marks = [:]
    filter = nil
  }

  /// Returns the question for the influences to sort by; nil if the order or the layer has none.
  func influenceQuestion(_ core: Core) -> InfluenceQuestion? {
    guard order == .influence, core.layers.canBePatched(core.selection.layer), let run = core.run,
      let index = core.selectedClass
    else { return nil }
    return InfluenceQuestion(core.model, run, layer: core.selection.layer, classIndex: index)
  }

  /// Returns the influence of every channel of the selected layer, once all are measured.
  func influence(_ core: Core) -> [Float]? {
    influenceQuestion(core).flatMap { core.answers[$0] }
  }

  /// Returns each channel's mean inside the marked area minus that outside; nil without a marked
  /// area.
  private func contrast(_ core: Core) -> [Double]? {
    guard let area = core.cursor.area else { return nil }
    return core.output?.contrasts(rows: area.rows, columns: area.columns)
  }

  /// Returns the selected layer's channels in order, as far as the filter admits them; none before
  /// the network has run.
  func channels(_ core: Core) -> [Int] {
    guard let statistics = core.statistics else { return [] }
    let all = order.channels(statistics, measured: measured(core))
    let own = filtered(core)
    return own.isEmpty ? all : all.filter(own.contains)
  }

  /// Returns the channels of the selected layer that the filter admits; empty without a filter.
  func filtered(_ core: Core) -> Set<Int> {
    guard let filter, let atlas = core.atlas else { return [] }
    return atlas.channels(filter, of: core.layer.name)
  }

  /// Returns each channel's value to sort by if it is not in the statistics; nil otherwise, or
  /// while unknown.
  func measured(_ core: Core) -> [Double]? {
    let channels = 0..<core.layer.output.channels
    switch order {
    case .index, .mean, .maximum, .zeros: return nil
    case .influence: return influence(core)?.map(Double.init)
    case .area: return contrast(core)
    case .separation:
      return core.atlas.map { atlas in
        channels.map { atlas.channel($0, of: core.layer.name)?.separates?.area ?? 0 }
      }
    case .unusual:
      return core.atlas == nil ? nil : channels.map { core.unusualness(of: $0) ?? 0 }
    }
  }

  func losses(_ core: Core) -> [String] {
    let count = marks.values.reduce(0) { $0 + $1.count }
    return count == 0 ? [] : ["\(count) channel\(count == 1 ? "" : "s") marked"]
  }

  /// Returns the marked channels of the selected layer.
  func marked(_ core: Core) -> Set<Int> { marks[core.layer.name] ?? [] }
}

extension GridOrder {
  /// Returns whether the values to sort by can be had.
  fileprivate func isPossible(_ core: Core) -> Bool {
    switch self {
    case .index, .mean, .maximum, .zeros, .influence: true
    case .separation, .unusual: core.atlas != nil
    case .area: core.cursor.area != nil
    }
  }
}

extension GridScreen {
  /// Returns the patch that x makes: it switches off the marked channels, or else the one under the
  /// cursor.
  func switched(_ core: Core) -> Patch {
    let marked = marked(core)
    return marked.isEmpty
      ? core.channelSwitch : Patch(layer: core.selection.layer, part: .channels(marked))
  }
}

extension Intent {
  /// Makes an intent of an action of this screen.
  static func grid(_ action: GridScreen.Action) -> Intent {
    .screen(ScreenAction(GridScreen.self, action))
  }
}
