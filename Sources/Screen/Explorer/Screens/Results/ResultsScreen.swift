import Evaluation
import Folders
import MobileNet
import Research

extension ScreenID { static let results = ScreenID("results") }

/// The network's mistakes on the folder of the photo that is shown.
struct ResultsScreen: Screen {
  static let id = ScreenID.results
  static let title = "Results"

  /// The lists of results.
  enum List: String, CaseIterable, Codable, Sendable {
    /// The classes that were taken for another, the most frequent mistake first.
    case confusions = "taken for another"
    /// The classes, the worst first.
    case classes
    /// The wrongly answered images, the most confident answer first.
    case wrong = "wrong images"
    /// The images that could not be read, with the reasons.
    case unreadable
  }

  /// A group of images.
  enum Group: Hashable, Codable, Sendable {
    /// The images of one class that were taken for another.
    case confusion(truth: Int, answer: Int)
    /// All images of a class.
    case classIndex(Int)
  }

  /// The folder with a folder for each class; nil if the photo is in none.
  var folder: String?
  /// The list that is shown.
  var list = List.confusions
  /// The index of the line under the cursor, by list.
  var cursors: [List: Int] = [:]
  /// The group whose images are listed; nil to show the list.
  var group: Group?
  /// The index of the group's image under the cursor.
  var image = 0

  /// The screen's actions.
  enum Action: Equatable, Sendable {
    /// The cursor was moved by lines.
    case moved(by: Int)
    /// The cursor was moved by pages.
    case paged(Int)
    /// A line was pointed at; pointing at the one under the cursor chooses it.
    case pointed(Int)
    /// The line under the cursor was chosen: its images are listed, or its image is opened.
    case chosen
    /// A line of the list below was pointed at: that list is taken.
    case linePointed(Int, of: List)
    /// The list before or after was taken.
    case listMoved(by: Int)
    /// A list was pointed at.
    case listSelected(List)
    /// The group was left for the list that it came from.
    case groupLeft
  }

  /// Begins with the list of confusions.
  init() {}

  mutating func opened(_ core: Core, over below: ScreenID) -> [Intent] {
    look(for: core)
    return []
  }

  mutating func networkChanged(_ core: Core) {
    let old = folder
    self = ResultsScreen()
    folder = old
    look(for: core)
  }

  /// Takes the folder that the photo is in, and begins anew if that is another one.
  private mutating func look(for core: Core) {
    let found =
      core.truth?.folder
      ?? ClassNames(core.model.checkpoint).folder(ofImage: core.album.path)
      ?? ClassNames(core.model.checkpoint).folder(ofImage: core.album.wholePath)
    guard let found, found != folder else { return }
    self = ResultsScreen()
    folder = found
  }

  mutating func reduce(_ action: Action, _ core: Core) -> [Intent] {
    switch action {
    case .listMoved(let steps): show(List.allCases.element(steps, after: list))
    case .listSelected(let list): show(list)
    case .linePointed(let index, let list):
      show(list)
      cursors[list] = index
    case .groupLeft: group = nil
    case .moved, .paged, .pointed, .chosen: return reduceCursor(action, core)
    }
    return []
  }

  private mutating func reduceCursor(_ action: Action, _ core: Core) -> [Intent] {
    guard let results = results(core) else { return [] }
    let rows = rows(results)
    switch action {
    case .moved(let steps): move(to: cursor + steps, of: rows.count)
    case .paged(let pages):
      move(to: cursor + pages * layout(core, results).page / lineHeight, of: rows.count)
    case .pointed(let index):
      if index == cursor { return reduce(.chosen, core) }
      move(to: index, of: rows.count)
    case .chosen:
      guard rows.indices.contains(cursor) else { return [] }
      return choose(rows[cursor], in: results)
    default: break
    }
    return []
  }

  private mutating func show(_ list: List) {
    self.list = list
    group = nil
  }

  private mutating func move(to index: Int, of count: Int) {
    let index = min(max(index, 0), max(0, count - 1))
    if group != nil { image = index } else { cursors[list] = index }
  }

  private mutating func choose(_ row: Row, in results: FolderResults) -> [Intent] {
    switch row {
    case .confusion(let found):
      group = .confusion(truth: found.truth, answer: found.answer)
      image = 0
    case .classResult(let found):
      group = .classIndex(found.classIndex)
      image = 0
    case .image(let answer):
      // Evidence for the answer, with the truth as rival.
      return [
        .photoAsked(path: ImageFolder.path(of: answer.image, in: results.folder)),
        .evidence(.asked(classIndex: answer.answer)),
        .rivalChosen(answer.isRight ? nil : answer.truth),
      ]
    case .unreadable: break
    }
    return []
  }

  func wants(_ core: Core) -> [AnyQuestion] {
    guard let question = question(core) else { return [] }
    return [AnyQuestion(question)]
      + (shownImages(core).map(\.path) + groupImages(core).map(\.path)).map {
        AnyQuestion(PreviewQuestion($0, .images))
      }
  }

  func numbers(_ core: Core) -> String? {
    guard let results = results(core) else { return nil }
    let rows = rows(results)
    return rows.indices.contains(cursor) ? sentence(of: rows[cursor], core) : nil
  }
}

extension Intent {
  /// Makes an intent of an action of this screen.
  static func results(_ action: ResultsScreen.Action) -> Intent {
    .screen(ScreenAction(ResultsScreen.self, action))
  }
}

// MARK: Results so far

extension ResultsScreen {
  /// A line of a list.
  enum Row: Equatable {
    case confusion(Evaluation.Confusion)
    case classResult(Evaluation.ClassResult)
    case image(ImageResult)
    case unreadable(Evaluation.Unreadable)
  }

  /// Returns the question; nil on a stream, without a folder, and for a network without classes.
  func question(_ core: Core) -> FolderResultsQuestion? {
    guard core.live == nil, let folder, core.model.checkpoint.architecture.classes != nil else {
      return nil
    }
    return FolderResultsQuestion(core.model, folder: folder, list: core.truth?.path)
  }

  /// Returns the results so far.
  func results(_ core: Core) -> FolderResults? {
    guard let question = question(core), case .results(let found) = core.answers.soFar(question)
    else { return nil }
    return found
  }

  /// Returns the lines of the list, or of the group's images.
  func rows(_ results: FolderResults) -> [Row] {
    switch group {
    case .confusion(let truth, let answer):
      return results.evaluation.answers(to: truth, called: answer).map(Row.image)
    case .classIndex(let index): return results.evaluation.answers(to: index).map(Row.image)
    case nil: return Self.rows(of: list, results)
    }
  }

  /// Returns the lines of a list.
  static func rows(of list: List, _ results: FolderResults) -> [Row] {
    switch list {
    case .confusions: results.confusions.map(Row.confusion)
    case .classes: results.classes.map(Row.classResult)
    case .wrong: results.wrong.map(Row.image)
    case .unreadable: results.evaluation.unreadable.map(Row.unreadable)
    }
  }

  /// Where everything stands.
  func layout(_ core: Core, _ results: FolderResults) -> ResultsLayout {
    let lines = rows(results).count
    return ResultsLayout(
      core, lines: lines * lineHeight,
      hasImages: lines > 0 && (list != .unreadable || group != nil), hasOthers: hasOthers(results))
  }

  /// Returns whether a group of several images is listed: the one under the cursor stands large beside
  /// the list, the others below.
  func hasOthers(_ results: FolderResults) -> Bool { group != nil && rows(results).count > 1 }

  /// The rows of a line: the reason why an image could not be read stands below its name.
  var lineHeight: Int { list == .unreadable && group == nil ? 2 : 1 }

  /// The index of the line under the cursor.
  var cursor: Int { group != nil ? image : cursors[list] ?? 0 }

  /// Where the other images of the group stand; nil without any, and where there is no room.
  func tiles(_ core: Core, _ results: FolderResults) -> PhotoTiles? {
    guard hasOthers(results), let place = layout(core, results).below else { return nil }
    return PhotoTiles(Layout.inside(place, core.size), of: rows(results).count - 1)
  }

  /// Returns the page of the group's other images around the one under the cursor, with their lines and
  /// paths.
  func groupImages(_ core: Core) -> [(line: Int, answer: ImageResult, path: String)] {
    guard let results = results(core), let tiles = tiles(core, results) else { return [] }
    let rows = rows(results)
    let others = rows.indices.filter { $0 != cursor }
    let page = tiles.page(showing: min(cursor, others.count - 1), of: others.count)
    return others[page].compactMap { line in
      guard case .image(let answer) = rows[line] else { return nil }
      return (line, answer, ImageFolder.path(of: answer.image, in: results.folder))
    }
  }

  /// Returns the images of the line under the cursor, as many as fit, with their paths; beside those that
  /// were taken for another class, right ones of both classes.
  func shownImages(_ core: Core) -> [(answer: ImageResult, path: String)] {
    guard let results = results(core) else { return [] }
    let rows = rows(results)
    guard rows.indices.contains(cursor) else { return [] }
    let layout = layout(core, results)
    var (answers, compared): ([ImageResult], [ImageResult]) = ([], [])
    switch rows[cursor] {
    case .confusion(let found):
      answers = results.evaluation.answers(to: found.truth, called: found.answer)
      compared = Array(
        rightImages(of: found, results).prefix(layout.mostCompared(with: answers.count)))
    case .classResult(let found): answers = results.evaluation.answers(to: found.classIndex)
    case .image(let answer): answers = [answer]
    case .unreadable: break
    }
    let isSingle = answers.count + compared.count == 1
    return (answers.prefix(layout.mostImages(isSingle: isSingle)) + compared).map {
      ($0, ImageFolder.path(of: $0.image, in: results.folder))
    }
  }

  /// Returns the images of both classes of a confusion that were answered right, one of each in turn, the
  /// surest first.
  private func rightImages(
    of confusion: Evaluation.Confusion, _ results: FolderResults
  ) -> [ImageResult] {
    let classes = [confusion.answer, confusion.truth].map {
      results.evaluation.answers(to: $0, called: $0)
    }
    return (0..<(classes.map(\.count).max() ?? 0)).flatMap { place in
      classes.compactMap { $0.indices.contains(place) ? $0[place] : nil }
    }
  }
}

// MARK: Sessions

extension ResultsScreen {
  /// The part of a session for this screen.
  struct Saved: SavedScreen {
    let list: List
    let group: Group?
    let line: Int
  }

  func saved(_ core: Core) -> Saved? { Saved(list: list, group: group, line: cursor) }

  mutating func restore(_ saved: Saved, _ core: Core) -> [String] {
    look(for: core)
    (list, group) = (saved.list, saved.group)
    if group == nil { cursors[list] = max(0, saved.line) } else { image = max(0, saved.line) }
    return []
  }
}
