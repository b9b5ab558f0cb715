import Cells

/// A drawn screen: its cells, and its regions that respond to the mouse.
public struct Frame: Sendable {
  /// A part of the screen that responds to the mouse.
  public struct Region: Sendable {
    /// The region's cells.
    public let area: Rect
    /// The intent of a click at a position within the area.
    public let click: @Sendable (_ x: Int, _ y: Int) -> Intent?
    /// The intent of turning the wheel by steps, positive downward.
    public let wheel: @Sendable (_ steps: Int) -> Intent?
  }

  /// The cells of the screen.
  public var cells: CellBuffer
  /// The regions that respond to the mouse, the topmost last.
  public private(set) var regions: [Region] = []

  /// Makes an empty frame.
  public init(size: Size) {
    cells = CellBuffer(size: size)
  }

  /// The whole frame.
  public var area: Rect { Rect(cells.size) }

  /// Makes `area` respond to clicks and the wheel.
  mutating func answer(
    in area: Rect, click: @escaping @Sendable (Int, Int) -> Intent? = { _, _ in nil },
    wheel: @escaping @Sendable (Int) -> Intent? = { _ in nil }
  ) {
    regions.append(Region(area: area, click: click, wheel: wheel))
  }

  /// Removes all regions so far, because something is drawn over them.
  mutating func silence() { regions = [] }

  /// Returns the intent of a mouse event.
  public func intent(for mouse: Mouse) -> Intent? {
    for region in regions.reversed() where region.area.contains(x: mouse.x, y: mouse.y) {
      let intent: Intent? =
        switch mouse.kind {
        case .press: region.click(mouse.x - region.area.x, mouse.y - region.area.y)
        case .wheelUp: region.wheel(-1)
        case .wheelDown: region.wheel(1)
        default: nil
        }
      if let intent { return intent }
    }
    return nil
  }
}
