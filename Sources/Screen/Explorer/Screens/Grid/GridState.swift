/// How the channels of a layer are laid out; the cursor is the channel that is shown elsewhere.
public struct GridState: Equatable, Sendable {
  /// How they are sorted.
  public var order = GridOrder.index
  /// The columns of the screen that a thumbnail takes; nil for as many as let a page show all.
  public var thumbnailWidth: Int?
  /// The marked channels, by layer name.
  public var marks: [String: Set<Int>] = [:]
  /// What was measured last, for the order by influence.
  var influence: Influence?

  /// Thumbnails in the order of the channels.
  public init() {}
}

/// What can happen on the grid screen.
public enum GridAction: Equatable, Sendable {
  /// The cursor was moved by thumbnails and by rows of them.
  case moved(columns: Int, rows: Int)
  /// The cursor was moved by pages.
  case paged(Int)
  /// The cursor was moved to the first or the last channel of the order.
  case movedToEnd(Bool)
  /// A channel was pointed at; pointing at the one under the cursor opens it.
  case pointed(channel: Int)
  /// The next order was taken.
  case orderCycled
  /// Thumbnails were made larger or smaller by steps.
  case resized(by: Int)
  /// The channel under the cursor was marked, or was no longer.
  case marked
}

/// Applies what happened on the grid screen.
func reduce(_ state: inout ExplorerState, _ action: GridAction) -> [Effect] {
  switch action {
  case .moved(let columns, let rows):
    let layout = GridLayout(state)
    state.moveGridCursor(by: columns + rows * layout.columns)
  case .paged(let pages):
    let layout = GridLayout(state)
    state.moveGridCursor(by: pages * layout.columns * layout.rows)
  case .movedToEnd(let isLast):
    state.moveGridCursor(by: isLast ? state.layer.output.channels : -state.layer.output.channels)
  case .pointed(let channel):
    if channel == state.channel {
      state.open(.zoom)
    } else {
      state.select(channel: channel)
    }
  case .orderCycled:
    state.grid.order = state.grid.order.next
    if let first = state.gridChannels.first { state.select(channel: first) }
  case .resized(let steps):
    let width = GridLayout(state).thumbnail.width + steps * GridLayout.widthStep
    let range = GridLayout.widths
    state.grid.thumbnailWidth = min(max(width, range.lowerBound), range.upperBound)
  case .marked:
    state.grid.marks[state.layer.name, default: []].formSymmetricDifference([state.channel])
  }
  return []
}

extension ExplorerState {
  /// The channels of the selected layer as the grid sorts them; none before the network has run.
  var gridChannels: [Int] { statistics.map { grid.order.channels($0, influence: influence) } ?? [] }

  /// The marked channels of the selected layer.
  var markedChannels: Set<Int> { grid.marks[layer.name] ?? [] }

  fileprivate mutating func moveGridCursor(by steps: Int) {
    let channels = gridChannels
    guard let position = channels.firstIndex(of: channel) else { return }
    select(channel: channels[min(max(position + steps, 0), channels.count - 1)])
  }
}
