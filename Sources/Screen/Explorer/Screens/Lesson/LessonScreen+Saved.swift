import Lessons
import MobileNet

extension LessonScreen {
  /// The part of a session for a lesson.
  struct Saved: SavedScreen {
    static let key = SavedKey.places
    let topic: String
    let lessonStep: Int
    let lessonLayer: String
    let asksFirst: Bool
    let showsOther: Bool
  }

  /// More than the steps of any lesson.
  private static let mostSteps = 100_000

  func saved(_ core: Core) -> Saved? {
    Saved(
      topic: topic.rawValue, lessonStep: step,
      lessonLayer: core.layers[min(layer, core.layers.count - 1)].name, asksFirst: asksFirst,
      showsOther: showsOther)
  }

  mutating func restore(_ saved: Saved, _ core: Core) -> [String] {
    var missing =
      take(saved.topic, "topic", for: &topic)
      + take(saved.lessonStep, 0..<Self.mostSteps, "a lesson's step", for: &step)
    let explained = core.layers.firstIndex { $0.name == saved.lessonLayer }
    if explained == nil { missing.append("a lesson on \(saved.lessonLayer)") }
    layer = explained ?? core.selection.layer
    asksFirst = saved.asksFirst
    showsOther = saved.showsOther
    chapter = chapters(core).firstIndex(of: topic) ?? 0
    return missing
  }
}
