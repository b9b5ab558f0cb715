import Evaluation
import Foundation
import ResearchTestSupport
import Testing

@testable import MobileNet
@testable import Research

/// A network's results on a folder, found part by part.
@Suite struct FolderResultsTests {
  private static let samples = ["banana", "lemon", "orange", "candle", "teapot"]

  /// Samples in folders that are called by numbers of classes, and one that is no picture.
  private static func withFolder(_ body: (String) throws -> Void) throws {
    let manager = FileManager.default
    let folder = manager.temporaryDirectory.appendingPathComponent("results \(UUID().uuidString)")
    defer { try? manager.removeItem(at: folder) }
    for (index, sample) in samples.enumerated() {
      let own = folder.appendingPathComponent("\(index % 2)")
      try manager.createDirectory(at: own, withIntermediateDirectories: true)
      try manager.copyItem(
        atPath: "Samples/Images/\(sample).jpg",
        toPath: own.appendingPathComponent("\(sample).jpg").path)
    }
    try Data("no picture".utf8).write(to: folder.appendingPathComponent("1/zero.jpg"))
    let other = folder.appendingPathComponent("holiday")
    try manager.createDirectory(at: other, withIntermediateDirectories: true)
    try manager.copyItem(
      atPath: "Samples/Images/banana.jpg", toPath: other.appendingPathComponent("b.jpg").path)
    try body(folder.path)
  }

  private static func model() throws -> Numbered<Model> {
    let checkpoint = try Checkpoint.synthetic(Architecture(width: 0.25, classes: 6))
    return Numbered(Model(checkpoint: checkpoint, resolution: 64), number: 1)
  }

  @Test func answersAreThoseOfTheNetworkOnEachImage() throws {
    let (model, researcher) = (try Self.model(), Researcher(library: EmptyLibrary(), threads: 2))
    try Self.withFolder { folder in
      var partial: [FolderResultsQuestion.Answer] = []
      let answer = try FolderResultsQuestion(model, folder: folder).answer(researcher) {
        partial.append($0)
      }
      guard case .results(let found) = answer, case .results(let first) = partial.first else {
        Issue.record("\(answer)")
        return
      }
      #expect(first.done == 0 && first.total == 6)
      #expect(found.done == 6 && found.unknownFolders == ["holiday"])
      #expect(found.evaluation.unreadable.map(\.image) == ["1/zero.jpg"])
      let network = try researcher.network(for: model)
      #expect(found.evaluation.answers.count == 5)
      for answer in found.evaluation.answers {
        let photo = try Photo(path: folder + "/" + answer.image, for: model.value)
        let values = network.run(photo.prepared.tensor).output(at: network.layers.count - 1).values
        #expect(answer.truth == Int(String(answer.image.prefix(1))))
        #expect(answer.confidence == values.max())
        #expect(answer.answer == values.firstIndex(of: answer.confidence))
        #expect(answer.truthRank == 1 + values.count { $0 > values[answer.truth] })
      }
      #expect(found.wrong.count + found.classes.reduce(0) { $0 + $1.right } == 5)
    }
  }

  @Test func aFolderWithoutClassesSaysSo() throws {
    let (model, researcher) = (try Self.model(), Researcher(library: EmptyLibrary(), threads: 1))
    let folder = "Samples"
    guard
      case .nothing(let reason) = try researcher.answer(
        FolderResultsQuestion(model, folder: folder))
    else {
      Issue.record("Samples has no classes")
      return
    }
    #expect(reason.hasPrefix("Samples: none of its "))
    #expect(reason.contains("is a class of this checkpoint"))
    guard
      case .nothing(let missing) = try researcher.answer(
        FolderResultsQuestion(model, folder: "/no/where"))
    else {
      Issue.record("/no/where is nowhere")
      return
    }
    #expect(missing == "/no/where: no such file or folder")
  }

  @Test func whoWantsNoMoreIsNotAnswered() throws {
    struct Enough: Error {}
    let (model, researcher) = (try Self.model(), Researcher(library: EmptyLibrary(), threads: 1))
    try Self.withFolder { folder in
      #expect(throws: CancellationError.self) {
        try Researcher.work(while: { false }) {
          _ = try researcher.answer(FolderResultsQuestion(model, folder: folder))
        }
      }
      #expect(throws: Enough.self) {
        _ = try FolderResultsQuestion(model, folder: folder).answer(researcher) { _ in
          throw Enough()
        }
      }
    }
  }
}
