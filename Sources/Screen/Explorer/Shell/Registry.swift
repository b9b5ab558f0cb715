/// All screens, in the order in which the help lists them.
enum Registry {
  static let screens: [any Screen.Type] = [
    HomeScreen.self,
    GridScreen.self,
    ZoomScreen.self,
    KernelsScreen.self,
    EvidenceScreen.self,
    ExplanationScreen.self,
    FlowScreen.self,
    AblationScreen.self,
    AdversarialScreen.self,
    LessonScreen.self,
    QuizScreen.self,
    CompareScreen.self,
    BesideScreen.self,
    PrecisionScreen.self,
    RooflineScreen.self,
    FindScreen.self,
    InputScreen.self,
    OpenScreen.self,
    WeightsScreen.self,
    TeachScreen.self,
    AtlasScreen.self,
    SimilarScreen.self,
    ResultsScreen.self,
    SaveScreen.self,
    LeaveScreen.self,
    HelpScreen.self,
  ]

  /// The screens that a key opens from every other, in the order of the keys in footer and help.
  static let shortcuts: [any Screen.Type] = [
    ExplanationScreen.self, GridScreen.self, LessonScreen.self, QuizScreen.self,
    EvidenceScreen.self, CompareScreen.self, KernelsScreen.self, InputScreen.self,
    AdversarialScreen.self, TeachScreen.self, AtlasScreen.self, SimilarScreen.self,
    ResultsScreen.self, PrecisionScreen.self, RooflineScreen.self, AblationScreen.self,
    FindScreen.self, OpenScreen.self, WeightsScreen.self,
  ]

  /// The screens that a key opens from every other, whose keys come after all others.
  static let lastShortcuts: [any Screen.Type] = [
    SaveScreen.self, LeaveScreen.self, HelpScreen.self,
  ]

  static let byID = Dictionary(uniqueKeysWithValues: screens.map { ($0.id, $0) })
}
