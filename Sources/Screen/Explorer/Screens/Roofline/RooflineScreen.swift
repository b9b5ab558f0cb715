import Comparison
import MobileNet
import Research

extension ScreenID { static let roofline = ScreenID("roofline") }

/// The limit of each layer's speed on this machine: arithmetic, or the bytes that the layer reads
/// and writes.
struct RooflineScreen: Screen {
  static let id = ScreenID.roofline
  static let title = "Roofline"
  static let showsLayer = true

  /// Makes the screen, which has no state of its own: the layer belongs to the core.
  init() {}

  func wants(_ core: Core) -> [AnyQuestion] {
    guard let run = core.original, core.live == nil else { return [] }
    return [
      AnyQuestion(TimesQuestion(core.model, run)), AnyQuestion(RoofQuestion()),
    ]
  }

  /// Returns the machine's roof, once it is measured.
  func roof(_ core: Core) -> Roof? { core.answers[RoofQuestion()] }

  /// Returns the points of the layers with multiply-adds, by position.
  func points(_ core: Core, under roof: Roof) -> [Int: RooflinePoint] {
    // Of the unpatched network, in which every layer runs.
    let times = core.times?.milliseconds ?? core.original?.trace.milliseconds ?? []
    return core.layers.indices.reduce(into: [:]) { points, position in
      guard position < times.count else { return }
      points[position] = RooflinePoint(
        core.layers[position], milliseconds: times[position], under: roof)
    }
  }
}
