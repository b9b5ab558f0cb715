import MobileNet
import Reports
import Tensors

/// Makes quiz questions out of a run, at random.
struct QuestionSource {
  let trace: Trace
  let checkpoint: Checkpoint
  var numbers: SplitMix64

  private var layers: [Layer] { trace.layers }

  mutating func question(_ skill: Quiz.Skill, words: QuizWords) -> Quiz.Question {
    let draft =
      switch skill {
      case .shape: shape()
      case .parameters: parameters()
      case .multiplyAdds: multiplyAdds()
      case .value: value()
      case .activation: activation()
      case .field: field()
      case .width: width()
      case .resolution: resolution()
      case .ratio: ratio()
      }
    var choices = [draft.right]
    for wrong in draft.wrong where choices.count < 4 && !choices.contains(wrong) {
      choices.append(wrong)
    }
    choices.shuffle(using: &numbers)
    return Quiz.Question(
      skill: skill, text: words.said("ask-\(draft.key)", draft.facts),
      choices: choices.map(words.number), answer: choices.firstIndex(of: draft.right) ?? 0,
      reason: words.said("because-\(draft.key)", draft.facts), layer: draft.facts["layer"])
  }

  /// A question without its words and the order of its choices.
  private struct Draft {
    let key: String
    let facts: [String: String]
    let right: String
    /// The results of common mistakes, the commonest first; at least three differ from each other.
    let wrong: [String]
  }

  // MARK: Shapes and costs

  private mutating func shape() -> Draft {
    let layer = pick { $0.kernelSide == 3 || $0.kind == .pointwise }
    let (input, output) = (layer.input, layer.output)
    func text(_ places: Shape, _ channels: Int) -> String {
      "\(places.height)×\(places.width)×\(channels)"
    }
    func changed(_ side: (Int) -> Int) -> Shape {
      Shape(height: side(output.height), width: side(output.width), channels: output.channels)
    }
    return Draft(
      key: layer.kind == .depthwise ? "shape-depthwise" : "shape",
      facts: [
        "layer": layer.name, "kind": layer.kind.rawValue, "input": "\(input)",
        "output": "\(output)", "stride": "\(layer.stride)", "filters": "\(output.channels)",
      ],
      right: text(output, output.channels),
      wrong: [
        layer.stride > 1
          ? text(input, output.channels)
          : text(changed { $0 / 2 }, output.channels),
        text(output, layer.kind == .depthwise ? 2 * input.channels : input.channels),
        text(output, 9 * output.channels), text(changed { max($0 - 2, 1) }, output.channels),
      ])
  }

  private mutating func parameters() -> Draft {
    let layer = pick { $0.hasWeights }
    let (m, n) = (layer.input.channels, layer.output.channels)
    return Draft(
      key: "parameters-\(family(of: layer))", facts: facts(of: layer),
      right: NumberText.grouped(layer.parameters),
      wrong: [
        layer.parameters - n, (9 * m + 1) * n, layer.weightsPerOutput + 1,
        layer.parameters * max(layer.output.places, 2), 2 * layer.parameters,
      ].map { NumberText.grouped($0) })
  }

  private mutating func multiplyAdds() -> Draft {
    let layer = pick { $0.hasWeights && $0.output.places > 1 }
    return Draft(
      key: "work-\(family(of: layer))", facts: facts(of: layer),
      right: NumberText.grouped(layer.multiplyAdds),
      wrong: [
        layer.weightsPerOutput * layer.output.channels,
        layer.kernelSide == 3 ? layer.multiplyAdds / 9 : 9 * layer.multiplyAdds,
        layer.weightsPerOutput * layer.output.places, 2 * layer.multiplyAdds,
      ].map { NumberText.grouped($0) })
  }

  private func family(of layer: Layer) -> String { layer.kernelSide == 3 ? "window" : "mix" }

  private func facts(of layer: Layer) -> [String: String] {
    [
      "layer": layer.name, "kind": layer.kind.rawValue, "input": "\(layer.input)",
      "output": "\(layer.output)", "outputs": "\(layer.output.channels)",
      "weights": NumberText.grouped(layer.weightsPerOutput),
      "values": NumberText.grouped(layer.output.count),
      "parameters": NumberText.grouped(layer.parameters),
      "multiply-adds": NumberText.grouped(layer.multiplyAdds),
    ]
  }

  // MARK: Values of this photo

  private mutating func value() -> Draft {
    let position = pickPosition { $0.kind == .depthwise && $0.output.height > 2 }
    let layer = layers[position]
    let row = Int.random(in: 1..<layer.output.height - 1, using: &numbers)
    let column = Int.random(in: 1..<layer.output.width - 1, using: &numbers)
    let weights = checkpoint.weights(of: layer)
    let source = TermSource(
      layer: layer, input: trace.input(at: position), weights: weights)
    func terms(_ channel: Int) -> [Term] {
      source.terms(row: row, column: column, channel: channel)
    }
    // Prefer a channel with a value above zero there, if a few tries find one, and never ask about
    // nothing but zeros where another channel reads something.
    var channel = 0
    for _ in 0..<50 {
      channel = Int.random(in: 0..<layer.output.channels, using: &numbers)
      if trace.output(at: position)[row, column, channel] > 0.1,
        terms(channel).contains(where: { $0.value != 0 })
      {
        break
      }
    }
    if terms(channel).allSatisfy({ $0.value == 0 }) {
      let others = 0..<layer.output.channels
      channel = others.first { terms($0).contains { $0.value != 0 } } ?? channel
    }
    let read = terms(channel)
    let bias = Double(weights?.biases[channel] ?? 0)
    let products = read.reduce(0) { $0 + $1.amount }
    let recorded = Double(trace.output(at: position)[row, column, channel])
    let ceiling = Double(checkpoint.architecture.activation.ceiling)
    func two(_ number: Double) -> String { NumberText.fixed(number, 2) }
    func grid(_ values: [Double]) -> String {
      stride(from: 0, to: 9, by: 3).map { first in
        values[first..<first + 3].map { two($0).padded(left: 7) }.joined()
      }.joined(separator: "\n")
    }
    let patch = read.map { Double($0.value) }
    return Draft(
      key: "value",
      facts: [
        "layer": layer.name, "row": "\(row)", "column": "\(column)", "channel": "\(channel)",
        "patch": grid(patch), "kernel": grid(read.map { Double($0.weight ?? 0) }),
        "bias": two(bias), "activation": checkpoint.architecture.activation.name,
        "products": two(products), "sum": two(products + bias), "recorded": two(recorded),
      ],
      right: two(recorded),
      wrong: [
        two(products + bias < 0 ? products + bias : -recorded - 0.5),
        two(min(max(products - bias, 0), ceiling) + (bias == 0 ? 1 : 0)),
        two(patch.reduce(0, +)), two(recorded / 2 + 0.75), two(recorded + 2.5),
      ])
  }

  private mutating func activation() -> Draft {
    let activation = checkpoint.architecture.activation
    // Sums as this network makes them: below zero, in between, above 6.
    let sums = [-4.25, -1.5, -0.75, 0.5, 2.25, 4.75, 6.5, 7.25, 9.5]
    let sum = sums[Int.random(in: 0..<sums.count, using: &numbers)]
    let layer = pick { $0.isActivated }
    let made = min(max(sum, 0), Double(activation.ceiling))
    func text(_ number: Double) -> String { NumberText.trimmed(number, digits: 2) }
    return Draft(
      key: "activation",
      facts: [
        "layer": layer.name, "activation": activation.name, "sum": text(sum),
        "result": text(made),
      ],
      right: text(made),
      wrong: [text(sum), text(min(max(sum, 0), 6)), text(sum.magnitude), "1", "0", "6"])
  }

  private mutating func field() -> Draft {
    let fields = layers.receptiveFields()
    let position = pickPosition { $0.kernelSide == 3 && $0.index > 1 }
    let (before, own) = (fields[position - 1], fields[position])
    return Draft(
      key: "field",
      facts: [
        "layer": layers[position].name, "before": "\(before.side)", "step": "\(before.step)",
        "side": "\(own.side)",
      ],
      right: "\(own.side)×\(own.side)",
      wrong: [before.side + 2, 3 * before.side, before.side + before.step, before.side].map {
        "\($0)×\($0)"
      })
  }

  // MARK: Width, resolution and replacement

  private mutating func width() -> Draft {
    let layer = pick { $0.kind == .pointwise && $0.input.channels.isMultiple(of: 2) }
    let half = layer.multiplyAdds / 4
    return Draft(
      key: "width", facts: facts(of: layer).merging(["half": NumberText.grouped(half)]) { $1 },
      right: NumberText.grouped(half),
      wrong: [layer.multiplyAdds / 2, layer.multiplyAdds, layer.multiplyAdds / 8].map {
        NumberText.grouped($0)
      })
  }

  private mutating func resolution() -> Draft {
    let layer = pick {
      $0.isActivated && $0.output.height.isMultiple(of: 2) && $0.output.width.isMultiple(of: 2)
    }
    func text(_ parameters: Int, _ work: Int) -> String {
      "\(NumberText.grouped(parameters)); \(NumberText.grouped(work))"
    }
    let (parameters, work) = (layer.parameters, layer.multiplyAdds)
    return Draft(
      key: "resolution", facts: facts(of: layer),
      right: text(parameters, work / 4),
      wrong: [
        text(parameters / 4, work / 4), text(parameters, work / 2), text(parameters / 2, work / 2),
      ])
  }

  private mutating func ratio() -> Draft {
    let position = pickPosition { $0.kind == .depthwise }
    let outputs = layers[position + 1].output.channels
    func text(_ number: Double) -> String { NumberText.percent(number, digits: 1) }
    let right = 1 / Double(outputs) + 1 / 9
    return Draft(
      key: "ratio",
      facts: [
        "depthwise": layers[position].name, "pointwise": layers[position + 1].name,
        "outputs": "\(outputs)", "ratio": text(right),
      ],
      right: text(right), wrong: [text(1 / 9.0 / 9), text(1 / 3.0), text(right / 2), text(0.5)])
  }

  // MARK: Random choices

  private mutating func pick(_ isMeant: (Layer) -> Bool) -> Layer {
    layers[pickPosition(isMeant)]
  }

  private mutating func pickPosition(_ isMeant: (Layer) -> Bool) -> Int {
    let found = layers.indices.filter { isMeant(layers[$0]) }
    return found.randomElement(using: &numbers) ?? 0
  }
}
