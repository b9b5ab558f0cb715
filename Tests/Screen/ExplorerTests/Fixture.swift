import Cells
import Comparison
import Images
import Lessons
import Testing

@testable import Explorer
@testable import MobileNet

/// A small network that has run on a gradient, with times that never change.
struct Fixture {
  let model: Numbered<Model>
  let photo: Numbered<Photo>
  let run: Numbered<Trace>
  /// Another network, for what stands side by side.
  let otherModel: Numbered<Model>
  private let image: DecodedImage

  private static let made = Result { try Fixture() }

  /// The one fixture that all tests read.
  static func shared() throws -> Fixture { try made.get() }

  /// The explorer as it is once the first answer is there.
  static func state(width: Int, height: Int) throws -> ExplorerState {
    let fixture = try shared()
    var state = ExplorerState(
      size: Size(width: width, height: height), model: fixture.model, photo: fixture.photo)
    #expect(reduce(&state, .inferred(fixture.run)) == [])
    return state
  }

  /// The network of the fixture, to be asked what the reducer wants to know.
  static func network() throws -> Network {
    let model = try shared().model
    return try Network(
      model.checkpoint, resolution: model.resolution, threads: 1, instructionSet: .portable)
  }

  /// Does what the reducer asks for as the program does it, until nothing more is asked for; files
  /// are left alone.
  static func perform(_ effects: [Effect], on state: inout ExplorerState) throws {
    let network = try network()
    var waiting = effects
    var number = 100
    while !waiting.isEmpty {
      number += 1
      if let action = try answer(waiting.removeFirst(), of: network, number: number) {
        waiting += reduce(&state, action)
      }
    }
  }

  /// What `network` answers to `effect`, numbered `number`; nil where files are asked for.
  static func answer(_ effect: Effect, of network: Network, number: Int) throws -> Action? {
    switch effect {
    case .preactivate(_, let run, let layer):
      let sums = network.preactivation(at: layer, of: run.value)
      return .zoom(.preactivated(run: run.number, layer: layer, Numbered(sums, number: number)))
    case .rerun(_, let run, let switches):
      var trace = network.rerun(run.value, switchingOff: switches)
      trace.milliseconds = run.milliseconds
      return .ablation(.reran(original: run.number, switches, Numbered(trace, number: number)))
    case .measureInfluence(let question, let model, let run, let first):
      let isOther = try model == shared().otherModel
      let network = isOther ? try otherNetwork.get() : network
      let count = network.layers[question.layer].output.channels
      let values = network.influence(
        ofChannels: first..<min(first + Influence.batch, count), at: question.layer,
        onClass: question.classIndex, of: run.value)
      return .influenceMeasured(question, first: first, try #require(values))
    case .listCandidates:
      return .compare(.listed(Candidate.grid(["wide", "narrow"])))
    case .measure(let candidate, let photo, _):
      return .compare(.measured(photo: photo.number, measurement(of: candidate)))
    case .measureNetwork(let compared):
      let milliseconds = Double(compared.computedMultiplyAdds ?? 0) / 2e8
      return .compare(.networkMeasured(compared, milliseconds))
    case .inferCounterpart(let question, let model, let photo, let run, _):
      let other: Counterpart
      switch question.other {
      case .network: other = try shared().otherNetworkOnThePhoto()
      case .photo: other = try shared().otherPhoto(in: network, model, photo, run)
      }
      return .beside(.inferred(question, Numbered(other, number: number)))
    case .runOther(let model, let run, let convention, let switches):
      let other = try OtherRun(
        convention, of: model.checkpoint, like: run.value, switchingOff: switches, threads: 1)
      return .lesson(.ranOther(Numbered(other, number: run.number)))
    default: return nil
    }
  }

  /// A measurement that is always the same: small sides say something else.
  static func measurement(of candidate: Candidate) -> Measurement {
    let isShallow = candidate.weights == .untrainedShallow
    let architecture = Architecture(
      width: candidate.name == "narrow" ? 0.5 : 1, shallow: isShallow, classes: 10)
    let layers = architecture.layers(resolution: candidate.resolution)
    let top1 = 40 + 10 * architecture.width + Double(candidate.resolution) / 32
    return Measurement(
      candidate: candidate, width: architecture.width, isShallow: isShallow, classes: 10,
      parameters: layers.parameters, multiplyAdds: layers.multiplyAdds,
      milliseconds: Double(layers.multiplyAdds) / 2e8,
      accuracy: isShallow
        ? nil : .init(resolution: candidate.resolution, top1: top1, top5: top1 + 20),
      published: .imageNetTop1(of: architecture, at: candidate.resolution),
      answer: isShallow
        ? nil
        : .init(
          classIndex: 3, label: candidate.resolution < 160 ? "fox" : "cat", probability: 0.5))
  }

  private static let otherNetwork = Result {
    let model = try shared().otherModel
    return try Network(
      model.checkpoint, resolution: model.resolution, threads: 1, instructionSet: .portable)
  }

  private func otherNetworkOnThePhoto() throws -> Counterpart {
    let photo = Photo(
      image, preprocessing: otherModel.checkpoint.preprocessing, side: otherModel.resolution)
    let trace = try Self.otherNetwork.get().run(photo.prepared.tensor)
    return Counterpart(model: otherModel, photo: photo, run: Numbered(trace, number: 51))
  }

  /// The photo with its upper left quarter on all of it.
  private func otherPhoto(
    in network: Network, _ model: Numbered<Model>, _ photo: Numbered<Photo>, _ run: Numbered<Trace>
  ) throws -> Counterpart {
    let pixels = image.resized(
      width: 96, height: 96, box: Box(left: 0, top: 0, right: 60, bottom: 40))
    let file = try PNGFile.bytes(of: pixels)
    let other = Photo(
      try DecodedImage(decoding: file, name: "photos/quarter.png"),
      preprocessing: model.checkpoint.preprocessing, side: model.resolution)
    let trace = network.run(other.prepared.tensor)
    return Counterpart(
      model: model, photo: other, run: Numbered(trace, number: 52),
      similarities: run.value.similarities(to: trace))
  }

  private init() throws {
    let checkpoint = try Checkpoint.synthetic(Architecture(width: 0.25, classes: 10))
    model = Numbered(Model(checkpoint: checkpoint, resolution: 96), number: 1)

    let (width, height) = (120, 80)
    var bytes: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width { bytes += [UInt8(2 * x), UInt8(3 * y), UInt8(x * y % 256)] }
    }
    let file = try PNGFile.bytes(of: Pixels(width: width, height: height, bytes: bytes))
    image = try DecodedImage(decoding: file, name: "photos/gradient.png")
    photo = Numbered(
      Photo(image, preprocessing: checkpoint.preprocessing, side: 96), number: 1)

    let other = try Checkpoint.synthetic(Architecture(width: 0.5, classes: 10))
    otherModel = Numbered(Model(checkpoint: other, source: "narrow", resolution: 64), number: 50)

    let network = try Network(checkpoint, resolution: 96, threads: 1, instructionSet: .portable)
    var trace = network.run(photo.prepared.tensor)
    trace.milliseconds = trace.layers.map { Double($0.multiplyAdds) / 1e6 + 0.01 }
    run = Numbered(trace, number: 1)
  }
}
