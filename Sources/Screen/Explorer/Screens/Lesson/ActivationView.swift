import Cells
import Lessons
import MobileNet

/// The channel before and behind the activation function, and beside it the counts and answers.
struct ActivationView {
  let state: ExplorerState
  let step: Step

  func draw(in area: Rect, of frame: inout Frame) {
    let left = Rect(x: area.x, y: area.y, width: area.width * 2 / 5, height: area.height)
    let half = area.height / 2
    if let sums = state.sums {
      MapPicture(
        tensor: sums.sums.value, channel: state.channel,
        title: "sums of \(state.layer.name) \(state.channel)", outline: state.pickedCell
      ).draw(
        in: Rect(x: left.x, y: left.y, width: left.width, height: half), of: &frame)
    }
    let isOther = state.lesson.showsOther
    let checkpoint = state.model.checkpoint
    let activation =
      (isOther ? checkpoint.exchanging(.activation) : checkpoint).architecture.activation
    OutputPicture(state: state, isOther: isOther, note: ", \(activation.name)").draw(
      in: Rect(x: left.x, y: left.y + half, width: left.width, height: area.height - half),
      of: &frame)
    ChartsView(charts: step.charts, chosen: state.chosenAnswer).draw(
      in: Rect(
        x: left.maxX + 2, y: area.y, width: area.maxX - left.maxX - 2, height: area.height),
      of: &frame.cells)
  }
}
