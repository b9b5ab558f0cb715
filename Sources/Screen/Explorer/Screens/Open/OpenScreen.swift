import MobileNet
import Research

extension ScreenID { static let open = ScreenID("open") }

/// The file picker: a folder's images or checkpoints, a filter, a preview.
struct OpenScreen: Screen {
  static let id = ScreenID.open
  static let title = "Open"
  static let isMenu = true

  /// The purposes that a file is opened for.
  enum Purpose: Equatable, Sendable {
    /// An image to explore.
    case image
    /// An image to set beside the explored one.
    case otherImage
    /// Weights to explore, at `resolution` or at their own.
    case weights(resolution: Resolution?)
  }

  /// The purpose of the file.
  var purpose = Purpose.image
  /// The folder that is listed.
  var folder = ""
  /// The folder to list next, once it is read.
  var next: String?
  /// Whether the recently opened images are listed in place of the folder.
  var showsRecent = false
  /// The typed text: part of a name, or a path.
  var typed = ""
  /// The index of the entry under the cursor.
  var cursor = 0
  /// Whether the cursor was moved since the last typing.
  var isPointing = false
  /// A chosen path, until its kind is known.
  var chosenPath: String?
  /// The chosen file, until it is shown and the picker closes.
  var chosenFile: String?

  /// The screen's actions.
  enum Action: Equatable, Sendable {
    /// The picker was opened: where it was left, near the shown image, or in a folder.
    case began(Purpose, folder: String? = nil)
    /// Recently opened images were asked for, or the folder again.
    case sourceSwitched
    /// The cursor was moved by entries.
    case moved(by: Int)
    /// An entry was pointed at.
    case pointed(Int)
    /// A letter was typed.
    case typed(Character)
    /// A path was pasted.
    case pasted(path: String)
    /// The typed text was to be completed.
    case completed
    /// The last letter was deleted; without one, the folder above was asked for.
    case erased
    /// The entry under the cursor, or the typed path, was chosen.
    case chosen
  }

  /// Begins with nothing listed.
  init() {}

  mutating func reduce(_ action: Action, _ core: Core) -> [Intent] {
    switch action {
    case .began(let purpose, let folder):
      begin(purpose, in: folder, core)
      return [.opened(.open)]
    case .sourceSwitched:
      showsRecent.toggle()
      type("", core)
      cursor = 0
    case .moved(let steps):
      point(at: cursor + (meansFolder && steps > 0 ? steps - 1 : steps), core)
    case .pointed(let index):
      if selected(core) != nil, cursor == index { return choose(core) }
      point(at: index, core)
    case .typed(let character): type(typed + String(character), core)
    case .pasted(let path): type(PastedPath.escaped(path), core)
    case .completed: complete(core)
    case .erased:
      if !typed.isEmpty {
        type(String(typed.dropLast()), core)
      } else if showsRecent {
        return reduce(.sourceSwitched, core)
      } else {
        next = start(core) + "/.."
      }
    case .chosen: return choose(core)
    }
    return []
  }

  func pasted(path: String) -> Intent? { .open(.pasted(path: path)) }

  func typed(_ character: Character, _ core: Core) -> Intent? { .open(.typed(character)) }

  func wants(_ core: Core) -> [AnyQuestion] {
    var wants = [AnyQuestion(question(folder))]
    if typedFolder != nil { wants.append(AnyQuestion(shownQuestion(core))) }
    if let next { wants.append(AnyQuestion(question(next))) }
    if let chosenPath { wants.append(AnyQuestion(PathQuestion(chosenPath))) }
    if kind == .images { wants.append(AnyQuestion(RecentQuestion())) }
    if let inside = insideQuestion(core) { wants.append(AnyQuestion(inside)) }
    if let entry = selected(core), !entry.isFolder {
      wants.append(AnyQuestion(PreviewQuestion(entry.path, kind)))
      if kind == .checkpoints, Layout.isRoomy(core.size) {
        wants.append(AnyQuestion(ContentsQuestion(entry.path)))
      }
    }
    if kind == .checkpoints, Layout.isRoomy(core.size) {
      wants.append(AnyQuestion(usedFacts(core)))
    }
    if let tried = tried(core) { wants.append(AnyQuestion(tried)) }
    return wants + sheet(core).map { AnyQuestion(PreviewQuestion($0.path, .images)) }
  }

  mutating func heard(_ question: AnyQuestion, _ core: Core) -> [Intent] {
    switch question.base {
    case let asked as FolderQuestion:
      if asked.path == next {
        next = nil
        if core.answers[asked] != nil { folder = asked.path }
      }
      // What was typed while the folder was read filters its entries.
      if asked == shownQuestion(core) { cursor = startingCursor(core) }
    case let asked as PathQuestion where asked.path == chosenPath:
      chosenPath = nil
      switch core.answers[asked] {
      case .folder(let path): return enter(path, core)
      case .checkpoint(let path): return take(path, for: .weights(resolution: nil), core)
      case .file(let path): return take(path, for: purpose, core)
      case nil: break
      }
    case is PhotoQuestion, is ModelQuestion:
      let isShown = chosenFile == core.album.path || chosenFile == core.model.source
      guard chosenFile != nil, isShown else { return [] }
      chosenFile = nil
      return [.closed(.open), .closed(.weights)]
    default: break
    }
    return []
  }
}

extension Intent {
  /// Makes an intent of an action of this screen.
  static func open(_ action: OpenScreen.Action) -> Intent {
    .screen(ScreenAction(OpenScreen.self, action))
  }
}

// MARK: Changes of state

extension OpenScreen {
  private mutating func begin(_ purpose: Purpose, in folder: String?, _ core: Core) {
    if self.purpose != purpose { self = OpenScreen() }
    self.purpose = purpose
    typed = ""
    (isPointing, showsRecent) = (false, false)
    (chosenPath, chosenFile) = (nil, nil)
    if self.folder.isEmpty { self.folder = used(core).folder }
    next = folder
  }

  /// Lists the folder at `path`, once it is read: it may have been when the cursor was on it, or have
  /// failed.
  private mutating func enter(_ path: String, _ core: Core) -> [Intent] {
    typed = ""
    guard core.answers[question(path)] == nil else {
      folder = path
      cursor = startingCursor(core)
      return []
    }
    next = path
    return core.answers.hasFailed(AnyQuestion(question(path))) ? [.retried] : []
  }

  private mutating func point(at index: Int, _ core: Core) {
    isPointing = true
    cursor = min(max(index, 0), max(0, shown(core).count - 1))
  }

  private mutating func type(_ text: String, _ core: Core) {
    let before = typedFolder
    typed = text
    isPointing = false
    if typedFolder != before { showsRecent = false }
    cursor = startingCursor(core)
  }

  /// Completes the typed text as far as the matching names agree; if it cannot grow, moves the
  /// cursor to the next match.
  private mutating func complete(_ core: Core) {
    let folder = typedFolder ?? ""
    if folder == "~" { return type("~/", core) }
    let completions = completions(core)
    guard let first = completions.first else { return }
    let isOnly = completions.count == 1
    let name = isOnly ? first.name + (first.isFolder ? "/" : "") : completions.commonBeginning
    if name.count > filter.count { return type(PastedPath.escaped(folder + name), core) }
    let shown = shown(core)
    let indices = shown.indices.filter { completions.contains(shown[$0]) }
    let isThere = selected(core).map(completions.contains) ?? false
    let following = isThere ? indices.first { $0 > cursor } : nil
    point(at: following ?? indices[0], core)
  }

  private mutating func choose(_ core: Core) -> [Intent] {
    guard let entry = selected(core) else {
      chosenPath = meant.isEmpty ? nil : path(of: meant, core)
      return []
    }
    guard entry.isFolder else { return take(entry.path, for: purpose, core) }
    folder = shownQuestion(core).path
    return enter(entry.path, core)
  }

  /// Asks for the file at `path`.
  ///
  /// The picker closes once that is shown, and opens in this folder next time.
  private mutating func take(_ path: String, for purpose: Purpose, _ core: Core) -> [Intent] {
    if core.answers[shownQuestion(core)] != nil { folder = shownQuestion(core).path }
    switch purpose {
    case .image:
      chosenFile = path
      return [.photoAsked(path: path)]
    case .otherImage:
      return [.closed(.open), .beside(.began(.photo(path: path)))]
    case .weights(let resolution):
      chosenFile = path
      return [.weightsAsked(path, resolution: resolution)]
    }
  }
}
