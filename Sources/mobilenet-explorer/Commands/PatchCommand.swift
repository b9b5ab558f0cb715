import ArgumentParser
import Atlas
import Checkpoints
import MobileNet
import Reports
import Research

struct PatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "patch",
    abstract: "Put something else in the place of a channel, an area or a layer.",
    discussion: """
      The rest of the network runs on what is put there, and the answers before and after are \
      printed. What changes the answer mattered for it; what does not, did not.

      Without --channel and --area all of the layer is replaced. Without a choice of what is put \
      there, zeros are.

      EXAMPLES
        mobilenet-explorer patch dog.jpg --layer conv4_2_sep --channel 74
        mobilenet-explorer patch dog.jpg --layer conv6_sep --photo cat.jpg
        mobilenet-explorer patch dog.jpg --layer conv5_5_sep --area 3,3-6,8 --to-mean
        mobilenet-explorer patch dog.jpg --layer conv5_5_sep --channel 1,2 --times 3
        mobilenet-explorer patch dog.jpg --layer conv3_1_sep --clamp 0,1 --json
        mobilenet-explorer patch dog.jpg --layer 13 --to-mean --atlas a.safetensors
      """)

  @Argument(help: ArgumentHelp("A PNG or JPEG file; - is standard input.", valueName: "IMAGE"))
  var image: String

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The layer, by name or number.", valueName: "NAME"))
  var layer: String

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The channel, from 0, or several.", valueName: "N,…"))
  var channel: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "An area of all channels: two corners, both of them within.",
      valueName: "ROW,COLUMN-ROW,COLUMN"
    ))
  var area: String?

  @Option(help: ArgumentHelp("Put there what another photo makes.", valueName: "IMAGE"))
  var photo: String?

  @Flag(help: "Put each channel's mean there: over the picture, or over --atlas.")
  var toMean = false

  @Option(
    help: ArgumentHelp("An atlas whose means --to-mean takes.", valueName: "FILE"),
    completion: .file(extensions: ["safetensors"]), transform: NamedFile.path)
  var atlas: String?

  @Option(parsing: .unconditional, help: ArgumentHelp("Multiply the values.", valueName: "FACTOR"))
  var times: Float?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Hold the values within.", valueName: "LOW,HIGH"))
  var clamp: String?

  @Option(parsing: .unconditional, help: ArgumentHelp("How many classes to print.", valueName: "N"))
  var top = 5

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var options: NetworkOptions

  func validate() throws {
    guard top >= 1 else { throw ValidationError("--top \(top): expected at least 1.") }
    guard channel == nil || area == nil else {
      throw ValidationError("--channel and --area: expected one of them.")
    }
    let chosen = [photo != nil, toMean, times != nil, clamp != nil].count { $0 }
    guard chosen <= 1 else {
      throw ValidationError("--photo, --to-mean, --times and --clamp: expected one of them.")
    }
    guard atlas == nil || toMean else {
      throw ValidationError("--atlas: expected --to-mean as well.")
    }
    if let times, !times.isFinite {
      throw ValidationError("--times \(times): expected a number.")
    }
  }

  func run() throws {
    let checkpoint = try options.checkpoint()
    guard checkpoint.architecture.classes != nil else {
      throw Failure(.data, "\(options.weights): has no classifier, so there is no answer to change")
    }
    let inquiry = try Inquiry(checkpoint, options)
    let position = try LayerOption.position(of: layer, in: inquiry.layers)
    guard inquiry.layers.canBePatched(position) else {
      throw Failure(
        .usage, "--layer \(layer): expected one before the classifier, as nothing runs behind it")
    }
    let run = try inquiry.run(on: inquiry.photo(image))
    let patch = Patch(
      layer: position, part: try part(of: inquiry.layers[position]),
      change: try change(at: position, inquiry))
    let patched = try inquiry.answer(RerunQuestion(inquiry.model, run, patching: [patch])).trace
    if let problem = patched.problem {
      throw Failure(.data, "\(patch.text(inquiry.layers)): \(problem)")
    }
    let ran = patched.milliseconds[(position + 1)...]
    let report = ChangeReport(
      image: image, change: patch.text(inquiry.layers), before: run.trace.predictions(top: top),
      after: patched.predictions(top: top), checkpoint: checkpoint,
      notes: [
        "\(ran.count) of \(inquiry.layers.count) layers ran again, in "
          + "\(NumberText.value(Float(ran.reduce(0, +)))) ms"
      ])
    try Output.print(json ? report.json.text() : report.text)
  }

  private func part(of layer: Layer) throws -> Patch.Part {
    if let channel {
      let channels = try LayerOption.channels(in: channel)
      for channel in channels { try LayerOption.check(channel: channel, of: layer) }
      return .channels(Set(channels))
    }
    guard let area else { return .whole }
    let parts = area.split(separator: "-", omittingEmptySubsequences: false)
    let shape = layer.output
    let corners = parts.compactMap { try? LayerOption.cell(String($0), of: layer) }
    guard parts.count == 2, corners.count == 2 else {
      throw Failure(
        .usage,
        "--area \(area): expected ROW,COLUMN-ROW,COLUMN within 0,0-\(shape.height - 1),"
          + "\(shape.width - 1), as \(layer.name) has them")
    }
    func range(_ first: Int, _ last: Int) -> Range<Int> { min(first, last)..<max(first, last) + 1 }
    return .area(
      rows: range(corners[0].row, corners[1].row),
      columns: range(corners[0].column, corners[1].column))
  }

  private func change(at position: Int, _ inquiry: Inquiry) throws -> Patch.Change {
    if let photo {
      let donor = try inquiry.photo(photo)
      return .taken(
        from: Patch.Donor(
          name: photo == ImageInput.standardInput ? donor.value.name : photo,
          trace: try inquiry.run(on: donor).trace))
    }
    if let times { return .scaled(by: times) }
    if let clamp {
      let limits = clamp.split(separator: ",", omittingEmptySubsequences: false).map { Float($0) }
      guard limits.count == 2, let low = limits[0], let high = limits[1], low <= high else {
        throw Failure(
          .usage, "--clamp \(clamp): expected LOW,HIGH: two numbers, the smaller one first")
      }
      return .clamped(low...high)
    }
    guard toMean else { return .off }
    guard let atlas else { return .mean }
    return .means(try means(of: inquiry.layers[position], in: atlas, inquiry))
  }

  private func means(
    of layer: Layer, in path: String, _ inquiry: Inquiry
  ) throws -> [Float] {
    let checkpoint = inquiry.model.checkpoint
    return try Failure.naming("--atlas") {
      let atlas = try Atlas(path: path)
      try atlas.require(digest: checkpoint.digest(), name: checkpoint.name)
      guard let entry = atlas.summary.layers.first(where: { $0.name == layer.name }) else {
        throw Failure(
          .data,
          "\(path): has no layer \(layer.name), only "
            + atlas.summary.layers.map(\.name).joined(separator: ", "))
      }
      if let note = atlas.difference(from: inquiry.model.resolution) {
        Console.note("\(path): \(note)")
      }
      return try atlas.channels(of: entry).map(\.mean)
    }
  }
}
