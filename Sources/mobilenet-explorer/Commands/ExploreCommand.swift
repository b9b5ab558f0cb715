import ArgumentParser
import Atlas
import Catalogue
import Cells
import Explorer
import Foundation
import Lessons
import MobileNet
import Research
import Settings

struct ExploreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explore",
    abstract: "Open the explorer on a photo (the default).",
    discussion: """
      Without an image it opens a bundled sample. When standard output is not a terminal, a report \
      is printed instead: the layers, the predictions and one heatmap.

      EXAMPLES
        mobilenet-explorer photo.jpg
        mobilenet-explorer --sample zone-plate --weights mobilenet-0.25
        mobilenet-explorer photos/              # [ and ] step through the images
        mobilenet-explorer photos/ --atlas photos.atlas.safetensors
        mobilenet-explorer val/                 # a folder for each class
        mobilenet-explorer photo.jpg --resolution 128 --threads 1 | less
        mobilenet-explorer photo.jpg --plain    # sentences, for screen readers
        mobilenet-explorer photo.jpg --lessons monday.playlist
      """)

  @Argument(
    help: ArgumentHelp(
      "A PNG or JPEG file, a folder of them or of such folders, a saved session; - is standard input.",
      valueName: "IMAGE"))
  var image: String?

  @Option(help: ArgumentHelp("A bundled image; the samples command lists them.", valueName: "NAME"))
  var sample: String?

  @Option(
    help: ArgumentHelp(
      "What the channels did over many images (default: FILE.atlas.safetensors beside the weights).",
      valueName: "FILE"), completion: .file(extensions: ["safetensors"]), transform: NamedFile.path)
  var atlas: String?

  @Option(
    help: ArgumentHelp(
      "Another network's atlas, for what goes with a channel; both made with --image-means.",
      valueName: "FILE"), completion: .file(extensions: ["safetensors"]), transform: NamedFile.path)
  var otherAtlas: String?

  @Option(
    help: ArgumentHelp(
      "What the images show, lines of \"file class\", for the results (key `(`).",
      valueName: "FILE"), completion: .file(), transform: NamedFile.path)
  var truth: String?

  @Option(
    help: ArgumentHelp(
      "What the lesson screen (l) tells: topics, lessons and playlists of your own; can be given "
        + "several times.",
      valueName: "TOPIC"))
  var lessons: [LessonChoice] = []

  @OptionGroup var screen: ScreenOptions
  @OptionGroup var options: NetworkOptions

  func validate() throws {
    if image != nil, sample != nil {
      throw ValidationError("--sample: expected an image or the name of a sample, not both.")
    }
  }

  func run() throws {
    let settings = try screen.settings()
    let opening = try Opening(try image ?? SampleCatalogue.path(of: sample))
    let files = opening.session?.files ?? SavedFiles()
    // Lessons are read first, so that a mistake in one is reported at once.
    let given = LessonChoice(self.lessons)
    let lessons = try given ?? opening.savedLessons()
    func readPlaylist() throws -> Playlist? {
      try lessons?.playlist(language: settings.view.language)
    }
    let playlist = try given == nil ? opening.reading(readPlaylist) : readPlaylist()
    let truth = try truth.map { try opening.truth($0) } ?? opening.savedTruth()
    var options = options
    let atlas = atlas ?? files.atlas
    let otherAtlas = otherAtlas ?? files.otherAtlas
    // Another network has another atlas.
    let isOwn = options.chosenWeights == nil
    if self.otherAtlas != nil, self.atlas == nil, !isOwn || atlas == nil {
      throw Failure(
        .usage, "--other-atlas: expected this network's atlas as well, with --atlas")
    }
    if let session = opening.session {
      try options.take(session)
    }
    let checkpoint = try opening.reading {
      try options.checkpoint(or: settings, from: screen.file)
    }
    let isShown = try check("--atlas", self.atlas, or: files.atlas) {
      try AtlasCatalogue.require($0, of: checkpoint)
    }
    if isShown, let atlas, otherAtlas != nil {
      try opening.reading("--atlas", self.atlas) { try AtlasCatalogue.requireMeans(atlas) }
    }
    try check("--other-atlas", self.otherAtlas, or: files.otherAtlas) {
      try AtlasCatalogue.requireMeans($0)
    }
    let resolution = options.resolution(for: checkpoint)
    let model = Model(
      checkpoint: checkpoint, source: options.weights, said: options.said, resolution: resolution)
    let (photo, album) = try opening.reading {
      try opening.firstPhoto(for: checkpoint, resolution: resolution)
    }
    var state = ExplorerState(
      size: Size(width: 80, height: 24), model: Numbered(model, number: 0),
      photo: Numbered(photo, number: 0), album: album)
    state.atlasPath = atlas
    state.otherAtlasPath = otherAtlas
    state.truth = truth
    state.view = settings.view
    state.hearsMouse = settings.mouse
    state.keys = settings.keys
    state.lessons = lessons?.words ?? []
    state.playlist = playlist.map { Numbered($0, number: 0) }
    opening.session?.restore(&state)
    if let session = opening.session, session.weights != options.weights,
      let summary = state.patches.summary
    {
      Console.note("\(summary) in \(options.weights), as in the session with \(session.weights)")
    }
    if isatty(STDOUT_FILENO) == 1 {
      try OnScreen.show(state, settings, threads: options.threads)
    } else {
      if let message = state.message { Console.note(message.text) }
      try report(
        Numbered(model, number: 0), Numbered(photo, number: 0), settings, options,
        patches: state.patches)
    }
  }

  /// Checks the atlas that was `given` with `option`, or else the session's, `saved`; returns whether
  /// it can be shown.
  ///
  /// The session's photo and places can be shown without.
  @discardableResult
  private func check(
    _ option: String, _ given: String?, or saved: String?, _ body: (String) throws -> Void
  ) throws -> Bool {
    if let given {
      try Failure.naming(option) { try body(given) }
      return true
    }
    guard let saved else { return false }
    do {
      try body(saved)
      return true
    } catch {
      var reason = Failure(error).reason
      if case AtlasError.another = error {
        reason = "\(saved): was made with other options or weights"
      }
      Console.note("\(reason); not shown, and kept in the session")
      return false
    }
  }

  private func report(
    _ model: Numbered<Model>, _ photo: Numbered<Photo>, _ settings: Settings,
    _ options: NetworkOptions, patches: [Patch]
  ) throws {
    options.noteFloats(of: model.value.checkpoint)
    let researcher = options.researcher
    guard let whole = try researcher.answer(RunQuestion(model, photo)).run else { return }
    let run =
      patches.isEmpty
      ? whole : try researcher.answer(RerunQuestion(model, whole, patching: patches))
    let report = PlainReport(
      model: model.value, photo: photo.value, original: whole.trace, trace: run.trace,
      patches: patches)
    let texts = [report.title, report.layers, report.predictions]
    let text = texts.compactMap { $0.map { $0 + "\n" } }.joined(separator: "\n")
    try Output.print(settings.capabilities.unicode ? text : Ascii.text(text))
    guard !settings.view.isPlain else { return try Output.print(report.heatmapSentences) }
    try Output.write(settings.text(of: report.heatmap(settings.view)) + "\n")
  }
}
