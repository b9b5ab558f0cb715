import ArgumentParser
import Catalogue
import Files
import Folders
import Foundation
import Learning
import MobileNet
import Reports

struct LearnCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "learn",
    abstract: "Teach a network your own classes.",
    discussion: """
      FOLDER holds a folder per class, with images at any depth; the folders' names are the \
      classes', and WordNet ids become names where these are known. The network's last layer is fitted to them, the others stay as they are: \
      multinomial logistic regression on what pool6 makes of each image and of its mirror image, \
      with all classes counting alike. What is held back in turn says how good that is.

      The result is a checkpoint like any other: classify, explore, evaluate, live and convert it. \
      It keeps the features of its images, no pictures, so that --from can add images or classes \
      later.

      EXAMPLES
        mobilenet-explorer learn photos -o mine.safetensors
        mobilenet-explorer learn photos -o small.safetensors --weights mobilenet-0.25
        mobilenet-explorer learn more --from mine.safetensors -o more.safetensors
        mobilenet-explorer learn photos -o mine.safetensors --unknown
        mobilenet-explorer classify photo.jpg --weights mine.safetensors
      """)

  @OptionGroup var images: LabelledFolder

  @Option(
    name: [.short, .long], help: ArgumentHelp("The checkpoint to write.", valueName: "FILE"),
    completion: .file(extensions: ["safetensors"]))
  var output: String

  @Option(
    help: ArgumentHelp("A checkpoint made by learn, to add to.", valueName: "FILE"),
    completion: .file(extensions: ["safetensors"]), transform: NamedFile.path)
  var from: String?

  @Flag(help: "Add an answer \"none of these\" for what is not taught.")
  var unknown = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The penalty's C (default: what cross-validation finds).", valueName: "C"))
  var strength: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Decides which images are held back together.", valueName: "N"))
  var seed: UInt64 = 0

  @Flag(inversion: .prefixedNo, help: "Look at mirror images too.")
  var flips = true

  @Flag(inversion: .prefixedNo, help: "Correct how sure the answers are.")
  var calibration = true

  @Flag(inversion: .prefixedNo, help: "Keep the features, so that more can be added.")
  var features = true

  @Flag(help: "Replace the file even if learn did not make it.")
  var force = false

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var options: NetworkOptions

  mutating func validate() throws {
    (images.truth, options.input.labels) = images.told(labels: options.input.labels)
    if let strength, !(strength > 0 && strength.isFinite) {
      throw ValidationError("--strength \(strength): expected a number above 0.")
    }
    if from != nil, options.chosenWeights != nil || options.resolution != nil {
      throw ValidationError(
        "--from: goes on with its own network; leave out --weights and --resolution.")
    }
  }

  func run() throws {
    try OutputFile.check(output)
    if !force, FileName.kind(at: output) != nil, !TaughtFile.isTaught(path: output) {
      throw Failure(
        .cannotCreate, "\(output): exists and was not made by learn; --force replaces it")
    }
    let clock = ContinuousClock()
    let start = clock.now
    let network = try backbone()
    let earlier = try from.map { path in
      do throws(LearningError) {
        return try TaughtFile.read(network, path: path)
      } catch {
        throw Failure(.data, "\(error)")
      }
    }
    let resolution = options.resolution(for: network)
    let (new, ids) = try newImages(
      besides: earlier?.images.classes ?? [], network,
      FeatureExtraction(
        network, resolution: resolution,
        mirrored: earlier.map { $0.images.features.views == 2 } ?? flips,
        threads: options.imageThreads))
    let sum = earlier?.images.adding(new) ?? (taught: new, known: 0)
    if sum.known > 0 { Console.note("\(sum.known) of the images were known and are taken anew") }
    let extracted = clock.now
    let result = try learn(sum.taught, hasUnknown: unknown || earlier?.hasUnknown == true)
    let learned = clock.now
    say(result.copies)
    let known = from == nil ? [:] : Self.wordNetIDs(of: network)
    let written = Learned(
      sum.taught, result, network: network, resolution: resolution,
      wordNetIDs: known.merging(ids) { $1 })
    let report = written.report
    try write(written)
    let seconds = [
      "features": (extracted - start) / .seconds(1),
      "learning": (learned - extracted) / .seconds(1),
      "total": (clock.now - start) / .seconds(1),
    ]
    if json { return try Output.print(report.json(seconds: seconds).text()) }
    try Output.print(report.text)
    let size = FileBytes.count(of: output) ?? 0
    let times = ["features", "learning", "total"].map {
      NumberText.fixed(seconds[$0] ?? 0, 2)
    }
    try Output.print(
      "\n\(output): \(NumberText.bytes(size)), in \(times[2]) s "
        + "(features \(times[0]) s, learning \(times[1]) s)")
  }

  /// Returns the network whose last layer is replaced.
  private func backbone() throws -> Checkpoint {
    var options = options
    if let from { options.chosenWeights = from }
    let checkpoint = try options.checkpoint()
    options.noteFloats(of: checkpoint)
    return checkpoint
  }

  /// Reads the folder's images; says what is left out.
  ///
  /// A class whose folder is called by a WordNet id is called as `network` calls it, unless it is among
  /// those that were `known` by their ids before; the ids are returned by the classes' names.
  private func newImages(
    besides known: [String], _ network: Checkpoint, _ extraction: FeatureExtraction
  ) throws -> (TaughtImages, wordNetIDs: [String: String]) {
    let named = try images.named()
    let folders = Set(named.images.map(\.name)).subtracting(known).sorted()
    let names = Dictionary(
      zip(folders, try ClassNaming.names(of: folders, by: network)),
      uniquingKeysWith: { first, _ in first })
    for name in named.emptyFolders {
      Console.note("\(images.folder)/\(name): holds no image, so it is no class")
    }
    let bar = ProgressBar(total: named.images.count)
    let outcomes = extraction.features(of: named.images.map { named.path(of: $0) }) { done in
      bar.show(done, note: "features")
    }
    bar.clear()
    let overflows = Overflows()
    var kept: [(image: NamedImages.Image, values: [Float])] = []
    for (image, outcome) in zip(named.images, outcomes) {
      switch outcome {
      case .success(let values) where values.allSatisfy(\.isFinite): kept.append((image, values))
      case .success: overflows.add(image.path, "values too large for the network's numbers")
      case .failure(let error): Console.note("\(error), left out")
      }
    }
    overflows.tell { Console.note($0) }
    let taught = TaughtImages(
      kept.map { ($0.image.path, names[$0.image.name] ?? $0.image.name, $0.values) },
      width: extraction.width, views: extraction.views)
    for name in folders where !taught.classes.contains(names[name] ?? name) {
      let place = images.truth.map { "\($0), class \(name)" } ?? "\(images.folder)/\(name)"
      Console.note("\(place): none of its images could be used, so it is no class")
    }
    let ids = Set(named.images.map(\.name)).filter(WordNetNames.isID).sorted()
    let pairs = ids.map { (names[$0] ?? $0, $0) }
    return (taught, Dictionary(pairs, uniquingKeysWith: { first, _ in first }))
  }

  /// The ids of the classes of `checkpoint` that have one, by the classes' names.
  private static func wordNetIDs(of checkpoint: Checkpoint) -> [String: String] {
    Dictionary(
      zip(checkpoint.labels, checkpoint.wordNetIDs).filter { !$1.isEmpty },
      uniquingKeysWith: { first, _ in first })
  }

  private func learn(_ taught: TaughtImages, hasUnknown: Bool) throws -> Learner.Result {
    for (name, count) in zip(taught.classes, taught.counts) where count == 1 {
      Console.note("\(name): a single image, which can't be held back, so it is not tested")
    }
    var learning = Learner.Options()
    learning.strength = strength
    learning.seed = seed
    learning.hasUnknown = hasUnknown
    learning.isCalibrated = calibration
    learning.threads = options.imageThreads
    let bar = ProgressBar(total: 50)
    defer { bar.clear() }
    do {
      return try Learner.learn(taught, learning) { searches in
        bar.show(searches, note: "held back in turn")
      }
    } catch {
      throw Failure(.data, "\(images.folder): \(error)")
    }
  }

  private func say(_ copies: [(image: TaughtImages.Image, of: TaughtImages.Image)]) {
    for copy in copies.prefix(10) {
      let isContradiction = copy.image.classIndex != copy.of.classIndex
      Console.note(
        "\(copy.image.name): the same picture as \(copy.of.name)"
          + (isContradiction ? ", in another class" : ", held back together"))
    }
    if copies.count > 10 { Console.note("\(copies.count - 10) more images are copies") }
  }

  private func write(_ learned: Learned) throws {
    do {
      try TaughtFile.write(learned, keepsFeatures: features, to: output)
    } catch {
      throw Failure(.cannotCreate, "\(error)")
    }
  }
}
