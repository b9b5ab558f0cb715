import Foundation
import Images
import Research
import Synchronization
import Testing

@testable import Explorer
@testable import MobileNet

/// The fixture with what people have: a folder of labelled images, an atlas over them, several weights.
///
/// What is read and computed is real, except for the atlas and the weights.
final class FurnishedFixture: Sendable {
  /// The folder with a folder of images for each class.
  let folder: String
  /// The images, class by class.
  let paths: [String]
  private let atlas: ChannelAtlas
  private let contents: CheckpointContents?
  /// What was answered: it does not depend on the size of the terminal.
  private let answers = Mutex<[AnyQuestion: any Sendable]>([:])

  private static let perClass = 3
  private static let made = Result { try FurnishedFixture() }

  /// The one furnished fixture that all tests read.
  static func shared() throws -> FurnishedFixture { try made.get() }

  /// The explorer on the first image, once all that home asks is there.
  func state(width: Int, height: Int) throws -> ExplorerState {
    var state = try Fixture.state(width: width, height: height)
    state.album = Album(paths, of: folder)
    try perform(reduce(&state, .atlasChosen(path: "mine")), on: &state)
    return state
  }

  /// Answers what is asked, until nothing more is.
  func perform(_ effects: [Effect], on state: inout ExplorerState) throws {
    var waiting = effects.questions
    while !waiting.isEmpty {
      let question = waiting.removeFirst()
      if let answer = try answer(question) {
        waiting += reduce(&state, .answered(question, .whole(answer))).questions
      }
    }
  }

  private func answer(_ question: AnyQuestion) throws -> (any Sendable)? {
    if let known = answers.withLock({ $0[question] }) { return known }
    let fixture = try Fixture.shared()
    let answer: (any Sendable)?
    switch question.base {
    case is AtlasQuestion: answer = AtlasQuestion.Answer(atlas)
    case is ChoicesQuestion:
      answer = (0..<15).map { WeightsChoice(name: "network-\($0)", origin: "bundled") }
    case is FactsQuestion: answer = FactsQuestion.Answer.known(Self.facts)
    case is ContentsQuestion: answer = contents
    case is AtlasFolderQuestion, is FolderResultsQuestion, is PreviewQuestion, is ExampleQuestion,
      is FolderQuestion, is SimilarQuestion:
      answer = try question.answer(fixture.researcher) { _ in }
    case let asked as CounterpartQuestion:
      answer =
        if case .photo = asked.other {
          try asked.answer(fixture.researcher) { _ in }
        } else {
          try fixture.answer(question)
        }
    default: answer = try fixture.answer(question)
    }
    if let answer { answers.withLock { $0[question] = answer } }
    return answer
  }

  /// As many as a bundled file has.
  private static let facts =
    (0..<14).map {
      WeightsFact(name: "fact \($0)", value: "as the file says", source: "the file's metadata")
    }
    + [128, 160, 192, 224].map { WeightsFact(name: "at \($0)", value: "60.0 / 80.0", share: 0.6) }

  /// Where its files are, for all tests and until they have ended.
  private static let root = FileManager.default.temporaryDirectory
    .appendingPathComponent("furnished \(UUID().uuidString)")

  private init() throws {
    let root = Self.root
    folder = root.path
    atexit { try? FileManager.default.removeItem(at: FurnishedFixture.root) }
    var paths: [String] = []
    for label in 0..<10 {
      let part = root.appendingPathComponent("\(label)")
      try FileManager.default.createDirectory(at: part, withIntermediateDirectories: true)
      for number in 0..<Self.perClass {
        let (width, height) = (number % 2 == 0 ? 64 : 48, 48)
        let bytes = (0..<width * height).flatMap { place -> [UInt8] in
          let (x, y) = (place % width, place / width)
          return [UInt8(x * (label + 1) % 256), UInt8(y * (number + 2) % 256), UInt8(25 * label)]
        }
        let file = part.appendingPathComponent("picture \(number).png")
        try Data(PNGFile.bytes(of: Pixels(width: width, height: height, bytes: bytes)))
          .write(to: file)
        paths.append(file.path)
      }
    }
    self.paths = paths

    let model = try Fixture.shared().model.value
    let images = paths.prefix(16).map { String($0.dropFirst(root.path.count + 1)) }
    var layers: [String: [ChannelAtlas.Channel]] = [:]
    for layer in model.layers {
      let tops = images.enumerated().map { index, image in
        ChannelAtlas.Top(
          image: image, value: Float(20 - index), row: index % layer.output.height,
          column: index % layer.output.width)
      }
      layers[layer.name] = (0..<layer.output.channels).map { channel in
        ChannelAtlas.Channel(
          mean: Float(channel) / 10, deviation: 0.25, zeroShare: 0.5,
          separates: (classIndex: channel % 10, area: 0.8), strongest: [1, 0, 2], top: tops)
      }
    }
    atlas = ChannelAtlas(
      source: "mine.atlas.safetensors", resolution: model.resolution, imageCount: paths.count,
      classes: (0..<10).map { "class \($0)" }, layers: layers)
    contents = CheckpointContents(try Fixture.shared().otherModel.checkpoint)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }
}
