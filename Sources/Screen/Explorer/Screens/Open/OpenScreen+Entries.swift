import Research

/// What the picker shows, and what the words in its line mean.
extension OpenScreen {
  /// The files that count.
  var kind: FileKind {
    if case .weights = purpose { .checkpoints } else { .images }
  }

  /// What was typed, without the backslashes of a path that a terminal typed in escaped.
  var meant: String { PastedPath.unescaped(typed) }

  /// What was typed up to its last slash; nil if it is no path.
  var typedFolder: String? {
    let meant = meant
    if let slash = meant.lastIndex(of: "/") { return String(meant[...slash]) }
    return meant == "~" ? meant : nil
  }

  /// Only names that contain this are shown: what was typed, without its folders.
  var filter: String { String(meant.dropFirst(typedFolder?.count ?? 0)) }

  /// Whether a folder was typed, and nothing in it is pointed at.
  var meansFolder: Bool { !typed.isEmpty && filter.isEmpty && !isPointing }

  func question(_ folder: String) -> FolderQuestion { FolderQuestion(folder, for: kind) }

  /// Where what is typed begins: the folder that was listed before.
  func start(_ core: Core) -> String { core.answers[question(folder)]?.folder ?? folder }

  /// The folder that is shown: the one that was typed, or the one that was gone to.
  func shownQuestion(_ core: Core) -> FolderQuestion {
    question(typedFolder.map { path(of: $0, core) } ?? folder)
  }

  /// What somebody means who typed `path`, seen from where the typing began.
  func path(of path: String, _ core: Core) -> String {
    path.hasPrefix("/") || path.hasPrefix("~") ? path : start(core) + "/" + path
  }

  /// The name of the folder that is shown.
  func shownFolder(_ core: Core) -> String {
    let question = shownQuestion(core)
    return core.answers[question]?.folder ?? question.path
  }

  /// The entries that the filter lets through; somebody who types a path means none above.
  func shown(_ core: Core) -> [FolderEntry] {
    let entries =
      showsRecent
      ? core.answers[RecentQuestion()] : core.answers[shownQuestion(core)]?.entries
    return (entries ?? []).filter {
      filter.isEmpty
        ? typedFolder == nil || $0.name != ".." : $0.name.lowercased().contains(filter.lowercased())
    }
  }

  /// Where the cursor belongs after something was typed or read: on the name that was typed, on the
  /// image that is shown, or on the first.
  func startingCursor(_ core: Core) -> Int {
    let shown = shown(core)
    let isTyped = shown.firstIndex { $0.name == filter }
    return isTyped ?? shown.firstIndex { typed.isEmpty && $0.path == core.album.path } ?? 0
  }

  /// The entries whose names what was typed begins; if none, the only one that it occurs in.
  func completions(_ core: Core) -> [FolderEntry] {
    let shown = shown(core)
    let found = shown.filter { $0.name.lowercased().hasPrefix(filter.lowercased()) }
    return found.isEmpty && shown.count == 1 ? shown : found
  }

  /// The entry under the cursor; none while a folder as a whole is meant.
  func selected(_ core: Core) -> FolderEntry? {
    let shown = shown(core)
    return !meansFolder && shown.indices.contains(cursor) ? shown[cursor] : nil
  }
}

extension [FolderEntry] {
  /// What all names begin with, in the first one's spelling.
  var commonBeginning: String {
    dropFirst().reduce(first?.name ?? "") { common, entry in
      String(zip(common, entry.name).prefix { $0.lowercased() == $1.lowercased() }.map(\.0))
    }
  }
}
