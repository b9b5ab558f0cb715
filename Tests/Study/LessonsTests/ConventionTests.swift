import MobileNet
import Reports
import Tensors
import Testing

@testable import Lessons

/// Padding, activation and what a cell sees.
@Suite struct ConventionTests {
  @Test(arguments: [Padding.symmetric, .same])
  func eitherPaddingMakesWhatTheLayerWouldMake(padding: Padding) throws {
    let example = try Example(Architecture(width: 0.25, classes: 10, padding: padding))
    let exchanged = example.checkpoint.exchanging(.padding)
    #expect(exchanged.architecture.padding != padding)
    let positions = example.trace.layers.indices.filter {
      Topic.padding.isAbout(example.trace.layers[$0])
    }
    #expect(positions == [0, 3, 7, 11, 23])
    for position in positions {
      let output = example.trace.layers[position].output
      for (row, column) in [(0, 0), (output.height - 1, output.width - 1), (1, 0)] {
        let subject = try example.subject(
          .padding, position: position, row: row, column: column, channel: 2)
        let lesson = try #require(Topic.padding.lesson(about: subject) as? PaddingLesson)
        let own = Independent(
          trace: example.trace, checkpoint: example.checkpoint, position: position)
        let other = Independent(
          trace: example.trace, checkpoint: exchanged, position: position)
        #expect(abs(lesson.windows.own.result - own.value(row, column, 2)) < 1e-9)
        #expect(abs(lesson.windows.other.result - other.value(row, column, 2)) < 1e-9)
        #expect(lesson.windows.own.rows.lowerBound == 2 * row - (padding == .same ? 0 : 1))
        let text = lesson.steps[3].text
        let isSame = abs(lesson.windows.own.result - lesson.windows.other.result) < 5e-5
        // Another place of the channel may show it.
        #expect(
          (text.contains("changes no value") || text.contains("it changes most at")) == isSame,
          "\(text)")
        guard !isSame else { continue }
        let stated = numbers(in: text)
        #expect(abs(stated[5] - other.value(row, column, 2)) < 1e-4, "\(text)")
        #expect(abs(try #require(stated.last) - own.value(row, column, 2)) < 1e-4)
        // The first layer reads the photo whatever the padding.
        if position == 0 {
          let recorded = try #require(subject.other).trace.output(at: 0)[row, column, 2]
          #expect(abs(lesson.windows.other.result - Double(recorded)) < 1e-4)
        }
      }
    }
  }

  /// Even sides, odd ones, one of either, and layers behind that differ from the first.
  @Test(
    arguments: [
      Resolution(side: 96), 75, 33, 150, Resolution(height: 96, width: 75),
      Resolution(height: 75, width: 96), Resolution(height: 150, width: 64),
    ], [Padding.symmetric, .same])
  func theWordsFollowTheSides(resolution: Resolution, padding: Padding) throws {
    let example = try Example(
      Architecture(width: 0.25, classes: 10, padding: padding), resolution: resolution)
    let layers = example.trace.layers
    let strided = layers.indices.filter { Topic.padding.isAbout(layers[$0]) }
    func isEven(_ count: Int) -> Bool { count % 2 == 0 }
    let moved = strided.count {
      isEven(layers[$0].input.height) || isEven(layers[$0].input.width)
    }
    for position in strided {
      let input = layers[position].input
      let (rows, columns) = (isEven(input.height), isEven(input.width))
      var subject = try example.subject(.padding, position: position, row: 0, column: 0, channel: 2)
      let lesson = try #require(Topic.padding.lesson(about: subject) as? PaddingLesson)
      let said = lesson.steps.map(\.text)
      #expect(said.count == 6)
      #expect(
        said[0].contains("\(input.width)") == (input.height != input.width) || rows == columns)
      // Padded before, the first window begins one place earlier.
      #expect(lesson.windows.own.rows.lowerBound == (rows && padding == .same ? 0 : -1))
      #expect(said[1].contains("it begins in row -1"))
      #expect(said[1].contains("row 0") == rows, "\(said[1])")
      #expect(said[1].contains("begins in column 0") == (!rows && columns), "\(said[1])")
      #expect(said[3].contains("just the same") == (!rows && !columns), "\(said[3])")
      #expect(said[4].hasPrefix("Every stride-2 layer moves") == (moved == strided.count))
      #expect(said[4].contains("no stride-2 layer moves") == (moved == 0))
      #expect(
        said[4].contains("\(moved), move by one place") == (0 < moved && moved < strided.count))
      let isSame = said[5].hasPrefix("Still ") && said[5].contains("5 of the former top 5")
      #expect(isSame || moved > 0, "\(said[5])")
      for language in LessonLibrary.languages {
        subject.language = language
        let lesson = try #require(Topic.padding.lesson(about: subject))
        #expect(lesson.script.problems(with: lesson.facts).isEmpty && lesson.steps.count == 6)
        for step in lesson.steps {
          #expect(!step.text.contains { "{}–".contains($0) }, "\(step.text)")
          let text = (step.isQuestion ? "? " : "") + step.text
          #expect(text.wrapped(to: 110).count <= 2, "\(text)")
        }
      }
    }
  }

  @Test(arguments: Convention.allCases, [(Padding.symmetric, Activation.relu), (.same, .relu6)])
  func theAnswersAreThoseOfTheTwoNetworks(
    convention: Convention, trained: (padding: Padding, activation: Activation)
  ) throws {
    let (padding, activation) = trained
    let example = try Example(
      Architecture(width: 0.25, classes: 10, padding: padding, activation: activation))
    let topic = try #require(Topic.allCases.first { $0.convention == convention })
    let subject = try example.subject(topic, position: 0, row: 3, column: 4, channel: 1)
    let lesson = try #require(topic.lesson(about: subject) as? any ConventionLesson)
    let exchanged =
      convention == .padding
      ? Architecture(
        width: 0.25, classes: 10, padding: padding == .same ? .symmetric : .same,
        activation: activation)
      : Architecture(
        width: 0.25, classes: 10, padding: padding,
        activation: activation == .relu ? .relu6 : .relu)
    let weights = Dictionary(
      uniqueKeysWithValues: example.trace.layers.compactMap { layer in
        example.checkpoint.weights(of: layer).map { (layer.name, $0) }
      })
    let other = try Example(
      exchanged,
      checkpoint: Checkpoint(
        name: "other", architecture: exchanged, weights: weights, preprocessing: .torchvision))
    for (chart, trace) in zip(lesson.answers, [example.trace, other.trace]) {
      let expected = trace.output(at: 29).values.enumerated().sorted { $0.element > $1.element }
      #expect(chart.rows.map(\.name) == expected.prefix(5).map { "class \($0.offset)" })
      #expect(chart.rows.compactMap(\.value) == expected.prefix(5).map { Double($0.element) })
    }
    #expect(lesson.answers.count == 2)
    let text = try #require(lesson.steps.last).text
    let best = lesson.answers.map { ($0.rows[0].name, $0.rows[0].text) }
    #expect(text.contains(best[0].1) && text.contains(best[1].1))
    #expect(text.hasPrefix(best[0].0 == best[1].0 ? "Still " : "Now "))
    let kept = Set(lesson.answers[0].rows.map(\.name))
      .intersection(lesson.answers[1].rows.map(\.name)).count
    #expect(text.contains("\(kept) of the former top 5 remain"))
  }

  @Test(arguments: [Activation.relu, .relu6])
  func whatIsCutOffIsCountedInWhatWasRecorded(activation: Activation) throws {
    let example = try Example(
      Architecture(width: 0.25, classes: 10, activation: activation))
    let withReLU = try Network(
      activation == .relu
        ? example.checkpoint : example.checkpoint.exchanging(.activation), resolution: 96,
      threads: 1
    ).run(example.trace.input)
    for position in [0, 3, 4, 26] {
      let subject = try example.subject(
        .activation, position: position, row: 1, column: 2, channel: 3)
      let lesson = try #require(
        Topic.activation.lesson(about: subject) as? ActivationLesson)
      let values = example.trace.output(at: position).values
      #expect(lesson.negative == values.count { $0 == 0 })
      #expect(lesson.large == values.count { activation == .relu ? $0 > 6 : $0 == 6 })
      let steps = lesson.steps
      #expect(numbers(in: steps[3].text).first == Double(lesson.negative))
      #expect(numbers(in: steps[5].text).first == Double(lesson.large))
      #expect(numbers(in: steps[2].text).first == Double(values.count))
      let limits = (min: 0.0, max: activation == .relu ? Double.infinity : 6)
      let made = min(max(lesson.sum, limits.min), limits.max)
      #expect(abs(made - Double(lesson.recorded)) < 1e-5)
      // The share of every layer's values above 6, counted in a run with ReLU.
      let chart = try #require(steps[5].charts.last)
      #expect(chart.rows.count == 27)
      for (row, other) in zip(chart.rows, 0..<27) {
        let values = withReLU.output(at: other).values
        #expect(row.value == Double(values.count { $0 > 6 }) / Double(values.count))
      }
    }
  }

  @Test(arguments: [Padding.symmetric, .same])
  func whatACellSeesIsWhatReachesIt(padding: Padding) throws {
    let layers = Architecture(width: 0.25, padding: padding).layers(resolution: 96)
    for (position, row, column) in [(0, 0, 47), (6, 11, 3), (14, 2, 5), (26, 1, 2), (27, 0, 0)] {
      let lesson = try FieldLesson(
        layers, position: position, row: row, column: column, script: .bundled(.field))
      #expect(lesson.cell(of: position) == (row, column))
      for other in layers.indices {
        let cell = lesson.cell(of: other)
        let seen = lesson.seen(by: other)
        #expect(seen.rows == reached(from: cell.row, layer: other, layers, padding))
        #expect(seen.columns == reached(from: cell.column, layer: other, layers, padding))
      }
    }
  }

  @Test func theStepsSayWhatIsDrawn() throws {
    let layers = Architecture().layers(resolution: 224)
    let lesson = try FieldLesson(
      layers, position: 2, row: 50, column: 60, script: .bundled(.field))
    var told = 0
    for step in lesson.steps {
      guard case .layer(let position) = step.part else { continue }
      let formula = step.text.split(separator: ":", maxSplits: 1).last ?? ""
      let stated = numbers(in: String(formula))
      if layers[position].kernelSide == 3 {
        // before + 2·step = side
        #expect(stated[0] + stated[1] * stated[2] == stated[3], "\(step.text)")
        #expect(Int(stated[3]) == lesson.fields[position].side)
        told += 1
      }
      let chart = try #require(step.charts.first)
      let sides = chart.rows.compactMap(\.value).map { Int($0) }
      #expect(sides == lesson.fields[...position].map(\.side))
      #expect(chart.lit == position)
    }
    #expect(told == 14)
    #expect(lesson.steps.askingFirst.count { $0.part == .question } == 14)
    #expect(lesson.fields[27].side == 507)
  }

  /// The rows of the input that a row of a layer is made of, found by walking back.
  private func reached(
    from index: Int, layer position: Int, _ layers: [Layer], _ padding: Padding
  ) -> Range<Int> {
    var rows = [index]
    for layer in layers[...position].reversed() {
      switch layer.kind {
      case .convolution, .depthwise:
        let before = layer.stride == 2 && padding == .same ? 0 : 1
        rows = rows.flatMap { row in (0..<3).map { row * layer.stride - before + $0 } }
          .filter { 0..<layer.input.height ~= $0 }
      case .averagePooling: rows = Array(0..<layer.input.height)
      default: break
      }
      rows = Array(Set(rows))
    }
    return (rows.min() ?? 0)..<(rows.max() ?? 0) + 1
  }
}
