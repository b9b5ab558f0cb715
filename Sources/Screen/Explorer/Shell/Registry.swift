/// The screens there are, in the order in which the help lists them.
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

  static let byID = Dictionary(uniqueKeysWithValues: screens.map { ($0.id, $0) })
}
