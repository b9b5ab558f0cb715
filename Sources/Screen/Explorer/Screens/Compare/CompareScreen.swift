import Comparison
import Research

extension ScreenID { static let compare = ScreenID("compare") }

/// Widths and resolutions on the same photo, and MobileNet beside other networks.
struct CompareScreen: Screen {
  static let id = ScreenID.compare
  static let title = "Compare"

  /// How networks are shown.
  enum Tab: String, CaseIterable, Sendable {
    /// Widths and resolutions, a line each.
    case table
    /// The same as points: accuracy against cost.
    case plot
    /// MobileNet beside networks of other kinds.
    case networks = "other networks"
  }

  /// What the plot's points are spread by from left to right.
  enum Cost: String, CaseIterable, Sendable {
    case multiplyAdds = "multiply-adds"
    case milliseconds
    case parameters
  }

  /// What is shown.
  var tab = Tab.table
  /// What the plot's points are spread by from left to right.
  var cost = Cost.multiplyAdds
  /// Whether the plot shows published accuracies, and not those that checkpoints state.
  var showsPublished = false
  /// The candidate under the cursor; nil for the network that is explored.
  var chosen: Candidate?

  /// Its actions.
  enum Action: Equatable, Sendable {
    /// Another tab was asked for.
    case tabMoved(by: Int)
    /// A tab was pointed at.
    case tabSelected(Tab)
    /// The cursor was moved: in the table by lines, in the plot by points.
    case moved(x: Int, y: Int)
    /// A candidate was pointed at; pointing at the one under the cursor opens it.
    case pointed(Int)
    /// Another cost was asked for.
    case costCycled
    /// The other accuracies were asked for.
    case accuracySwitched
    /// The candidate under the cursor was to be the network that is explored.
    case chosen
    /// The candidate under the cursor was to be set beside the network that is explored.
    case besideAsked
    /// Another photo was to be set beside this one.
    case photoAsked
  }

  /// Begins at the network that is explored.
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
  /// Something happened on the compare screen.
  static func compare(_ action: CompareScreen.Action) -> Intent {
    .screen(ScreenAction(CompareScreen.self, action))
  }
}

// MARK: What is known

extension CompareScreen {
  /// What the tab that is shown wants to have measured, in the order of its lines.
  func measurements(_ core: Core) -> [AnyQuestion] {
    switch tab {
    case .table, .plot: candidates(core).map { AnyQuestion(question($0, core)) }
    case .networks: Self.measurable.map { AnyQuestion(NetworkTimeQuestion($0)) }
    }
  }

  /// Whether something of it could not be measured.
  func hasFailures(_ core: Core) -> Bool {
    measurements(core).contains { core.answers.hasFailed($0) }
  }

  /// The networks of other kinds that can be run.
  private static let measurable = ComparedNetwork.all.filter { $0.body != .nothing }

  private func question(_ candidate: Candidate, _ core: Core) -> MeasurementQuestion {
    MeasurementQuestion(candidate, photo: core.photo, path: core.album.path)
  }

  /// The networks at their resolutions; nothing until the list is made.
  func candidates(_ core: Core) -> [Candidate] {
    core.answers[CandidatesQuestion(besides: core.model.value)] ?? []
  }

  /// The index of the candidate under the cursor.
  func cursor(_ core: Core) -> Int {
    let explored = Candidate(
      core.model.source, said: core.model.said, resolution: core.model.resolution)
    return candidates(core).firstIndex(of: chosen ?? explored) ?? 0
  }

  /// The candidate under the cursor.
  func selected(_ core: Core) -> Candidate? {
    let candidates = candidates(core)
    return candidates.isEmpty ? nil : candidates[cursor(core)]
  }

  /// How long the candidates take in turns, to be asked once each was measured by itself; nil until
  /// then.
  func turns(_ core: Core) -> TurnsQuestion? {
    guard tab != .networks, !candidates(core).isEmpty else { return nil }
    let questions = candidates(core).map { question($0, core) }
    let waits = questions.contains {
      core.answers.latest($0) == nil && !core.answers.hasFailed(AnyQuestion($0))
    }
    return waits
      ? nil : TurnsQuestion(questions.filter { core.answers.latest($0) != nil }.map(\.candidate))
  }

  /// What is known of the costs of a candidate, on whatever photo they were measured.
  func costs(of candidate: Candidate, _ core: Core) -> Measurement? {
    core.answers.latest(question(candidate, core))?.inTurns(shortest(candidate, core))
  }

  private func shortest(_ candidate: Candidate, _ core: Core) -> Double? {
    turns(core).flatMap { core.answers.soFar($0)?[candidate] }
  }

  /// What is known of the candidates, with the answers that are about this photo.
  func known(_ core: Core) -> [Measurement] {
    candidates(core).compactMap { candidate in
      (core.answers[question(candidate, core)] ?? costs(of: candidate, core)?.withoutAnswer)?
        .inTurns(shortest(candidate, core))
    }
  }

  /// The time that other networks take here, in milliseconds.
  func times(_ core: Core) -> [ComparedNetwork: Double] {
    Self.measurable.reduce(into: [:]) { times, network in
      times[network] = core.answers[NetworkTimeQuestion(network)]
    }
  }
}
