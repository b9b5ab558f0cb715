import Comparison

/// What is compared with what, and where the person is in it.
public struct CompareState: Equatable, Sendable {
  /// How networks are shown.
  public enum Tab: String, CaseIterable, Sendable {
    /// Widths and resolutions, a line each.
    case table
    /// The same as points: accuracy against cost.
    case plot
    /// MobileNet beside networks of other kinds.
    case networks = "other networks"
  }

  /// What the plot's points are spread by from left to right.
  public enum Cost: String, CaseIterable, Sendable {
    case multiplyAdds = "multiply-adds"
    case milliseconds
    case parameters
  }

  /// What is shown.
  public var tab = Tab.table
  /// The networks at their resolutions; nothing until the list was made.
  public var candidates: [Candidate] = []
  /// The one under the cursor.
  public var cursor = 0
  /// What is known of them, with the number of the photo that it was measured on.
  var results: [Candidate: Result] = [:]
  /// What could not be measured, which is tried again only when somebody asks for it.
  var failures: Set<Subject> = []
  /// What the plot's points are spread by from left to right.
  public var cost = Cost.multiplyAdds
  /// Whether the plot shows published accuracies, and not those that checkpoints state.
  public var showsPublished = false
  /// How long other networks take here, in milliseconds.
  public var times: [ComparedNetwork: Double] = [:]

  /// What is being measured, or waits for it.
  var asked: Set<Question> = []

  /// What is measured.
  public enum Subject: Hashable, Sendable {
    /// A network that is explored or could be, on a photo.
    case candidate(Candidate)
    /// A network of another kind.
    case network(ComparedNetwork)
  }

  /// What somebody looks at: candidates on the photo of that number, or networks of other kinds.
  enum Wanted: Equatable {
    case candidates(photo: Int)
    case networks
  }

  /// What is measured, and on the photo of which number where that matters.
  struct Question: Hashable, Sendable {
    let subject: Subject
    let photo: Int?
  }

  /// A measurement, and the photo that it was measured on.
  struct Result: Equatable, Sendable {
    let photo: Int
    let measurement: Measurement
  }

  /// Nothing listed yet.
  public init() {}
}

/// What can happen on the compare screen.
public enum CompareAction: Equatable, Sendable {
  /// The screen was asked for.
  case begun
  /// What can be compared is known.
  case listed([Candidate])
  /// A candidate was measured on a photo.
  case measured(photo: Int, Measurement)
  /// Something can't be measured, for a reason.
  case failed(CompareState.Subject, String)
  /// What could not be measured was to be tried again.
  case retried
  /// Another network was measured, in milliseconds.
  case networkMeasured(ComparedNetwork, Double)
  /// Another tab was asked for.
  case tabMoved(by: Int)
  /// A tab was pointed at.
  case tabSelected(CompareState.Tab)
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

/// Applies what happened on the compare screen.
func reduce(_ state: inout ExplorerState, _ action: CompareAction) -> [Effect] {
  switch action {
  case .begun:
    state.open(Screen.ID.compare)
    return [.listCandidates(state.model)]
  case .listed(let candidates):
    let selected = state.compare.selected
    state.compare.candidates = candidates
    state.compare.failures = []
    state.compare.cursor =
      candidates.firstIndex { candidate in
        selected.map { $0 == candidate } ?? state.isExplored(candidate)
      } ?? 0
    return state.askForComparison()
  case .measured(let photo, let measurement):
    state.compare.asked.remove(.init(subject: .candidate(measurement.candidate), photo: photo))
    let known = state.compare.results[measurement.candidate]
    // What was asked for twice is answered twice, and goes on once.
    guard known?.photo != photo else { return [] }
    state.compare.results[measurement.candidate] = CompareState.Result(
      photo: photo, measurement: measurement)
    return state.askForComparison()
  case .failed(let subject, let reason):
    state.message = Message(reason, isError: true)
    state.compare.asked = state.compare.asked.filter { $0.subject != subject }
    guard state.compare.failures.insert(subject).inserted else { return [] }
    return state.askForComparison()
  case .retried:
    state.compare.failures = []
    return state.askForComparison()
  case .networkMeasured(let network, let milliseconds):
    state.compare.asked.remove(.init(subject: .network(network), photo: nil))
    guard state.compare.times[network] == nil else { return [] }
    state.compare.times[network] = milliseconds
    return state.askForComparison()
  case .tabMoved(let steps):
    state.compare.tab = CompareState.Tab.allCases.element(steps, after: state.compare.tab)
  case .tabSelected(let tab):
    state.compare.tab = tab
  case .moved(let x, let y):
    state.moveComparison(x: x, y: y)
  case .pointed(let index):
    guard state.compare.candidates.indices.contains(index) else { return [] }
    if state.compare.cursor == index { return reduce(&state, CompareAction.chosen) }
    state.compare.cursor = index
  case .costCycled:
    state.compare.cost = state.compare.cost.next
  case .accuracySwitched:
    state.compare.showsPublished.toggle()
  case .chosen:
    guard let candidate = state.compare.selected else { return [] }
    guard case .checkpoint(let name) = candidate.weights else {
      state.message = Message("No trained weights of the shallow network are here.", isError: true)
      return []
    }
    state.open(Screen.ID.home)
    return openWeights(&state, name, resolution: candidate.resolution)
  case .besideAsked:
    guard let candidate = state.compare.selected else { return [] }
    guard candidate.weights != .untrainedShallow else {
      state.message = Message("No trained weights of the shallow network are here.", isError: true)
      return []
    }
    return reduce(&state, .beside(.begun(.network(candidate))))
  case .photoAsked:
    guard let path = state.album.path(1) ?? state.album.path(-1) else {
      return reduce(&state, .open(.begunBeside))
    }
    return reduce(&state, .beside(.begun(.photo(path: path))))
  }
  return []
}

extension CompareState {
  /// The candidate under the cursor.
  var selected: Candidate? { candidates.indices.contains(cursor) ? candidates[cursor] : nil }

  /// What is known of a candidate; its answer only if it is about the photo numbered `photo`.
  func measurement(of candidate: Candidate, photo: Int) -> Measurement? {
    guard let result = results[candidate] else { return nil }
    return result.photo == photo ? result.measurement : result.measurement.withoutAnswer
  }
}

extension ExplorerState {
  /// Whether `candidate` is the network that is explored.
  fileprivate func isExplored(_ candidate: Candidate) -> Bool {
    candidate == Candidate(.checkpoint(model.source), resolution: model.resolution)
  }

  /// What is known of the candidates now.
  var measurements: [Measurement] {
    compare.candidates.compactMap { compare.measurement(of: $0, photo: photo.number) }
  }

  /// What is to be measured now; nil while nobody looks.
  var compared: CompareState.Wanted? {
    guard screen == .compare else { return nil }
    return compare.tab == .networks ? .networks : .candidates(photo: photo.number)
  }

  /// Measures what the tab misses next, unless that was asked for.
  ///
  /// What has waited longest comes first, so that on a stream of photos every candidate has its
  /// turn.
  mutating func askForComparison() -> [Effect] {
    guard screen == .compare else { return [] }
    if compare.tab == .networks {
      let next = ComparedNetwork.all.first {
        $0.body != .nothing && compare.times[$0] == nil && !compare.failures.contains(.network($0))
      }
      guard let next,
        compare.asked.insert(.init(subject: .network(next), photo: nil)).inserted
      else { return [] }
      return [.measureNetwork(next)]
    }
    let waiting = compare.candidates.filter {
      compare.results[$0]?.photo != photo.number && !compare.failures.contains(.candidate($0))
    }
    let next = waiting.min {
      (compare.results[$0]?.photo ?? -1) < (compare.results[$1]?.photo ?? -1)
    }
    guard let next,
      compare.asked.insert(.init(subject: .candidate(next), photo: photo.number)).inserted
    else { return [] }
    return [.measure(next, photo: photo, path: album.path)]
  }

  /// Moves the cursor by lines of the table, or to the next point of the plot.
  fileprivate mutating func moveComparison(x: Int, y: Int) {
    switch compare.tab {
    case .table:
      let last = max(0, compare.candidates.count - 1)
      compare.cursor = min(max(compare.cursor + y, 0), last)
    case .plot:
      let plot = ComparisonPlot(self)
      let next =
        x != 0
        ? plot.step(from: compare.cursor, across: x)
        : plot.step(
          from: compare.cursor, up: -y)
      compare.cursor = next ?? compare.cursor
    case .networks:
      break
    }
  }
}
