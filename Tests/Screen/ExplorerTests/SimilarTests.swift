import Cells
import Foundation
import Images
import MobileNet
import Research
import Testing

@testable import Explorer

/// Photos that are like the one that is shown.
@Suite struct SimilarTests {
  @Test func theMostAlikeComesFirstAndIsOpened() throws {
    var state = try Fixture.state(width: 80, height: 24)
    state.album = Album(["a.png", "b.png", "c.png"])
    let asked = reduce(&state, try #require(state.intent(for: .character("~"))))
    let question = try #require(asked.questions(SimilarQuestion.self).first)
    #expect(question.paths == ["a.png", "b.png", "c.png"])
    let found = [("c.png", 1), ("a.png", 0.5)].map {
      SimilarQuestion.Found(path: $0.0, cosine: $0.1, features: [])
    }
    let effects = reduce(
      &state,
      .answered(
        AnyQuestion(question),
        .partial(SimilarQuestion.Answer(done: 2, total: 3, found: found))))
    #expect(effects.questions(PreviewQuestion.self).map(\.path) == ["c.png", "a.png"])
    let text = render(state).cells.text
    #expect(text.contains("1.00 c.png") && text.contains("0.50 a.png"))
    #expect(text.contains("compared 2 …"))
    _ = reduce(&state, .similar(.moved(columns: 5, rows: 0)))
    let opened = reduce(&state, try #require(state.intent(for: .enter)))
    #expect(opened.questions(PhotoQuestion.self).map(\.path) == ["a.png"])
  }

  /// A number has as many cells as any other, whatever the terminal's width.
  @Test(arguments: [120, 133, 160, 200])
  func whatIsComparedIsDrawnInWholeCells(width: Int) throws {
    var state = try Fixture.state(width: width, height: 50)
    state.album = Album(["a.png", "b.png", "c.png"])
    _ = reduce(&state, .opened(.similar))
    let (photos, features) = SimilarScreen.places(state.core)
    let position = try #require(state.layers.lastIndex { $0.kind == .averagePooling })
    let side = ActivationMap.shape(of: state.layers[position].output).width
    #expect(features.width % side == 0 && features.width >= side)
    #expect(photos.maxX < features.x && photos.width > 2 * features.width)
    #expect(features.maxX <= width - 1)
  }

  /// Below the numbers of this photo stand those of the photo under the cursor, of the first other one while
  /// that is this photo itself.
  @Test func theOtherPhotosNumbersStandBelow() throws {
    var state = try Fixture.state(width: 160, height: 50)
    state.album = Album(["a.png", "b.png", "c.png"])
    let asked = reduce(&state, .opened(.similar))
    let question = try #require(asked.questions(SimilarQuestion.self).first)
    let position = try #require(state.layers.lastIndex { $0.kind == .averagePooling })
    let count = state.layers[position].output.count
    let found = ["a.png", "b.png", "c.png"].enumerated().map { index, path in
      // One number in another place is the largest.
      SimilarQuestion.Found(
        path: path, cosine: 1 - 0.1 * Double(index),
        features: (0..<count).map { $0 == index * 5 ? 1 : 0 })
    }
    _ = reduce(
      &state,
      .answered(
        AnyQuestion(question), .whole(SimilarQuestion.Answer(done: 3, total: 3, found: found))))
    /// The columns of the brightest cells in the first row of the picture below the name.
    func brightest(_ name: String) throws -> Int {
      let cells = render(state).cells
      let lines = cells.text.split(separator: "\n", omittingEmptySubsequences: false)
      let row = try #require(lines.firstIndex { $0.contains("Those of \(name):") }) + 1
      let place = SimilarScreen.places(state.core).features
      let side = ActivationMap.shape(of: state.layers[position].output).width
      let light = (place.x..<place.maxX).map { x in
        let style = cells[x, row].style
        return max(style.foreground?.lightness ?? 0, style.background?.lightness ?? 0)
      }
      let most = try #require(light.max())
      return try #require(light.firstIndex(of: most)) * side / place.width
    }
    #expect(try brightest("b.png") == 5)
    _ = reduce(&state, .similar(.moved(columns: 2, rows: 0)))
    #expect(try brightest("c.png") == 10)
    #expect(!render(state).cells.text.contains("Those of b.png"))
  }

  /// The same picture is 1, and the order is that of the angles of what pool6 makes of them.
  @Test func cosinesAreThoseOfFeatures() throws {
    let fixture = try Fixture.shared()
    let paths = ["banana.jpg", "lemon.jpg", "none.jpg", "zone-plate.png"].map {
      "Samples/Images/" + $0
    }
    let network = try fixture.researcher.network(for: fixture.model)
    func features(_ path: String) throws -> [Double] {
      let photo = try Photo(path: path, for: fixture.model.value)
      let trace = network.run(photo.prepared.tensor)
      let pool = try #require(trace.layers.lastIndex { $0.kind == .averagePooling })
      return trace.output(at: pool).values.map(Double.init)
    }
    let lemon = try Photo(path: paths[1], for: fixture.model.value)
    let run = Numbered(Run(network.run(lemon.prepared.tensor)), number: 77)
    let answer = try fixture.researcher.answer(
      SimilarQuestion(fixture.model, run, among: paths, memory: FeatureMemory(mirrored: false)))
    #expect(answer.found.map(\.path).first == paths[1] && answer.found.count == 3)
    #expect(abs(answer.found[0].cosine - 1) < 1e-6)
    let own = try features(paths[1])
    for found in answer.found {
      let other = try features(found.path)
      let product = zip(own, other).reduce(0) { $0 + $1.0 * $1.1 }
      let size = own.reduce(0) { $0 + $1 * $1 }.squareRoot()
      let otherSize = other.reduce(0) { $0 + $1 * $1 }.squareRoot()
      #expect(abs(found.cosine - product / size / otherSize) < 1e-5)
    }
    #expect(answer.found[1].cosine >= answer.found[2].cosine)
  }
}
