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
    // Lessons are read first, so that a mistake in one is reported at once.
    let (lessons, playlist) = try readLessons(opening, language: settings.view.language)
    let truth = try truth.map { try opening.truth($0) } ?? opening.savedTruth()
    let atlases = OpenedAtlases(
      own: atlas, other: otherAtlas, saved: opening.session?.files ?? SavedFiles())
    if atlases.lacksOwn(hasOtherWeights: options.chosenWeights != nil) {
      throw Failure(
        .usage, "--other-atlas: expected this network's atlas as well, with --atlas")
    }
    var options = options
    if let session = opening.session { try options.take(session) }
    let checkpoint = try opening.reading {
      try options.checkpoint(or: settings, from: screen.file)
    }
    try check(atlases, of: checkpoint)
    let resolution = options.resolution(for: checkpoint)
    let model = Model(
      checkpoint: checkpoint, source: options.weights, said: options.said, resolution: resolution)
    let (photo, album) = try opening.reading {
      try opening.firstPhoto(for: checkpoint, resolution: resolution)
    }
    var state = ExplorerState(
      size: Size(width: 80, height: 24), model: Numbered(model, number: 0),
      photo: Numbered(photo, number: 0), album: album)
    state.atlasPath = atlases.own?.path
    state.otherAtlasPath = atlases.other?.path
    state.truth = truth
    state.view = settings.view
    state.hearsMouse = settings.mouse
    state.keys = settings.keys
    state.lessons = lessons?.words ?? []
    state.playlist = playlist.map { Numbered($0, number: 0) }
    opening.session?.restore(&state)
    if let note = opening.session?.noteOnPatches(in: state) { Console.note(note) }
    if isatty(STDOUT_FILENO) == 1 {
      try OnScreen.show(state, settings, threads: options.threads)
    } else {
      if let message = state.message { Console.note(message.text) }
      try report(
        Numbered(model, number: 0), Numbered(photo, number: 0), settings, options,
        patches: state.patches)
    }
  }

  /// Reads the lessons that are named, or else the session's.
  private func readLessons(
    _ opening: Opening, language: String
  ) throws -> (LessonChoice?, Playlist?) {
    if let given = LessonChoice(lessons) { return (given, try given.playlist(language: language)) }
    let saved = try opening.savedLessons()
    return (saved, try opening.reading { try saved?.playlist(language: language) })
  }

  /// Fails for an atlas that was named and cannot be shown; of one of the session it is said.
  private func check(_ atlases: OpenedAtlases, of checkpoint: Checkpoint) throws {
    do throws(OpenedAtlases.Problem) {
      let problems = try atlases.problems {
        try AtlasCatalogue.require($0, of: checkpoint)
      } hasMeans: {
        try AtlasCatalogue.requireMeans($0)
      }
      for problem in problems {
        var reason = Failure(problem.reason).reason
        if case AtlasError.another = problem.reason {
          reason = "\(problem.atlas.path): was made with other options or weights"
        }
        Console.note("\(reason); not shown, and kept in the session")
      }
    } catch {
      try Failure.naming(error.isOther ? "--other-atlas" : "--atlas") { throw error.reason }
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
