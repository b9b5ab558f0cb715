import Comparison
import MobileNet
import Research

extension ScreenID { static let roofline = ScreenID("roofline") }

/// What holds each layer back on this machine: arithmetic, or the bytes it has to read and write.
struct RooflineScreen: Screen {
  static let id = ScreenID.roofline
  static let title = "Roofline"
  static let showsLayer = true

  /// Nothing to remember: the layer is under study.
  init() {}

  func wants(_ core: Core) -> [AnyQuestion] {
    guard let run = core.original, core.live == nil else { return [] }
    return [
      AnyQuestion(TimesQuestion(core.model, run)), AnyQuestion(RoofQuestion()),
    ]
  }

  /// What the machine can do, once it is measured.
  func roof(_ core: Core) -> Roof? { core.answers[RoofQuestion()] }

  /// The layers that have multiply-adds, by their positions.
  func points(_ core: Core, under roof: Roof) -> [Int: RooflinePoint] {
    // With nothing switched off, where every layer runs.
    let times = core.times?.milliseconds ?? core.original?.trace.milliseconds ?? []
    return core.layers.indices.reduce(into: [:]) { points, position in
      guard position < times.count else { return }
      points[position] = RooflinePoint(
        core.layers[position], milliseconds: times[position], under: roof)
    }
  }
}
