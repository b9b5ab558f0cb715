import Cells
import Lessons
import MobileNet

/// The channel before and behind the activation function, beside the counts and the answers.
struct ActivationView {
  let screen: LessonScreen
  let core: Core
  let step: Step

  func draw(in area: Rect, of frame: inout Frame) {
    let (left, right) = area.columns(.ratio(2, 5), .fill, gap: 2)
    // Side by side and larger, until there are charts beside them.
    let (upper, lower) =
      step.charts.isEmpty
      ? area.columns(.ratio(1, 2), .fill, gap: 2) : left.rows(.ratio(1, 2), .fill)
    if let sums = screen.sums(core) {
      MapPicture(
        tensor: sums.sums.value, channel: core.channel,
        title: core.stage("sums", ["what": core.layer.name, "channel": "\(core.channel)"]),
        outline: core.pickedCell
      ).draw(in: upper, of: &frame)
    }
    let isOther = screen.showsOther
    let checkpoint = core.model.checkpoint
    let activation =
      (isOther ? checkpoint.exchanging(.activation) : checkpoint).architecture.activation
    OutputPicture(screen: screen, core: core, isOther: isOther, note: activation.name).draw(
      in: lower, of: &frame)
    ChartsView(charts: step.charts, chosen: screen.chosenAnswer(core)).draw(
      in: right, of: &frame.cells)
  }
}
