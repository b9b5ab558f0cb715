import MobileNet
import Reports
import Research

/// Applies news to the state; returns the effects to perform.
public func reduce(_ state: inout ExplorerState, _ news: News) -> [Effect] {
  let status = state.core.live?.status
  let intents = state.take(news)
  defer { state.speak(isFrame: news.isFrame && state.core.live?.status == status) }
  return state.obey(intents) + state.settle()
}

/// Applies an intent to the state; returns the effects to perform.
public func reduce(_ state: inout ExplorerState, _ intent: Intent) -> [Effect] {
  defer { state.speak() }
  return state.obey([intent]) + state.settle()
}

extension News {
  /// Whether it says no more than that a stream goes on.
  fileprivate var isFrame: Bool {
    switch self {
    case .live(.came), .live(.measured): true
    // Frames of a patched network come with the answer.
    case .answered(let question, _): question.base is RerunQuestion
    default: false
    }
  }
}

extension ExplorerState {
  fileprivate mutating func take(_ news: News) -> [Intent] {
    switch news {
    case .started:
      return [
        .perform(
          core.live == nil ? .remember(path: core.album.path) : .live(.use(core.model)))
      ]
    case .resized(let size): core.size = size
    case .terminalChanged(let capabilities): core.view.capabilities = capabilities
    case .keyPressed: core.message = nil
    case .answered(let question, let reply): return take(reply, to: question)
    case .live(let news): core.take(news)
    // A screen that is no longer on top waits for nothing.
    case .timePassed(let action): return screen == action.screen ? [.screen(action)] : []
    case .screen(let action): return [.screen(action)]
    case .saved(let text): core.message = Message(text)
    case .failed(let reason): core.message = Message(reason, isError: true)
    }
    return []
  }

  private mutating func take(_ reply: Answers.Reply, to question: AnyQuestion) -> [Intent] {
    guard core.answers.take(reply, to: question) else { return [] }
    switch reply {
    case .partial: return []
    case .failed(let reason): core.message = Message(reason, isError: true)
    case .whole: break
    }
    let (model, photo, losses) = (core.model, core.photo, losses)
    let intents = core.heard(question)
    if core.model != model {
      for id in ScreenID.allCases { update(id) { $0.networkChanged($1) } }
      if !losses.isEmpty {
        let lost = losses.joined(separator: ", ")
        core.message = Message("\(lost): that was in \(model.checkpoint.name), and is gone.")
      }
    }
    if core.model != model || core.photo != photo {
      for id in ScreenID.allCases { update(id) { $0.subjectChanged($1) } }
    }
    let open = screens
    return open.reduce(intents) { intents, id in
      intents + update(id) { $0.heard(question, $1) }
    }
  }

  /// Applies intents and those that follow from them; returns the effects to perform.
  fileprivate mutating func obey(_ intents: [Intent]) -> [Effect] {
    var effects: [Effect] = []
    for intent in intents {
      switch intent {
      case .opened(let id): effects += obey(open(id))
      case .closed(let id): screens.removeAll { $0 == id && id != .home }
      case .layerShown: if !screen.type.showsLayer { effects += obey(open(.home)) }
      case .wentBack: if screens.count > 1 { screens.removeLast() }
      case .screen(let action):
        effects += obey(update(action.screen) { $0.perform(action.action, $1) })
      case .copied:
        let numbers = numbersUnderCursor
        // The clipboard gets all digits, the person as many as can be read.
        core.message = Message("copied \(numbers.withShortNumbers)")
        effects.append(.copy(numbers))
      case .mouseSwitched:
        hearsMouse.toggle()
        core.message = Message(hearsMouse ? "The mouse selects." : "The mouse is off.")
        effects.append(.listenToMouse(hearsMouse))
      case .perform(let effect): effects.append(effect)
      default: effects += obey(core.obey(intent))
      }
    }
    return effects
  }

  /// Puts a screen on top.
  ///
  /// The home screen has none below.
  private mutating func open(_ id: ScreenID) -> [Intent] {
    screens.removeAll { $0 == id || id == .home || $0.type.isAboutBelow }
    let below = screen
    screens.append(id)
    return update(id) { $0.opened($1, over: below) }
  }

  /// Asks for what is wanted and missing, and drops what nobody wants any more.
  ///
  /// Visible screens ask; covered ones keep their answers.
  fileprivate mutating func settle() -> [Effect] {
    var asked: [AnyQuestion] = []
    // An answer that is there already may lead to another question.
    while true {
      let found = core.answers.want(wants)
      if found.new.isEmpty { break }
      asked += found.asked
    }
    let covered = screens.filter { !seen.contains($0) }
    let cancelled = core.answers.keep(
      only: wants + covered.flatMap { self[$0].wants(core) }, model: core.model.number)
    return cancelled.map { .cancel($0) } + asked.map { .ask($0) }
  }

  /// The questions of the core and of the visible screens.
  private var wants: [AnyQuestion] { core.wants + seen.flatMap { self[$0].wants(core) } }

  /// Whether an answer that the visible screens need for a complete frame is still missing.
  public var isWaiting: Bool {
    wants.contains { $0.holdsFrame && core.answers.isAwaited($0) }
  }

  private var numbersUnderCursor: String {
    let numbers = self[screen].numbers(core) ?? core.channelNumbers
    return "\(core.model.checkpoint.name) \(core.model.resolution) \(core.photo.name) \(numbers)"
  }
}

extension String {
  /// The text with its long decimal numbers rounded.
  var withShortNumbers: String {
    replacing(/-?\d+\.\d{4,}(?:e[+-]?\d+)?/) {
      Float($0.output).map { NumberText.value($0) } ?? String($0.output)
    }
  }
}
