import Cells
import MobileNet
import Research
import Tensors
import Testing

@testable import Explorer

/// What the colours of a heatmap span.
@Suite struct HeatScaleTests {
  @Test func aFixedRangeIsTheSameForAllLayersAndPhotosAndSaysWhy() throws {
    var state = try Fixture.state(width: 120, height: 40)
    _ = reduce(&state, .layerSelected(4))
    while state.view.range != .fixed { _ = reduce(&state, .rangeCycled) }
    let trace = try #require(state.run).trace
    // ReLU has no end of its own: it is the largest value that any layer with one made.
    let largest = (0..<27).flatMap { trace.output(at: $0).values }.max() ?? 0
    let end = max(1, largest.rounded(.up))
    func scale() throws -> HeatScale { try #require(ChannelPane(core: state.core).scale) }
    for layer in [0, 4, 26, 27] {
      _ = reduce(&state, .layerSelected(layer))
      #expect(try (scale().lower, scale().upper) == (0, end))
      #expect(render(state).cells.text.contains("scale: fixed, all layers"))
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

  @Test func relu6EndsAFixedRange() throws {
    let trace = try Fixture.shared().run.trace
    let architecture = Architecture(width: 0.25, classes: 10, activation: .relu6)
    #expect(FixedRange(trace, of: architecture) == .cut(6))
    #expect(FixedRange(trace, of: architecture).name == "fixed, ReLU6")
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
