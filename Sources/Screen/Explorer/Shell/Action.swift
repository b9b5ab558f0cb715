import Cells
import MobileNet

/// Something that happened: a person's wish, or an answer from outside.
public enum Action: Equatable, Sendable {
  // The terminal.
  case resized(Size)
  /// A key was pressed, whatever it does: the message was read.
  case keyPressed

  // Walking.
  case layerMoved(by: Int)
  case layerSelected(Int)
  case channelMoved(by: Int)
  case channelSelected(Int)
  case opened(Screen.ID)
  case wentBack
  case quit
  case suspended

  // How things look.
  case rangeCycled
  case curveCycled
  case colorMapCycled

  // Photos and weights.
  case albumMoved(by: Int)
  case photoOpened(path: String, Numbered<Photo>, model: Int)
  case photoFailed(path: String, reason: String)
  case weightsOpened(Numbered<Model>, Numbered<Photo>, path: String)
  case copied
  case saved(path: String)
  case mouseSwitched

  // The network.
  case layerFinished(position: Int, milliseconds: Double)
  case inferred(Numbered<Trace>)
  case failed(String)

  /// The influence of some channels, from `first` on, is there.
  case influenceMeasured(Influence.Question, first: Int, [Float])

  // Screens of their own.
  case home(HomeAction)
  case zoom(ZoomAction)
  case grid(GridAction)
  case kernels(KernelsAction)
  case evidence(EvidenceAction)
  case ablation(AblationAction)
  case lesson(LessonAction)
  case compare(CompareAction)
  case beside(BesideAction)
  case find(FindAction)
  case help(HelpAction)
  case open(OpenAction)
  case live(LiveAction)
  case weights(WeightsAction)
  case save(SaveAction)
}
