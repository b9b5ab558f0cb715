import Cells

/// One drawn screen: its cells, and what a click on each part of it means.
public struct Frame: Sendable {
  /// A part of the screen that answers to the mouse.
  public struct Region: Sendable {
    /// The cells that answer.
    public let area: Rect
    /// What a click means; it is told the place within the area.
    public let click: @Sendable (_ x: Int, _ y: Int) -> Intent?
    /// What turning the wheel over it means, by steps down.
    public let wheel: @Sendable (_ steps: Int) -> Intent?
  }

  /// What is shown.
  public var cells: CellBuffer
  /// What answers to the mouse; later ones lie on top.
  public private(set) var regions: [Region] = []

  /// An empty frame.
  public init(size: Size) {
    cells = CellBuffer(size: size)
  }

  /// The whole frame.
  public var area: Rect { Rect(x: 0, y: 0, width: cells.width, height: cells.height) }

  /// Lets `area` answer to the mouse.
  mutating func answer(
    in area: Rect, click: @escaping @Sendable (Int, Int) -> Intent? = { _, _ in nil },
    wheel: @escaping @Sendable (Int) -> Intent? = { _ in nil }
  ) {
    regions.append(Region(area: area, click: click, wheel: wheel))
  }

  /// Lets nothing that was drawn until now answer to the mouse, for what is drawn over it.
  mutating func silence() { regions = [] }

  /// What a mouse event at a cell asks for.
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
