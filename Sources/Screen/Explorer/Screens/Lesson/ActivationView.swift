import Cells
import Lessons
import MobileNet

/// The channel before and behind the activation function, beside the counts and the answers.
struct ActivationView {
  let screen: LessonScreen
  let core: Core
  let step: Step

  func draw(in area: Rect, of frame: inout Frame) {
    let isRoomy = Layout.isRoomy(core.size)
    var (pictures, numbers) = area.columns(.ratio(2, 5), .fill, gap: 2)
    if isRoomy { (numbers, pictures) = ScenePictures.divide(area) }
    var (upper, lower) = pictures.rows(.ratio(1, 2), .fill)
    if step.charts.isEmpty {
      // Side by side and larger, until there are charts beside them.
      (upper, lower) = area.columns(.ratio(1, 2), .fill, gap: 2)
    } else if isRoomy, let places = pictures.largeAndTwo() {
      ScenePictures(screen: screen, core: core).drawPhoto(in: places.large, of: &frame)
      (upper, lower) = (places.upper, places.lower)
    }
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
    ChartsView(charts: step.charts, words: core.stage, chosen: screen.chosenAnswer(core)).draw(
      in: numbers, of: &frame.cells)
  }
}
