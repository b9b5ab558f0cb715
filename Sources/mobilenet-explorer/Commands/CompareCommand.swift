import ArgumentParser
import Catalogue
import Comparison
import Evaluation
import Foundation
import MobileNet
import Reports
import Research
import Tensors

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare networks on one photo, or two photos in one network.",
    discussion: """
      With one image: what the bundled networks cost at the paper's four resolutions, how good they \
      are known to be, and what each says. With two images: how similar they are to the network, \
      layer by layer. With --folder: how good each is on the images of a folder per class. With \
      --networks: MobileNet beside other networks, with no image. With --precision: the same \
      networks in floats, with halves between the layers, and as integers: size, time, accuracy and \
      how often they agree. Of a checkpoint of floats integers are made first, with ranges from \
      the images of --calibrate, or else from those that are compared.

      EXAMPLES
        mobilenet-explorer compare photo.jpg
        mobilenet-explorer compare cat.jpg --weights mobilenet-0.5 --weights mine.h5
        mobilenet-explorer compare a.jpg --weights my.pth --mean 0 --scale 0.00392
        mobilenet-explorer compare photo.jpg --resolution 128 --resolution 224 --json
        mobilenet-explorer compare cat.jpg dog.jpg --weights mobilenet-0.5
        mobilenet-explorer compare --folder val --budget 5ms
        mobilenet-explorer compare --folder val --weights a.onnx --weights b.onnx
        mobilenet-explorer compare photo.jpg --precision float,half,integer
        mobilenet-explorer compare --folder val --precision half,integer --json
        mobilenet-explorer compare --networks
      """)

  @Argument(
    help: ArgumentHelp("One or two PNG or JPEG files; - is standard input.", valueName: "IMAGE"))
  var images: [String] = []

  @Option(
    name: .customLong("weights"),
    help: ArgumentHelp(
      "A bundled name, or a checkpoint file; several can be named (default: all bundled).",
      valueName: "FILE|NAME"), transform: NamedFile.path)
  var chosenWeights: [String] = []

  @Option(
    name: .customLong("resolution"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "An input side; several can be named (default: the paper's four for bundled weights, a "
        + "file's own).", valueName: "R"))
  var resolutions: [Resolution] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Threads to compute on (default: one per core, up to 8).", valueName: "N"))
  var threads: Int?

  @Option(
    help: ArgumentHelp("Evaluate on the images of a folder per class.", valueName: "FOLDER"),
    completion: .directory, transform: NamedFile.path)
  var folder: String?

  @Option(
    help: ArgumentHelp(
      "What the images of --folder show, lines of \"file class\".", valueName: "FILE"),
    completion: .file(), transform: NamedFile.path)
  var truth: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Name the best that costs no more, 5ms or 100M multiply-adds; with --folder.",
      valueName: "COST"))
  var budget: String?

  @Option(
    help: ArgumentHelp(
      "Compare precisions: float, half, integer, with commas between them.", valueName: "LIST"))
  var precision: PrecisionList?

  @Option(
    help: ArgumentHelp(
      "Make integers with the ranges of these photos, with --precision.", valueName: "FOLDER"),
    completion: .directory, transform: NamedFile.path)
  var calibrate: String?

  @OptionGroup(title: "How integers are made, with --precision") var quantization:
    QuantizationOptions

  @OptionGroup(title: "What the files may say otherwise, or not at all") var input: InputOptions

  @Flag(help: "Compare MobileNet with other networks.")
  var networks = false

  @Flag(help: "Print JSON.")
  var json = false

  mutating func validate() throws {
    (truth, input.labels) = LabelledFolder.told(truth: truth, labels: input.labels, in: folder)
    if folder == nil, truth != nil || budget != nil {
      throw ValidationError("--truth, --budget: need --folder.")
    }
    if let budget, FolderComparison.Budget(budget) == nil {
      throw ValidationError(
        "--budget \(budget): expected a time such as 5ms, or multiply-adds such as 100M.")
    }
    if folder != nil, networks || !images.isEmpty {
      throw ValidationError("--folder: expected no image and no --networks.")
    }
    if networks, !images.isEmpty || !chosenWeights.isEmpty || !resolutions.isEmpty {
      throw ValidationError(
        "--networks: expected no image, no --weights and no --resolution; the networks are fixed.")
    }
    if !networks, folder == nil, !(1...2 ~= images.count) {
      throw ValidationError("compare: needs one image or two, --folder or --networks.")
    }
    if precision != nil, networks || images.count == 2 || budget != nil {
      throw ValidationError("--precision: expected one image or --folder, and no --budget.")
    }
    if precision != nil, images == [ImageInput.standardInput] {
      throw ValidationError(
        "--precision: expected an image file, standard input is read only once.")
    }
    if precision == nil, calibrate != nil || quantization.isAsked {
      throw ValidationError(
        "--calibrate, --type, --scales, --percentile: need --precision with integer in it.")
    }
    if images.count == 2, chosenWeights.count > 1 || resolutions.count > 1 {
      throw ValidationError("compare: two images go through one network at one resolution.")
    }
    if images == [ImageInput.standardInput, ImageInput.standardInput] {
      throw ValidationError("compare: standard input holds one image, not two.")
    }
    for resolution in resolutions { try NetworkOptions.validate(resolution: resolution) }
    if let threads { try NetworkOptions.validate(threads: threads) }
  }

  func run() throws {
    if networks {
      try compareNetworks()
    } else if let precision {
      try compare(precision.precisions)
    } else if budget == nil, images.count < 2, try hasIntegers() {
      try compare(nil)
    } else if let folder {
      try compare(on: folder)
    } else if images.count == 2 {
      try comparePhotos()
    } else {
      try compareWidths()
    }
  }

  private func compareWidths() throws {
    let candidates = try candidates()
    let researcher = Researcher(library: WeightsLibrary(), threads: threads)
    // Standard input can be read only once.
    let photo = try candidates.first.map { first in
      Numbered(
        try ImageInput(images[0]).photo(
          for: try checkpoint(first.weights), resolution: first.resolution), number: 0)
    }
    let bar = ProgressBar(total: candidates.count)
    var measurements: [Comparison.Measurement] = []
    var absences = Absences()
    for candidate in candidates {
      bar.show(measurements.count, note: "\(candidate.name) at \(candidate.resolution)")
      guard let photo else { continue }
      let found = try researcher.answer(
        MeasurementQuestion(candidate, photo: photo, path: images[0]))
      guard !found.overflows else {
        absences.add(try overflow(of: candidate, photo, researcher), of: candidate)
        continue
      }
      measurements.append(found)
    }
    bar.clear()
    absences.note()
    if !measurements.isEmpty {
      bar.show(measurements.count, note: "all in turns")
      let turns = try researcher.answer(TurnsQuestion(measurements.map(\.candidate)))
      bar.clear()
      let report = ComparisonReport(
        image: ImageInput.name(of: images[0]), measurements.map { $0.inTurns(turns[$0.candidate]) })
      try Output.print(json ? report.json.text() : report.text)
    }
    try absences.leave()
  }

  /// Returns the reason why `candidate` has no answer for `photo`.
  private func overflow(
    of candidate: Candidate, _ photo: Numbered<Photo>, _ researcher: Researcher
  ) throws -> String {
    let model = try researcher.model(of: candidate)
    let photo = try researcher.answer(PhotoQuestion(images[0], for: model, present: photo))
    return try researcher.network(of: model.value).run(photo.prepared.tensor).absence
  }

  private func compare(on folder: String) throws {
    let candidates = try candidates()
    let bar = ProgressBar(total: candidates.count)
    var rows: [FolderComparison.Row] = []
    var absences = Absences()
    for candidate in candidates {
      let network = try Network(
        checkpoint(candidate.weights), resolution: candidate.resolution, threads: threads)
      let weights = network.checkpoint
      guard weights.architecture.classes != nil else {
        throw Failure(
          .data, "\(candidate.name): has no classifier, so there is nothing to evaluate")
      }
      let found = try LabelledFolder.images(in: folder, truth: truth, for: weights)
      let evaluator = try Evaluator(
        weights, resolution: candidate.resolution,
        threads: threads ?? Network.defaultImageThreads)
      let done = rows.count
      let evaluation = evaluator.evaluate(found) { progress in
        bar.show(
          done,
          note: "\(candidate.name) at \(candidate.resolution), image \(progress.images)")
      }
      if let failure = evaluation.failure {
        absences.add("\(folder): \(failure)", of: candidate)
        continue
      }
      let measurement = try Comparison.Measurement(
        candidate, network: network, input: Tensor(repeating: 0.5, shape: network.inputShape))
      if rows.isEmpty { for image in evaluation.unreadable { Console.note(image.reason) } }
      rows.append(
        FolderComparison.Row(
          name: candidate.name, resolution: candidate.resolution,
          parameters: measurement.parameters, multiplyAdds: measurement.multiplyAdds,
          milliseconds: measurement.milliseconds, evaluation: evaluation))
    }
    bar.clear()
    absences.note()
    if !rows.isEmpty {
      let comparison = FolderComparison(rows)
      let limit = budget.flatMap { text in
        FolderComparison.Budget(text).map { (text: text, value: $0) }
      }
      try Output.print(
        json ? comparison.json(budget: limit?.value).text() : comparison.text(budget: limit))
    }
    try absences.leave()
  }

  /// The networks without an answer, with the reasons.
  struct Absences {
    private var reasons: [(text: String, resolutions: [Resolution])] = []

    /// Adds the `reason` why `candidate`, `way` of it, has no answer.
    mutating func add(_ reason: String, of candidate: Candidate, _ way: String = "") {
      let text = "\(candidate.name)\(way): \(reason)"
      if let same = reasons.firstIndex(where: { $0.text == text }) {
        reasons[same].resolutions.append(candidate.resolution)
      } else {
        reasons.append((text, [candidate.resolution]))
      }
    }

    /// Names each reason once, with the resolutions if there are several.
    func note() {
      for (text, resolutions) in reasons {
        let all = resolutions.map { "\($0)" }.joined(separator: ", ")
        Console.note(resolutions.count > 1 ? "\(text) (at \(all))" : text)
      }
    }

    /// Ends the command with the status for a network without an answer, if there is one.
    func leave() throws {
      if !reasons.isEmpty { throw ExitCode(Failure.Kind.data.rawValue) }
    }
  }

  /// Returns the networks to compare: those that were named, or else all bundled ones.
  func candidates() throws -> [Candidate] {
    let said = input.overrides.said
    guard !chosenWeights.isEmpty else {
      return Candidate.grid(WeightsCatalogue.bundledNames, said: said).filter {
        resolutions.isEmpty || resolutions.contains($0.resolution)
      }
    }
    return try chosenWeights.flatMap { name in
      let sides =
        !resolutions.isEmpty
        ? resolutions
        : WeightsCatalogue.bundledNames.contains(name)
          ? Candidate.resolutions : [try checkpoint(name).resolution]
      return sides.map { Candidate(name, said: said, resolution: $0) }
    }
  }

  /// Returns whether a named network has integers; then each network runs in its own precision.
  private func hasIntegers() throws -> Bool {
    guard images != [ImageInput.standardInput] else { return false }
    return try chosenWeights.contains { try checkpoint($0).integers != nil }
  }

  private func comparePhotos() throws {
    let weights = chosenWeights.first ?? WeightsCatalogue.defaultName
    let checkpoint = try checkpoint(weights)
    let network = try Network(
      checkpoint, resolution: resolutions.first ?? checkpoint.resolution, threads: threads)
    let traces = try images.map { image in
      network.run(
        try ImageInput(image).photo(for: checkpoint, resolution: network.resolution).prepared.tensor
      )
    }
    let report = SimilarityReport(
      images: images.map { ImageInput.name(of: $0) }, checkpoint: checkpoint, (traces[0], traces[1])
    )
    try Output.print(json ? report.json.text() : report.text)
  }

  private func compareNetworks() throws {
    let bar = ProgressBar(total: ComparedNetwork.all.count)
    var times: [ComparedNetwork: Double] = [:]
    for (index, network) in ComparedNetwork.all.enumerated() {
      bar.show(index, note: network.name)
      times[network] = try network.measure(threads: threads)
    }
    bar.clear()
    let report = NetworksReport(milliseconds: times)
    try Output.print(json ? report.json.text() : report.text)
  }

  func checkpoint(_ weights: String) throws -> Checkpoint {
    try WeightsCatalogue.inspect(weights, overrides: input.overrides).checkpoint
  }
}
