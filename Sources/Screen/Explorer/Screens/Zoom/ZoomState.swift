import Tensors

/// The cursor on the zoomed channel.
public struct ZoomState: Equatable, Sendable {
  /// The cursor's row.
  public var y = 0
  /// The cursor's column.
  public var x = 0
  /// Whether somebody put it there; until then it is where it begins.
  public var isPlaced = false
  /// The corner opposite to the cursor while an area is marked.
  public var corner: Place?
  /// Whether the sums before the activation function are shown, where a layer has one.
  public var wantsPreactivation = false
  /// The sums that were computed last.
  var preactivation: Preactivation?

  /// Begins at the top left.
  public init() {}

  /// A cell of the map.
  public struct Place: Equatable, Sendable {
    /// The row.
    public let y: Int
    /// The column.
    public let x: Int
  }

  /// The marked area, from its corner to the cursor.
  var area: (rows: Range<Int>, columns: Range<Int>)? {
    corner.map { corner in
      (min(corner.y, y)..<max(corner.y, y) + 1, min(corner.x, x)..<max(corner.x, x) + 1)
    }
  }

  /// Moves the cursor to the cell of `next` that lies where it was in `last`.
  mutating func carry(from last: Shape, to next: Shape) {
    guard last != next else { return }
    // An area that was marked in one layer says nothing in another.
    corner = nil
    guard isPlaced else { return }
    let place = Place(y: y, x: x).carried(from: last, to: next)
    (y, x) = (place.y, place.x)
  }
}

extension ZoomState.Place {
  /// The cell of `next` that lies where this one lies in `last`.
  func carried(from last: Shape, to next: Shape) -> ZoomState.Place {
    func carried(_ index: Int, _ from: Int, _ to: Int) -> Int {
      min(max((2 * index + 1) * to / (2 * from), 0), to - 1)
    }
    return ZoomState.Place(
      y: carried(y, last.height, next.height), x: carried(x, last.width, next.width))
  }
}

/// What can happen on the zoom screen; where the cells are channels, the cursor is the channel.
public enum ZoomAction: Equatable, Sendable {
  /// The cursor was moved by cells.
  case moved(x: Int, y: Int)
  /// A cell was pointed at.
  case pointed(x: Int, y: Int)
  /// A cell was pointed at on another screen, and is to be seen here.
  case entered(x: Int, y: Int)
  /// An area was begun at the cursor, or given up.
  case areaSwitched
  /// The sums before the activation function were asked for, or the output again.
  case preactivationSwitched
  /// The sums of a layer of the run called `run` are there.
  case preactivated(run: Int, layer: Int, Numbered<Tensor>)
}

/// Applies what happened on the zoom screen.
func reduce(_ state: inout ExplorerState, _ action: ZoomAction) -> [Effect] {
  let grid = state.planeShape
  switch action {
  case .moved(let x, let y) where state.layer.output.places == 1:
    state.select(channel: state.channel + y * grid.width + x)
  case .pointed(let x, let y) where state.layer.output.places == 1:
    state.select(channel: y * grid.width + x)
  case .moved(let x, let y):
    return reduce(&state, .pointed(x: state.zoom.x + x, y: state.zoom.y + y))
  case .pointed(let x, let y):
    state.zoom.x = min(max(x, 0), grid.width - 1)
    state.zoom.y = min(max(y, 0), grid.height - 1)
    state.zoom.isPlaced = true
  case .entered(let x, let y):
    state.open(.zoom)
    return reduce(&state, .pointed(x: x, y: y))
  case .areaSwitched:
    let zoom = state.zoom
    state.zoom.corner = zoom.corner == nil ? ZoomState.Place(y: zoom.y, x: zoom.x) : nil
    state.zoom.isPlaced = true
  case .preactivationSwitched:
    state.zoom.wantsPreactivation.toggle()
    if state.zoom.wantsPreactivation, !state.layer.isActivated {
      state.message = Message("\(state.layer.name) has no activation function.")
    }
    return state.missingPreactivation
  case .preactivated(let run, let layer, let sums):
    guard run == state.run?.number else { return [] }
    state.zoom.preactivation = Preactivation(run: run, layer: layer, sums: sums)
  }
  return []
}
