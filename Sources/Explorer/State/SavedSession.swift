import Cells

/// What it takes to come back to a place: image, weights, where the person was, how things looked.
///
/// Kept as a small JSON file.
public struct SavedSession: Codable, Equatable, Sendable {
  /// Tells the file from other JSON.
  public static let format = "mobilenet-explorer session"

  /// Always `SavedSession.format`.
  public var format = SavedSession.format
  /// The version of the file's format, 1.
  public var version = 1
  /// The image file; relative to this file, or absolute.
  public var image: String
  /// The name or the file of the weights.
  public var weights: String
  /// The input side.
  public let resolution: Int
  /// The name of the selected layer.
  public let layer: String
  /// The channel that was shown.
  public let channel: Int
  /// The cursor's row and column.
  public let cell: [Int]
  /// The screen that was shown.
  public let screen: String
  /// How colours were spread and which.
  public let range: String
  /// How values were spread.
  public let curve: String
  /// The colours.
  public let colorMap: String
  /// The class that was asked about, if the person chose one.
  public let classIndex: Int?

  /// The screens that a person can come back to; menus and pickers are none.
  private static let screens: Set<Screen.ID> = [
    .grid, .zoom, .kernels, .evidence, .lesson, .input,
  ]

  /// Notes where `state` is.
  public init(_ state: ExplorerState) {
    image = state.album.path
    weights = state.model.source
    resolution = state.model.resolution
    layer = state.layer.name
    channel = state.channel
    cell = [state.zoom.y, state.zoom.x]
    screen = state.screen.rawValue
    range = state.view.range.rawValue
    curve = state.view.curve.rawValue
    colorMap = state.view.colorMap.rawValue
    classIndex = state.evidence.chosenClass
  }

  /// Brings `state`, in which the image and the weights are open, to where it was; what the
  /// network does not have any more is left as it is.
  public func restore(_ state: inout ExplorerState) {
    if let range = ViewSettings.Range(rawValue: range) { state.view.range = range }
    if let curve = ViewSettings.Curve(rawValue: curve) { state.view.curve = curve }
    if let map = ColorMap(rawValue: colorMap) { state.view.colorMap = map }
    if let classIndex { _ = reduce(&state, .evidence(.classChosen(classIndex))) }
    guard let position = state.layers.firstIndex(where: { $0.name == layer }) else { return }
    _ = reduce(&state, .layerSelected(position))
    _ = reduce(&state, .channelSelected(channel))
    if cell.count == 2 { _ = reduce(&state, .zoom(.pointed(x: cell[1], y: cell[0]))) }
    if let screen = Screen.ID(rawValue: screen), Self.screens.contains(screen) {
      _ = reduce(&state, .opened(screen))
    }
  }
}
