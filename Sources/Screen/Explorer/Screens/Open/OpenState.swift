import Cells
import Images

/// The file picker: a folder's files and folders, a filter, a preview.
public struct OpenState: Equatable, Sendable {
  /// What a file is looked for.
  public enum Purpose: Equatable, Sendable {
    /// An image to look at.
    case image
    /// An image to set beside the one that is looked at.
    case otherImage
    /// Weights to look through.
    case weights
  }

  /// A folder or a file.
  public struct Entry: Equatable, Sendable {
    /// The name without folders.
    public let name: String
    /// Where it is.
    public let path: String
    /// Whether it is a folder.
    public let isFolder: Bool

    /// Names a file or a folder.
    public init(name: String, path: String, isFolder: Bool) {
      self.name = name
      self.path = path
      self.isFolder = isFolder
    }
  }

  /// What a file has, or why it cannot be shown.
  public enum Preview: Equatable, Sendable {
    /// The picture made small, and the size of the file's.
    case picture(Pixels, Size)
    /// What a checkpoint is.
    case weights([WeightsState.Fact])
    /// A line on what is wrong with the file.
    case problem(String)
  }

  /// What lies at a path.
  public enum Kind: Equatable, Sendable {
    /// A folder to look into.
    case folder
    /// A checkpoint, which may be a folder as well.
    case weights
    /// Any other file.
    case file
  }

  /// What is looked for.
  public var purpose = Purpose.image
  /// The folder that is listed.
  public var folder = ""
  /// The folder that was listed before a path was typed.
  var start = ""
  /// What is in it: the folder above, folders, files.
  public var entries: [Entry] = []
  /// The images that were opened last, the latest first.
  public var recent: [Entry] = []
  /// Whether those are shown instead of the folder.
  public var showsRecent = false
  /// What was typed: a part of a name, or a path.
  public var typed = ""
  /// The entry under the cursor, among those shown.
  public var cursor = 0
  /// Whether the cursor was moved since something was typed.
  var isPointing = false
  /// Whether what was chosen is being read; the picker stays until that has worked.
  var isReading = false
  /// Whether it is being looked what lies at the path that was typed here.
  var isResolving = false
  /// Previews by path; files whose preview was asked for have one coming.
  public var previews: [String: Preview] = [:]

  /// Nothing listed yet.
  public init() {}

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

  /// The entries that the filter lets through; somebody who types a path means none above.
  var shown: [Entry] {
    (showsRecent ? recent : entries).filter {
      filter.isEmpty
        ? typedFolder == nil || $0.name != ".." : $0.name.lowercased().contains(filter.lowercased())
    }
  }

  /// Where the cursor belongs after something was typed or read: on the name that was typed, or on
  /// the first.
  func startingCursor(preferring path: String = "") -> Int {
    let shown = shown
    return shown.firstIndex { $0.name == filter } ?? shown.firstIndex { $0.path == path } ?? 0
  }

  /// The entries whose names what was typed begins; if none, the only one that it occurs in.
  var completions: [Entry] {
    let shown = shown
    let found = shown.filter { $0.name.lowercased().hasPrefix(filter.lowercased()) }
    return found.isEmpty && shown.count == 1 ? shown : found
  }

  /// The entry under the cursor; none while a folder as a whole is meant.
  var selected: Entry? {
    let shown = shown
    return !meansFolder && shown.indices.contains(cursor) ? shown[cursor] : nil
  }
}

/// What can happen in the file picker.
public enum OpenAction: Equatable, Sendable {
  /// The picker was asked for.
  case begun
  /// The picker was asked for, to set another photo beside this one.
  case begunBeside
  /// A folder was read.
  case listed(folder: String, [OpenState.Entry])
  /// It was remembered which images were opened last.
  case recalled([OpenState.Entry])
  /// The images opened last were asked for, or the folder again.
  case sourceSwitched
  /// A preview was made.
  case previewed(path: String, OpenState.Preview)
  /// The cursor was moved by entries.
  case moved(by: Int)
  /// An entry was pointed at.
  case pointed(Int)
  /// A letter was typed.
  case typed(Character)
  /// A path was pasted, into the picker or onto any other screen.
  case pasted(path: String)
  /// What was typed was to be completed.
  case completed
  /// The last letter was taken away, or the folder above was asked for.
  case erased
  /// The entry under the cursor, or the path that was typed, was chosen.
  case chosen
  /// It was looked what lies at a path that was typed or pasted.
  case resolved(path: String, OpenState.Kind)
}

/// Applies what happened in the file picker.
func reduce(_ state: inout ExplorerState, _ action: OpenAction) -> [Effect] {
  switch action {
  case .begun:
    return browse(&state, for: .image)
  case .begunBeside:
    return browse(&state, for: .otherImage)
  case .listed(let folder, let entries):
    // What was typed meanwhile is somewhere else.
    guard state.open.mayMean(folder) else { return [] }
    state.open.folder = folder
    state.open.entries = entries
    if state.open.typedFolder == nil { state.open.start = folder }
    // What was typed while the folder was read filters it.
    state.open.cursor = state.open.startingCursor(preferring: state.album.path)
  case .recalled(let entries):
    state.open.recent = entries
    return []
  case .sourceSwitched:
    state.open.showsRecent.toggle()
    let effects = state.type("")
    state.open.cursor = 0
    if !effects.isEmpty { return effects }
  case .previewed(let path, let preview):
    // Enough to walk back and forth; not a whole disk's pictures.
    if state.open.previews.count >= 64 { state.open.previews = [:] }
    state.open.previews[path] = preview
    return []
  case .moved(let steps):
    let steps = state.open.meansFolder && steps > 0 ? steps - 1 : steps
    state.open.isPointing = true
    state.open.cursor = min(max(state.open.cursor + steps, 0), max(0, state.open.shown.count - 1))
  case .pointed(let index):
    let isSelected = state.open.selected != nil && state.open.cursor == index
    if isSelected { return reduce(&state, OpenAction.chosen) }
    state.open.isPointing = true
    state.open.cursor = min(max(index, 0), max(0, state.open.shown.count - 1))
  case .typed(let character):
    let effects = state.type(state.open.typed + String(character))
    if !effects.isEmpty { return effects }
  case .completed:
    let effects = state.complete()
    if !effects.isEmpty { return effects }
  case .pasted(let path):
    state.open.isResolving = false
    guard state.screen == .open else { return [.resolve(path: path)] }
    let effects = state.type(PastedPath.escaped(path))
    if !effects.isEmpty { return effects }
  case .erased:
    guard !state.open.typed.isEmpty else {
      if state.open.showsRecent { return reduce(&state, OpenAction.sourceSwitched) }
      return [.list(folder: state.open.folder + "/..", for: state.open.purpose)]
    }
    let effects = state.type(String(state.open.typed.dropLast()))
    if !effects.isEmpty { return effects }
  case .chosen:
    guard let entry = state.open.selected else {
      let meant = state.open.meant
      state.open.isResolving = !meant.isEmpty
      return meant.isEmpty ? [] : [.resolve(path: state.open.path(of: meant))]
    }
    if entry.isFolder {
      state.open.typed = ""
      return [.list(folder: entry.path, for: state.open.purpose)]
    }
    return state.take(entry.path, for: state.open.purpose)
  case .resolved(let path, let kind):
    let isPicking = state.screen == .open
    defer { state.open.isResolving = false }
    // Whoever has left the picker since wants nothing of it any more.
    guard isPicking || !state.open.isResolving else { return [] }
    switch kind {
    case .folder:
      if !isPicking { _ = browse(&state, for: .image) }
      state.open.typed = ""
      return [.list(folder: path, for: state.open.purpose)]
    case .weights: return state.take(path, for: .weights)
    case .file: return state.take(path, for: isPicking ? state.open.purpose : .image)
    }
  }
  guard let entry = state.open.selected, !entry.isFolder, state.open.previews[entry.path] == nil
  else { return [] }
  return [.preview(path: entry.path, for: state.open.purpose)]
}

extension OpenState {
  /// Whether `folder` may be the one that was typed.
  ///
  /// A home folder and the folder above are found where the disk is.
  fileprivate func mayMean(_ folder: String) -> Bool {
    guard let typed = typedFolder.map(path(of:)), typed.hasPrefix("/") else { return true }
    let names = typed.split(separator: "/").filter { $0 != "." }
    return names.contains("..") || "/" + names.joined(separator: "/") == folder
  }

  /// What somebody means who typed `path`, seen from where the typing began.
  fileprivate func path(of path: String) -> String {
    path.hasPrefix("/") || path.hasPrefix("~") ? path : start + "/" + path
  }
}

extension [OpenState.Entry] {
  /// What all names begin with, in the first one's spelling.
  fileprivate var commonBeginning: String {
    dropFirst().reduce(first?.name ?? "") { common, entry in
      String(zip(common, entry.name).prefix { $0.lowercased() == $1.lowercased() }.map(\.0))
    }
  }
}

extension ExplorerState {
  /// Takes `text` for what was typed; answers with the effect that reads its folder if that is
  /// another one.
  fileprivate mutating func type(_ text: String) -> [Effect] {
    let before = open.typedFolder
    open.typed = text
    open.isPointing = false
    defer { open.cursor = open.startingCursor() }
    guard open.typedFolder != before else { return [] }
    open.showsRecent = false
    open.entries = []
    return [
      .list(folder: open.typedFolder.map(open.path(of:)) ?? open.start, for: open.purpose)
    ]
  }

  /// Completes what was typed as far as the names in question agree; where it can't be longer, the
  /// cursor goes on among them.
  fileprivate mutating func complete() -> [Effect] {
    let folder = open.typedFolder ?? ""
    if folder == "~" { return type("~/") }
    let completions = open.completions
    guard let first = completions.first else { return [] }
    let isOnly = completions.count == 1
    let name = isOnly ? first.name + (first.isFolder ? "/" : "") : completions.commonBeginning
    if name.count > open.filter.count { return type(PastedPath.escaped(folder + name)) }
    let places = open.shown.indices.filter { completions.contains(open.shown[$0]) }
    let isThere = open.selected.map(completions.contains) ?? false
    let next = isThere ? places.first { $0 > open.cursor } : nil
    return reduce(&self, OpenAction.moved(by: (next ?? places[0]) - open.cursor))
  }

  /// Asks for the file at `path`; the picker, if it is shown, stays until that is read.
  fileprivate mutating func take(_ path: String, for purpose: OpenState.Purpose) -> [Effect] {
    open.isReading = screen == .open && purpose != .otherImage
    switch purpose {
    case .image: return openPhoto(&self, path)
    case .otherImage:
      screens.removeAll { $0 == .open }
      return reduce(&self, .beside(.begun(.photo(path: path))))
    case .weights: return openWeights(&self, path, resolution: weights.resolution)
    }
  }

  /// Leaves the picker whose file was read.
  mutating func leavePicker() {
    guard open.isReading else { return }
    open.isReading = false
    screens.removeAll { $0 == .open || $0 == .weights }
  }
}

/// Opens the file picker where it was left, or near what is shown.
func browse(_ state: inout ExplorerState, for purpose: OpenState.Purpose) -> [Effect] {
  state.open(Screen.ID.open)
  state.open.typed = ""
  state.open.isPointing = false
  state.open.isReading = false
  if state.open.purpose != purpose { state.open = OpenState() }
  state.open.purpose = purpose
  state.open.showsRecent = false
  let start = purpose == .weights ? "." : state.album.folder
  let folder = state.open.folder.isEmpty ? start : state.open.folder
  return [.list(folder: folder, for: purpose)] + (purpose == .weights ? [] : [.recall])
}

/// Asks for the photo at `path`.
func openPhoto(_ state: inout ExplorerState, _ path: String) -> [Effect] {
  state.message = Message("opening \(path) …")
  return [.openPhoto(path: path, state.model)]
}

extension Album {
  /// The folder of the file that is shown.
  var folder: String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
