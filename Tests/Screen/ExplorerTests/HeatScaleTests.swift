import Cells
import MobileNet
import Research
import Tensors
import Testing

@testable import Explorer

/// The range of a heatmap's colours.
@Suite struct HeatScaleTests {
  @Test func aFixedRangeIsTheSameForAllLayersAndPhotosAndSaysWhy() throws {
    var state = try Fixture.state(width: 120, height: 40)
    _ = reduce(&state, .layerSelected(4))
    while state.view.range != .fixed { _ = reduce(&state, .rangeCycled) }
    let trace = try #require(state.run).trace
    // ReLU has no end of its own: it is the largest value of any layer with one, but for a hundredth.
    let end = (0..<27).map { trace.output(at: $0).spread.upperBound }.max() ?? 0
    func scale() throws -> HeatScale {
      var frame = Frame(size: Size(width: 60, height: 30))
      return try #require(
        ChannelPane(core: state.core).draw(in: frame.area, of: &frame) { _, _ in nil })
    }
    for layer in [0, 4, 26, 27] {
      _ = reduce(&state, .layerSelected(layer))
      #expect(try (scale().lower, scale().upper) == (0, end))
      #expect(render(state).cells.text.contains("scale: fixed, 1–99%"))
    }
    // Sums have a sign, probabilities an end.
    _ = reduce(&state, .layerSelected(28))
    #expect(try (scale().lower, scale().upper) == (-end, end))
    _ = reduce(&state, .layerSelected(29))
    #expect(try (scale().lower, scale().upper) == (0, 1))
    #expect(render(state).cells.text.contains("scale: fixed, 0 to 1"))

    let photo = Numbered(state.photo.value, number: 9)
    show(photo, at: "b.png", on: &state)
    let input = photo.prepared.tensor
    let brighter = Tensor(shape: input.shape, values: input.values.map { 10 * $0 })
    let other = try Fixture.network().run(brighter)
    #expect(try #require(other.output(at: 3).values.max()) > end)
    let answer = RunQuestion.Answer(milliseconds: [], run: Numbered(Run(other), number: 10))
    hear(answer, to: RunQuestion(state.model, photo), on: &state)
    _ = reduce(&state, .layerSelected(3))
    #expect(try scale().upper == end)
  }

  @Test func aScaleLeavesOutTheHundredthPartOfWhatIsDisplayed() {
    let map = ActivationMap(
      Tensor(
        shape: Shape(height: 20, width: 20, channels: 1),
        values: (0..<400).map { $0 < 3 ? 1000 : Float($0 % 10) }), channel: 0)
    func scale(_ width: Int) -> HeatScale {
      let heatmap = HeatmapView(
        map, in: Rect(x: 0, y: 0, width: width, height: width / 2),
        density: Size(width: 1, height: 2))
      return HeatScale(ViewSettings(), shown: heatmap.spanned(), layer: 0...1000)
    }
    // Three values of a thousand are not what the others are told by.
    #expect((scale(20).lower, scale(20).upper) == (0, 9))
    // Where a pixel stands for four values their mean counts.
    #expect(scale(10).upper > 100 && scale(10).upper < 1000)
    #expect(scale(20).color(of: 1000) == scale(20).color(of: 9))
  }

  /// One channel has one scale on all screens; where a pixel shows a mean of values, its bar says so.
  @Test func aChannelHasOneScale() throws {
    var state = try Fixture.state(width: 120, height: 40)
    _ = reduce(&state, .layerSelected(4))
    let output = try #require(state.core.output)
    let channel = state.core.channel
    let own = output.plane(channel).values.filter(\.isFinite).sorted()
    let side = output.shape.width
    func bar(_ width: Int) throws -> (scale: HeatScale, text: String) {
      var frame = Frame(size: Size(width: width, height: width / 2 + 4))
      frame.cells.capabilities = state.view.capabilities
      let scale = try #require(
        ChannelPane(core: state.core).draw(in: frame.area, of: &frame) { _, _ in nil })
      return (scale, frame.cells.text)
    }
    for width in [2 * side, 2 * side + 7, 90] {
      let (scale, text) = try bar(width)
      #expect(scale.upper == own[own.count - 1 - (own.count - 1) / 100], "\(width)")
      #expect(!text.contains("means"))
    }
    let whole = try bar(90).scale
    let statistics = try #require(state.core.statistics)
    func thumbnails(_ width: Int) -> Thumbnails {
      Thumbnails(
        output, statistics: statistics, size: Size(width: width, height: width / 2),
        core: state.core)
    }
    #expect(thumbnails(2 * side).scale(of: channel).upper == whole.upper)
    #expect(
      thumbnails(2 * side).range(of: channel) == "channel \(channel), 1–99%; each has its own")
    // A pixel for three by three values.
    #expect(thumbnails(side / 3).scale(of: channel).upper < whole.upper)
    #expect(thumbnails(side / 3).range(of: channel).contains("1–99% of 3×3 means"))
  }

  @Test(arguments: [
    Size(width: 1, height: 2), Size(width: 4, height: 12), Size(width: 4, height: 8),
  ])
  func valuesAreOfOneSizeWhereThatCostsLittle(density: Size) {
    for (side, width, height) in [(14, 60, 30), (7, 60, 30), (56, 60, 30), (14, 37, 20)] {
      let grid = PixelGrid(
        sourceWidth: side, sourceHeight: side, in: Rect(x: 0, y: 0, width: width, height: height),
        density: density)
      #expect(grid.area.width <= width && grid.area.height <= height)
      let edges = (0..<side).map { grid.pixelColumns($0..<$0 + 1).count }
      let most = Double(min(width, height * 2) * density.width)
      if Set(edges).count == 1 {
        #expect(grid.width == edges[0] * side)
        #expect(Double(grid.width * grid.width) >= 0.79 * most * most)
      } else {
        // What is not whole is blended: no value has more than its share.
        let plane = Plane(height: 1, width: side, values: (0..<side).map { Float($0 % 2) })
        let values = Resampling.values(of: plane, to: Size(width: grid.width, height: 1))
        let mean = values.reduce(0, +) / Float(grid.width)
        #expect(abs(mean - Float(side / 2) / Float(side)) < 0.01)
      }
    }
  }

  @Test func withFewColoursTheSignCanStillBeTold() throws {
    func color(_ depth: Capabilities.ColorDepth, _ value: Float) throws -> Color {
      var view = ViewSettings()
      view.capabilities.colors = depth
      return try #require(HeatScale(view, shown: [-2, 2], layer: -2...2).color(of: value))
    }
    // Without colours, more and more ink from the smallest to the largest value.
    let inks = try [-2, -1, 0, 1, 2].map { try color(.none, $0).lightness }
    #expect(inks == inks.sorted() && Set(inks).count == 5)
    // With eight, the more ink the further from zero, in two colours.
    #expect(try color(.ansi16, 0).lightness < 0.01)
    #expect(try color(.ansi16, 2).lightness > color(.ansi16, 1).lightness)
    #expect(try color(.ansi16, -2).lightness > color(.ansi16, -1).lightness)
    #expect(try color(.ansi16, 1).red > color(.ansi16, 1).blue)
    #expect(try color(.ansi16, -1).blue > color(.ansi16, -1).red)
    // Equally far from zero is equally much ink, up to almost the most there is.
    #expect(abs(try color(.ansi16, 2).lightness - color(.ansi16, -2).lightness) < 0.01)
    #expect(try color(.ansi16, 2).lightness > 0.75)
    // Little is still something.
    #expect(try AsciiRamp.character(at: color(.ansi16, 0.01).lightness) != " ")
  }
}
