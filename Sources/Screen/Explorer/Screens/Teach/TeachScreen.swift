import Foundation
import Learning
import MobileNet
import Research

extension ScreenID { static let teach = ScreenID("teach") }

/// A person's own classes side by side: digit keys add photos or frames of a stream to them, and a
/// new last layer is learned meanwhile.
struct TeachScreen: Screen {
  static let id = ScreenID.teach
  static let title = "Teach"

  /// The folder of the collection; nil until it is read.
  var folder: CollectionFolder?
  /// The classes and their pictures.
  var collection = PictureCollection()
  /// The collection before each change, the latest last.
  var earlier: [PictureCollection] = []
  /// The recorded pictures whose files are not written yet.
  var unwritten: Set<String> = []
  /// The index of the class under the cursor.
  var classIndex = 0
  /// The index of the picture under the cursor in its class, from the latest.
  var pictureIndex = 0
  /// The name being typed for the class under the cursor; nil while none is.
  var naming: String?
  /// The recording in progress; nil if there is none.
  var recording: Recording?
  /// The class that a photo was to be put into before the collection was read.
  private var early: Int?
  /// The networks' features of the pictures.
  private let memory = FeatureMemory(mirrored: true)

  /// A recording of frames into a class.
  struct Recording: Equatable, Sendable {
    /// The class's index.
    let classIndex: Int
    /// The number that tells the recording's ticks from those of earlier ones.
    let number: Int
    /// The number of ticks that the recording still lasts.
    var ticks: Int
    /// Whether the recording goes on until the person ends it.
    var isKept = false
    /// The frame that was taken last.
    var frame: Int?
  }

  /// The milliseconds from one recorded frame to the next.
  private static let interval = 150
  /// The ticks that a key press lasts: longer than the delay before a held key repeats.
  private static let ticks = 5

  /// The screen's actions.
  enum Action: Equatable, Sendable {
    /// The shown photo was to be put into the class at an index; behind the last class a new one
    /// begins.
    case put(into: Int)
    /// The recording of this number is due for its next frame.
    case ticked(Int)
    /// The recording was to go on without a key, or to end.
    case recordingSwitched
    /// The cursor was moved by classes and by pictures.
    case moved(classes: Int, pictures: Int)
    /// A picture was pointed at.
    case pointed(classIndex: Int, pictureIndex: Int)
    /// The picture under the cursor was to be removed from its class.
    case pictureRemoved
    /// The class under the cursor was to be removed.
    case classRemoved
    /// Typing a new name was begun.
    case namingBegan
    case typed(Character)
    case erased
    case named
    case namingEnded
    /// The last change was to be undone.
    case undone
    /// The learned network was to be explored.
    case used
    /// The learned network was to be saved.
    case saved
    /// The pictures were to be copied into a folder.
    case exported
    /// The file of a recorded picture was written, or could not be because of a problem.
    case wrote(String, problem: String?)
    /// The learned network was written to a file, to be explored.
    case learned(path: String)
  }

  /// Begins before the collection is read.
  init() {}

  mutating func reduce(_ action: Action, _ core: Core) -> [Intent] {
    guard let folder else {
      if case .put(let index) = action { early = index }
      return []
    }
    switch action {
    case .put(let index): return put(into: min(index, collection.classes.count), folder, core)
    case .ticked(let number): return tick(number, folder, core)
    case .recordingSwitched: return switchRecording(folder, core)
    case .moved(let classes, let pictures):
      if classes != 0 { (classIndex, pictureIndex) = (classIndex + classes, 0) }
      pictureIndex += pictures
      keepCursor()
    case .pointed(let classIndex, let pictureIndex):
      (self.classIndex, self.pictureIndex) = (classIndex, pictureIndex)
      keepCursor()
    case .pictureRemoved:
      guard let picture = selectedPicture else { return [] }
      return change(folder) { $0.remove(picture) }
    case .classRemoved:
      guard collection.classes.indices.contains(classIndex) else { return [] }
      recording = nil
      return change(folder) { [classIndex] in $0.removeClass(at: classIndex) }
    case .namingBegan:
      naming = collection.classes.indices.contains(classIndex) ? "" : nil
    case .typed(let character): naming?.append(character)
    case .erased: naming = naming.map { String($0.dropLast()) }
    case .named: return name(folder)
    case .namingEnded: naming = nil
    case .undone:
      guard let last = earlier.popLast() else {
        return [.said(Message("Nothing was changed since the start."))]
      }
      recording = nil
      collection.goBack(to: last)
      keepCursor()
      return [keep(in: folder)]
    case .used: return withLearned(core) { .use($0, in: folder) }
    case .saved: return withLearned(core) { .save($0) }
    case .exported:
      guard collection.count > 0 else { return [.said(Message("There is no picture yet."))] }
      return [.perform(.teaching(.export(collection, from: folder)))]
    case .wrote(let picture, let problem): return wrote(picture, problem)
    case .learned(let path):
      return [.closed(.teach), .weightsAsked(path, resolution: core.model.resolution)]
    }
    return []
  }

  mutating func opened(_ core: Core, over below: ScreenID) -> [Intent] {
    recording = nil
    naming = nil
    return []
  }

  func typed(_ character: Character, _ core: Core) -> Intent? {
    naming == nil ? nil : .teach(.typed(character))
  }

  func wants(_ core: Core) -> [AnyQuestion] {
    guard folder != nil else { return [AnyQuestion(CollectionQuestion())] }
    let layout = TeachLayout(self, core)
    let previews =
      layout.pictures.compactMap { preview(of: $0.picture) }
      + (layout.next?.paths ?? []).map { PreviewQuestion($0, .images) }
    return [question(core)].compactMap { $0.map { AnyQuestion($0) } }
      + previews.map { AnyQuestion($0) }
  }

  mutating func heard(_ question: AnyQuestion, _ core: Core) -> [Intent] {
    guard let asked = question.base as? CollectionQuestion, let found = core.answers[asked] else {
      return []
    }
    (folder, collection) = (found.folder, found.collection)
    defer { early = nil }
    return early.map { reduce(.put(into: $0), core) } ?? []
  }
}

extension Intent {
  /// Makes an intent of an action of this screen.
  static func teach(_ action: TeachScreen.Action) -> Intent {
    .screen(ScreenAction(TeachScreen.self, action))
  }
}

extension News {
  /// The news that the file of a recorded picture was written, or could not be because of a
  /// problem.
  public static func recorded(_ picture: String, problem: String?) -> News {
    .screen(ScreenAction(TeachScreen.self, .wrote(picture, problem: problem)))
  }

  /// The news that the learned network was written to a file, to be explored.
  public static func learned(path: String) -> News {
    .screen(ScreenAction(TeachScreen.self, .learned(path: path)))
  }
}

// MARK: Answers so far

extension TeachScreen {
  /// The picture under the cursor; nil if there is none.
  var selectedPicture: String? {
    guard collection.classes.indices.contains(classIndex) else { return nil }
    let pictures = collection.classes[classIndex].pictures
    return pictures.indices.contains(pictures.count - 1 - pictureIndex)
      ? pictures[pictures.count - 1 - pictureIndex] : nil
  }

  /// Returns the question for a preview of `picture`; nil until its file is written.
  func preview(of picture: String) -> PreviewQuestion? {
    guard let folder, !unwritten.contains(picture) else { return nil }
    return PreviewQuestion(folder.path(of: picture), .images)
  }

  /// Returns the question of what is learned from the written pictures; nil if there are none.
  func question(_ core: Core) -> TeachingQuestion? {
    guard let folder else { return nil }
    var written = collection
    for picture in unwritten { written.remove(picture) }
    return written.count == 0
      ? nil : TeachingQuestion(core.model, written, in: folder, memory: memory)
  }

  /// Returns the latest learned network; nil if none is known any more.
  func learned(_ core: Core) -> Numbered<Learned>? {
    guard let question = question(core) else { return nil }
    return core.answers.soFar(question)?.learned ?? core.answers.latest(question)?.learned
  }

  /// Returns the probabilities of the learned classes for the shown photo, by name.
  func answers(_ core: Core) -> [String: Double] {
    guard let learned = learned(core), let run = core.run,
      let position = core.layers.lastIndex(where: { $0.kind == .averagePooling })
    else { return [:] }
    let probabilities = learned.value.probabilities(of: run.trace.output(at: position).values)
    return Dictionary(
      zip(learned.result.labels, probabilities), uniquingKeysWith: { first, _ in first })
  }

  /// Returns the path of the shown photo; nil for frames, and for a photo from a pipe.
  func shownPicture(_ core: Core) -> String? {
    guard core.live == nil, core.album.path != "-" else { return nil }
    return URL(fileURLWithPath: core.album.path).standardizedFileURL.path
  }
}

// MARK: Changes of state

extension TeachScreen {
  private mutating func put(
    into index: Int, _ folder: CollectionFolder, _ core: Core
  ) -> [Intent] {
    guard core.coming == nil else { return [] }
    (classIndex, pictureIndex) = (index, 0)
    if let live = core.live {
      guard let frame = live.frame else { return [.said(Message("No frame has come yet."))] }
      return record(into: index, frame, folder, core)
    }
    guard let picture = shownPicture(core) else {
      return change(folder) { _ in } + take(into: index, folder, core)
    }
    if collection.classIndex(of: picture) == index {
      let name = collection.classes[index].name
      return change(folder) { $0.remove(picture) }
        + [.said(Message("\(core.photo.name) is in \(name) no more."))]
    }
    let next: [Intent] = core.album.path(1) == nil ? [] : [.albumMoved(by: 1)]
    return change(folder) { $0.put(picture, into: index) } + next
  }

  /// Begins to record frames, or prolongs the recording while the key is held.
  private mutating func record(
    into index: Int, _ frame: Int, _ folder: CollectionFolder, _ core: Core
  ) -> [Intent] {
    if let current = recording, current.classIndex == index {
      recording?.ticks = Self.ticks
      // The same key ends a recording that goes on without a key.
      if current.isKept { recording = nil }
      return []
    }
    earlier.append(collection)
    let number = (recording?.number ?? 0) + 1 + earlier.count
    recording = Recording(classIndex: index, number: number, ticks: Self.ticks)
    return takeFrame(folder, core) + [later(number)]
  }

  private mutating func tick(
    _ number: Int, _ folder: CollectionFolder, _ core: Core
  ) -> [Intent] {
    guard var current = recording, current.number == number else { return [] }
    if !current.isKept { current.ticks -= 1 }
    recording = current
    guard current.ticks > 0 else {
      recording = nil
      return []
    }
    return takeFrame(folder, core) + [later(number)]
  }

  private func later(_ number: Int) -> Intent {
    .perform(
      .later(milliseconds: Self.interval, ScreenAction(TeachScreen.self, .ticked(number))))
  }

  private mutating func switchRecording(_ folder: CollectionFolder, _ core: Core) -> [Intent] {
    guard let frame = core.live?.frame else { return [] }
    if recording?.isKept == true {
      recording = nil
      return []
    }
    let begun = recording == nil ? record(into: classIndex, frame, folder, core) : []
    recording?.isKept = true
    return begun
  }

  /// Adds the shown frame to the recorded class, unless it was added already.
  private mutating func takeFrame(_ folder: CollectionFolder, _ core: Core) -> [Intent] {
    guard let current = recording, let frame = core.live?.frame, frame != current.frame else {
      return []
    }
    recording?.frame = frame
    return take(into: current.classIndex, folder, core)
  }

  /// Adds the shown photo or frame to a class, in a file of the collection's own.
  private mutating func take(
    into index: Int, _ folder: CollectionFolder, _ core: Core
  ) -> [Intent] {
    let picture = collection.nextRecording()
    collection.put(picture, into: index)
    unwritten.insert(picture)
    return [.perform(.teaching(.record(core.photo, as: picture, in: folder))), keep(in: folder)]
  }

  /// Changes the collection, and keeps the one before for undoing.
  private mutating func change(
    _ folder: CollectionFolder, _ change: (inout PictureCollection) -> Void
  ) -> [Intent] {
    earlier.append(collection)
    change(&collection)
    keepCursor()
    return [keep(in: folder)]
  }

  private func keep(in folder: CollectionFolder) -> Intent {
    .perform(.teaching(.keep(collection, in: folder)))
  }

  private mutating func keepCursor() {
    classIndex = min(max(classIndex, 0), max(0, collection.classes.count - 1))
    let count =
      collection.classes.indices.contains(classIndex)
      ? collection.classes[classIndex].pictures.count : 0
    pictureIndex = min(max(pictureIndex, 0), max(0, count - 1))
  }

  private mutating func name(_ folder: CollectionFolder) -> [Intent] {
    guard let typed = naming else { return [] }
    var renamed = collection
    if let problem = renamed.rename(classIndex, typed) {
      return [.said(Message(problem, isError: true))]
    }
    naming = nil
    return change(folder) { $0 = renamed }
  }

  private func withLearned(
    _ core: Core, _ request: (Numbered<Learned>) -> TeachingRequest
  ) -> [Intent] {
    guard let learned = learned(core) else {
      return [.said(Message("That takes two classes with pictures.", isError: true))]
    }
    return [.perform(.teaching(request(learned)))]
  }

  private mutating func wrote(_ picture: String, _ problem: String?) -> [Intent] {
    unwritten.remove(picture)
    if problem != nil { collection.remove(picture) }
    keepCursor()
    return problem.map { [.said(Message($0, isError: true))] } ?? []
  }
}
