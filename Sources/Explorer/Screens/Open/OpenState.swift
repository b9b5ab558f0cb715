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

  /// What is looked for.
  public var purpose = Purpose.image
  /// The folder that is listed.
  public var folder = ""
  /// What is in it: the folder above, folders, files.
  public var entries: [Entry] = []
  /// The images that were opened last, the latest first.
  public var recent: [Entry] = []
  /// Whether those are shown instead of the folder.
  public var showsRecent = false
  /// Only names that contain this are shown.
  public var filter = ""
  /// The entry under the cursor, among those shown.
  public var cursor = 0
  /// Previews by path; files whose preview was asked for have one coming.
  public var previews: [String: Preview] = [:]

  /// Nothing listed yet.
  public init() {}

  /// The entries that the filter lets through.
  var shown: [Entry] {
    (showsRecent ? recent : entries).filter {
      filter.isEmpty || $0.name.lowercased().contains(filter.lowercased())
    }
  }

  /// The entry under the cursor.
  var selected: Entry? {
    let shown = shown
    return shown.indices.contains(cursor) ? shown[cursor] : nil
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
  /// A letter was added to the filter.
  case typed(Character)
  /// The last letter of the filter was taken away, or the folder above was asked for.
  case erased
  /// The entry under the cursor was chosen.
  case chosen
}

/// Applies what happened in the file picker.
func reduce(_ state: inout ExplorerState, _ action: OpenAction) -> [Effect] {
  switch action {
  case .begun:
    return browse(&state, for: .image)
  case .begunBeside:
    return browse(&state, for: .otherImage)
  case .listed(let folder, let entries):
    state.open.folder = folder
    state.open.entries = entries
    // What was typed while the folder was read filters it.
    state.open.cursor = state.open.shown.firstIndex { $0.path == state.album.path } ?? 0
  case .recalled(let entries):
    state.open.recent = entries
    return []
  case .sourceSwitched:
    state.open.showsRecent.toggle()
    state.open.filter = ""
    state.open.cursor = 0
  case .previewed(let path, let preview):
    // Enough to walk back and forth; not a whole disk's pictures.
    if state.open.previews.count >= 64 { state.open.previews = [:] }
    state.open.previews[path] = preview
    return []
  case .moved(let steps):
    state.open.cursor = min(max(state.open.cursor + steps, 0), max(0, state.open.shown.count - 1))
  case .pointed(let index):
    if state.open.cursor == index { return reduce(&state, OpenAction.chosen) }
    state.open.cursor = min(max(index, 0), max(0, state.open.shown.count - 1))
  case .typed(let character):
    state.open.filter.append(character)
    state.open.cursor = 0
  case .erased:
    if state.open.filter.popLast() == nil {
      if state.open.showsRecent { return reduce(&state, OpenAction.sourceSwitched) }
      return [.list(folder: state.open.folder + "/..", for: state.open.purpose)]
    }
    state.open.cursor = 0
  case .chosen:
    guard let entry = state.open.selected else { return [] }
    if entry.isFolder {
      state.open.filter = ""
      return [.list(folder: entry.path, for: state.open.purpose)]
    }
    if state.screens.count > 1 { state.screens.removeLast() }
    switch state.open.purpose {
    case .image: return openPhoto(&state, entry.path)
    case .otherImage: return reduce(&state, .beside(.begun(.photo(path: entry.path))))
    case .weights:
      state.screens.removeAll { $0 == .weights }
      return openWeights(&state, entry.path, resolution: state.weights.resolution)
    }
  }
  guard let entry = state.open.selected, !entry.isFolder, state.open.previews[entry.path] == nil
  else { return [] }
  return [.preview(path: entry.path, for: state.open.purpose)]
}

/// Opens the file picker where it was left, or near what is shown.
func browse(_ state: inout ExplorerState, for purpose: OpenState.Purpose) -> [Effect] {
  state.open(Screen.ID.open)
  state.open.filter = ""
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
