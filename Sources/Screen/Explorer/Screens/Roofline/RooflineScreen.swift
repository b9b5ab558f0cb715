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
  static let showsPatches = false

  /// Makes the screen, which has no state of its own: the layer belongs to the core.
  init() {}

  func wants(_ core: Core) -> [AnyQuestion] {
    guard let run = core.original, core.live == nil else { return [] }
    return [
      AnyQuestion(TimesQuestion(core.model, run)), AnyQuestion(RoofQuestion()),
    ]
  }

  /// The layers under what the machine can do, once that is measured.
  func line(_ core: Core) -> Roofline? {
    // Of the unpatched network, in which every layer runs.
    let times = core.times?.milliseconds ?? core.original?.trace.milliseconds
    guard let roof = core.answers[RoofQuestion()], let times else { return nil }
    return Roofline(core.layers, milliseconds: times, under: roof)
  }
}
