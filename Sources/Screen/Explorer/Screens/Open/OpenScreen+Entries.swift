import Comparison
import MobileNet
import Research

/// The picker's entries, and the meaning of the typed text.
extension OpenScreen {
  /// The kind of files that the picker lists.
  var kind: FileKind {
    if case .weights = purpose { .checkpoints } else { .images }
  }

  /// The typed text, without the backslashes with which a terminal escapes a dropped path.
  var meant: String { PastedPath.unescaped(typed) }

  /// Returns whether there is something to open: an entry, or what was typed.
  func hasChoice(_ core: Core) -> Bool { selected(core) != nil || !meant.isEmpty }

  /// Whether a letter can be taken away, or the folder above read: it is not while a folder is.
  var canErase: Bool { !typed.isEmpty || showsRecent || next == nil }

  /// The typed text up to its last slash; nil if it is no path.
  var typedFolder: String? {
    let meant = meant
    if let slash = meant.lastIndex(of: "/") { return String(meant[...slash]) }
    return meant == "~" ? meant : nil
  }

  /// The typed text without its folders; only names that contain it are shown.
  var filter: String { String(meant.dropFirst(typedFolder?.count ?? 0)) }

  /// Whether a folder is typed and the cursor is on none of its entries.
  var meansFolder: Bool { !typed.isEmpty && filter.isEmpty && !isPointing }

  func question(_ folder: String) -> FolderQuestion { FolderQuestion(folder, for: kind) }

  /// Returns the folder that typed paths are relative to: the one listed before typing.
  func start(_ core: Core) -> String { core.answers[question(folder)]?.folder ?? folder }

  /// Returns the question for the shown folder: the typed one, or the one that was entered.
  func shownQuestion(_ core: Core) -> FolderQuestion {
    question(typedFolder.map { path(of: $0, core) } ?? folder)
  }

  /// Returns the path for a typed `path`, relative to the folder where typing began.
  func path(of path: String, _ core: Core) -> String {
    path.hasPrefix("/") || path.hasPrefix("~") ? path : start(core) + "/" + path
  }

  /// Returns the path of the shown folder.
  func shownFolder(_ core: Core) -> String {
    let question = shownQuestion(core)
    return core.answers[question]?.folder ?? question.path
  }

  /// Returns the entries that the filter admits; while a path is typed, without "..".
  func shown(_ core: Core) -> [FolderEntry] {
    let entries =
      showsRecent
      ? core.answers[RecentQuestion()] : core.answers[shownQuestion(core)]?.entries
    return (entries ?? []).filter {
      filter.isEmpty
        ? typedFolder == nil || $0.name != ".." : $0.name.lowercased().contains(filter.lowercased())
    }
  }

  /// Returns the cursor's index after typing or reading: the typed name, the shown image, or else
  /// the first entry.
  func startingCursor(_ core: Core) -> Int {
    let shown = shown(core)
    let isTyped = shown.firstIndex { $0.name == filter }
    let open = used(core).wholePath
    return isTyped ?? shown.firstIndex { typed.isEmpty && $0.path == open } ?? 0
  }

  /// Returns the entries whose names begin with the typed text; if none do, the only one that
  /// contains it.
  func completions(_ core: Core) -> [FolderEntry] {
    let shown = shown(core)
    let found = shown.filter { $0.name.lowercased().hasPrefix(filter.lowercased()) }
    return found.isEmpty && shown.count == 1 ? shown : found
  }

  /// Returns what lies in the folder under the cursor; nil on a file, and until it is read.
  func contents(_ core: Core) -> FolderQuestion.Answer? {
    insideQuestion(core).flatMap { core.answers[$0] }
  }

  /// Returns the question for the folder under the cursor, where there is room for what lies in it; nil on
  /// a file, and for images on the folder above, beside which those of this folder are shown.
  func insideQuestion(_ core: Core) -> FolderQuestion? {
    guard Layout.isRoomy(core.size), let entry = selected(core), entry.isFolder,
      entry.name != ".." || kind == .checkpoints
    else { return nil }
    return question(entry.path)
  }

  /// Returns the images to look at: those in the folder under the cursor, or else of the listed one.
  func images(_ core: Core) -> [FolderEntry] {
    guard kind == .images else { return [] }
    let inside = (contents(core)?.entries ?? []).filter { !$0.isFolder }
    return inside.isEmpty ? shown(core).filter { !$0.isFolder } : inside
  }

  /// The files of the listed kind that are in use.
  func used(_ core: Core) -> Album {
    kind == .checkpoints ? Album([core.model.source]) : core.album
  }

  /// The question for the facts of the weights in use.
  func usedFacts(_ core: Core) -> FactsQuestion {
    FactsQuestion(core.model.source, at: core.model.resolution)
  }

  /// Returns the question what the file under the cursor would show: the picture in the network in use, or
  /// the photo in the network of that file; nil where there is no room, and on a stream.
  func tried(_ core: Core) -> CounterpartQuestion? {
    guard Layout.isRoomy(core.size), core.live == nil, let run = core.run,
      let entry = selected(core), !entry.isFolder
    else { return nil }
    let other: CounterpartQuestion.Other
    switch purpose {
    case .image, .otherImage: other = .photo(path: entry.path)
    case .weights(let resolution):
      guard let found = core.answers[ContentsQuestion(entry.path)], let contents = found else {
        return nil
      }
      other = .network(Candidate(entry.path, resolution: resolution ?? contents.resolution))
    }
    return CounterpartQuestion(
      other, besides: core.model, core.photo, path: core.album.path, run: run)
  }

  /// Returns why the file under the cursor shows nothing; nil unless it failed.
  func trialFailure(_ core: Core) -> String? {
    tried(core).flatMap { core.answers.failure(of: AnyQuestion($0)) }
  }

  /// Returns what the file under the cursor would show, once it is known.
  func trial(_ core: Core) -> Counterpart? {
    tried(core).flatMap { core.answers[$0]?.value }
  }

  /// Returns the entry under the cursor; nil while a whole folder is meant.
  func selected(_ core: Core) -> FolderEntry? {
    let shown = shown(core)
    return !meansFolder && shown.indices.contains(cursor) ? shown[cursor] : nil
  }
}

extension [FolderEntry] {
  /// The longest common beginning of all names, as the first one spells it.
  var commonBeginning: String {
    dropFirst().reduce(first?.name ?? "") { common, entry in
      String(zip(common, entry.name).prefix { $0.lowercased() == $1.lowercased() }.map(\.0))
    }
  }
}
