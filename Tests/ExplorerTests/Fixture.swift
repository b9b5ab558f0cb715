import Cells
import Images
import Testing

@testable import Explorer
@testable import MobileNet

/// A small network that has run on a gradient, with times that never change.
struct Fixture {
  let model: Numbered<Model>
  let photo: Numbered<Photo>
  let run: Numbered<Trace>

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
    case .measureInfluence(let question, _, let run, let first):
      let count = network.layers[question.layer].output.channels
      let values = network.influence(
        ofChannels: first..<min(first + Influence.batch, count), at: question.layer,
        onClass: question.classIndex, of: run.value)
      return .grid(.measured(question, first: first, try #require(values)))
    default: return nil
    }
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
    let image = try DecodedImage(decoding: file, name: "photos/gradient.png")
    photo = Numbered(
      Photo(image, preprocessing: checkpoint.preprocessing, side: 96), number: 1)

    let network = try Network(checkpoint, resolution: 96, threads: 1, instructionSet: .portable)
    var trace = network.run(photo.prepared.tensor)
    trace.milliseconds = trace.layers.map { Double($0.multiplyAdds) / 1e6 + 0.01 }
    run = Numbered(trace, number: 1)
  }
}
