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

  /// The layers under what the machine can do, once that is measured.
  func line(_ core: Core) -> Roofline? {
    // With nothing switched off, where every layer runs.
    let times = core.times?.milliseconds ?? core.original?.trace.milliseconds
    guard let roof = core.answers[RoofQuestion()], let times else { return nil }
    return Roofline(core.layers, milliseconds: times, under: roof)
  }
}
