import Cells
import Lessons
import MobileNet

/// The channel before and behind the activation function, and beside it the counts and answers.
struct ActivationView {
  let screen: LessonScreen
  let core: Core
  let step: Step

  func draw(in area: Rect, of frame: inout Frame) {
    let left = Rect(x: area.x, y: area.y, width: area.width * 2 / 5, height: area.height)
    let half = area.height / 2
    if let sums = screen.sums(core) {
      MapPicture(
        tensor: sums.sums.value, channel: core.channel,
        title: "sums of \(core.layer.name) \(core.channel)", outline: core.pickedCell
      ).draw(
        in: Rect(x: left.x, y: left.y, width: left.width, height: half), of: &frame)
    }
    let isOther = screen.showsOther
    let checkpoint = core.model.checkpoint
    let activation =
      (isOther ? checkpoint.exchanging(.activation) : checkpoint).architecture.activation
    OutputPicture(screen: screen, core: core, isOther: isOther, note: ", \(activation.name)").draw(
      in: Rect(x: left.x, y: left.y + half, width: left.width, height: area.height - half),
      of: &frame)
    ChartsView(charts: step.charts, chosen: screen.chosenAnswer(core)).draw(
      in: Rect(
        x: left.maxX + 2, y: area.y, width: area.maxX - left.maxX - 2, height: area.height),
      of: &frame.cells)
  }
}
