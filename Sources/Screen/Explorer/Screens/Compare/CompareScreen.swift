import Comparison
import Research

extension ScreenID { static let compare = ScreenID("compare") }

/// Widths and resolutions on the same photo, and MobileNet beside other networks.
struct CompareScreen: Screen {
  static let id = ScreenID.compare
  static let title = "Compare"
  static let showsPatches = false

  /// The ways to show networks.
  enum Tab: String, CaseIterable, Sendable {
    /// Widths and resolutions, one a line.
    case table
    /// The same networks as points: accuracy against cost.
    case plot
    /// MobileNet beside networks of other architectures.
    case networks = "other networks"
  }

  /// The cost on the plot's horizontal axis.
  enum Cost: String, CaseIterable, Sendable {
    case multiplyAdds = "multiply-adds"
    case milliseconds
    case parameters
  }

  /// The selected tab.
  var tab = Tab.table
  /// The cost on the plot's horizontal axis.
  var cost = Cost.multiplyAdds
  /// Whether the plot shows published accuracies in place of those that checkpoints state.
  var showsPublished = false
  /// The candidate under the cursor; nil for the explored network.
  var chosen: Candidate?

  /// The screen's actions.
  enum Action: Equatable, Sendable {
    /// The tab before or after was taken.
    case tabMoved(by: Int)
    /// A tab was pointed at.
    case tabSelected(Tab)
    /// The cursor was moved: in the table by lines, in the plot by points.
    case moved(x: Int, y: Int)
    /// A candidate was pointed at; pointing at the one under the cursor opens it.
    case pointed(Int)
    /// The next cost was taken.
    case costCycled
    /// Published accuracies were exchanged for measured ones, or back.
    case accuracySwitched
    /// The candidate under the cursor was opened as the explored network.
    case chosen
    /// The candidate under the cursor was set beside the explored network.
    case besideAsked
    /// Another photo was set beside this one.
    case photoAsked
  }

  /// Begins at the explored network.
  init() {}

  mutating func reduce(_ action: Action, _ core: Core) -> [Intent] {
    switch action {
    case .tabMoved(let steps): tab = Tab.allCases.element(steps, after: tab)
    case .tabSelected(let tab): self.tab = tab
    case .moved(let x, let y): move(x: x, y: y, core)
    case .pointed(let index):
      if cursor(core) == index { return reduce(.chosen, core) }
      point(at: index, core)
    case .costCycled: cost = cost.next
    case .accuracySwitched: showsPublished.toggle()
    case .chosen:
      guard let candidate = selected(core) else { return [] }
      let (said, resolution) = (candidate.said, candidate.resolution)
      return [.opened(.home), .weightsAsked(candidate.weights, said: said, resolution: resolution)]
    case .besideAsked:
      guard let candidate = selected(core) else { return [] }
      guard candidate != explored(core) else {
        return [.said(Message("This is the explored network: choose another to set beside it."))]
      }
      return [.beside(.began(.network(candidate)))]
    case .photoAsked:
      guard let path = core.album.path(1) ?? core.album.path(-1) else {
        return [.open(.began(.otherImage))]
      }
      return [.beside(.began(.photo(path: path)))]
    }
    return []
  }

  /// Moves the cursor by lines of the table, or to the next point of the plot.
  private mutating func move(x: Int, y: Int, _ core: Core) {
    let index = cursor(core)
    switch tab {
    case .table: point(at: min(max(index + y, 0), candidates(core).count - 1), core)
    case .plot:
      let plot = ComparisonPlot(self, core)
      let next = x != 0 ? plot.step(from: index, across: x) : plot.step(from: index, up: -y)
      point(at: next ?? index, core)
    case .networks: break
    }
  }

  private mutating func point(at index: Int, _ core: Core) {
    let candidates = candidates(core)
    if candidates.indices.contains(index) { chosen = candidates[index] }
  }

  func wants(_ core: Core) -> [AnyQuestion] {
    [AnyQuestion(CandidatesQuestion(besides: core.model.value))] + measurements(core)
      + (turns(core).map { [AnyQuestion($0)] } ?? [])
  }
}

extension Intent {
  /// Makes an intent of an action of this screen.
  static func compare(_ action: CompareScreen.Action) -> Intent {
    .screen(ScreenAction(CompareScreen.self, action))
  }
}

// MARK: Measurements

extension CompareScreen {
  /// Returns the measurements that the selected tab needs, in the order of its lines.
  func measurements(_ core: Core) -> [AnyQuestion] {
    switch tab {
    case .table, .plot: candidates(core).map { AnyQuestion(question($0, core)) }
    case .networks: Self.measurable.map { AnyQuestion(NetworkTimeQuestion($0)) }
    }
  }

  /// Returns whether a measurement failed.
  func hasFailures(_ core: Core) -> Bool {
    measurements(core).contains { core.answers.hasFailed($0) }
  }

  /// The networks of other architectures that can be run.
  private static let measurable = ComparedNetwork.all.filter { $0.body != .nothing }

  private func question(_ candidate: Candidate, _ core: Core) -> MeasurementQuestion {
    MeasurementQuestion(candidate, photo: core.photo, path: core.album.path)
  }

  /// Returns the candidates; empty until the list is made.
  func candidates(_ core: Core) -> [Candidate] {
    core.answers[CandidatesQuestion(besides: core.model.value)] ?? []
  }

  /// Returns the index of the candidate under the cursor.
  func cursor(_ core: Core) -> Int {
    candidates(core).firstIndex(of: chosen ?? explored(core)) ?? 0
  }

  /// The network under study.
  func explored(_ core: Core) -> Candidate {
    Candidate(core.model.source, said: core.model.said, resolution: core.model.resolution)
  }

  /// Returns the candidate under the cursor.
  func selected(_ core: Core) -> Candidate? {
    let candidates = candidates(core)
    return candidates.isEmpty ? nil : candidates[cursor(core)]
  }

  /// Returns the question for the candidates' times in turns; nil until each was measured by
  /// itself.
  func turns(_ core: Core) -> TurnsQuestion? {
    guard tab != .networks, !candidates(core).isEmpty else { return nil }
    var measured: [Candidate] = []
    for candidate in candidates(core) {
      let question = question(candidate, core)
      if core.answers.latest(question) != nil {
        measured.append(candidate)
      } else if !core.answers.hasFailed(AnyQuestion(question)) {
        return nil
      }
    }
    return TurnsQuestion(measured)
  }

  /// Returns a candidate's measurement, on whichever photo it was made.
  func costs(of candidate: Candidate, _ core: Core) -> Measurement? {
    costs(of: [candidate], core)[0]
  }

  /// Returns the measurement of each of `candidates`.
  func costs(of candidates: [Candidate], _ core: Core) -> [Measurement?] {
    let shortest = shortest(core)
    return candidates.map {
      core.answers.latest(question($0, core))?.inTurns(shortest?[$0])
    }
  }

  /// Returns the times measured in turns so far.
  private func shortest(_ core: Core) -> TurnsQuestion.Answer? {
    turns(core).flatMap { core.answers.soFar($0) }
  }

  /// Returns the measurements so far; answers are left out unless they are about this photo.
  func known(_ core: Core) -> [Measurement] {
    let shortest = shortest(core)
    return candidates(core).compactMap { candidate in
      let question = question(candidate, core)
      return (core.answers[question] ?? core.answers.latest(question)?.withoutAnswer)?
        .inTurns(shortest?[candidate])
    }
  }

  /// Returns the milliseconds of the other networks on this machine.
  func times(_ core: Core) -> [ComparedNetwork: Double] {
    Self.measurable.reduce(into: [:]) { times, network in
      times[network] = core.answers[NetworkTimeQuestion(network)]
    }
  }
}
