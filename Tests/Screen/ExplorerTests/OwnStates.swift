import Comparison
import Lessons
import MobileNet
import Research
import Tensors
import Testing

@testable import Explorer

/// Short names for the states and layouts of single screens.
extension ExplorerState {
  var home: HomeScreen {
    get { self[HomeScreen.self] }
    set { self[HomeScreen.self] = newValue }
  }
  var grid: GridScreen {
    get { self[GridScreen.self] }
    set { self[GridScreen.self] = newValue }
  }
  var find: FindScreen {
    get { self[FindScreen.self] }
    set { self[FindScreen.self] = newValue }
  }
  var kernels: KernelsScreen { self[KernelsScreen.self] }
  var evidence: EvidenceScreen { self[EvidenceScreen.self] }
  var lesson: LessonScreen { self[LessonScreen.self] }
  var compare: CompareScreen { self[CompareScreen.self] }
  var beside: BesideScreen { self[BesideScreen.self] }
  var open: OpenScreen { self[OpenScreen.self] }
  var weights: WeightsScreen { self[WeightsScreen.self] }

  var gridChannels: [Int] { grid.channels(core) }
  var influence: [Float]? { grid.influence(core) }
  var markedChannels: Set<Int> { grid.marked(core) }
  var contributions: InputContributions? { kernels.contributions(core) }
  var sums: SumsQuestion.Answer? { self[ZoomScreen.self].sums(core) }
  var currentLesson: (any Lesson)? { lesson.lesson(core) }
  var lessonSteps: [Step] { lesson.steps(core) }
  var lessonStep: Step? { lesson.currentStep(core) }
  var otherRun: Numbered<OtherRun>? { lesson.otherRun(core) }
  var measuredPairs: [String: ReplacementTimes] {
    lesson.measured(lesson.topic, at: core.selection.layer, core)
  }
  var measurements: [Measurement] { compare.known(core) }
  var times: [ComparedNetwork: Double] { compare.times(core) }
  var sides: (left: Side, right: Side)? { beside.sides(core) }
  var counterpart: Counterpart? { beside.counterpart(core) }
  var shown: [FolderEntry] { open.shown(core) }
  var selectedEntry: FolderEntry? { open.selected(core) }
}

// What fails is said in a line, and not with all weights of the network.
extension ExplorerState: CustomTestStringConvertible {
  /// The screens and the layer.
  public var testDescription: String { "\(screens.map(\.description)) at \(core.layer.name)" }
}

extension AnyQuestion: CustomTestStringConvertible {
  /// The kind of question.
  public var testDescription: String { "\(type(of: base))" }
}
