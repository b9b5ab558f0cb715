import MobileNet
import Reports

extension Walkthrough {
  /// The layer, and the value that it is explained with.
  public var title: String {
    let name = "\(layer.name), \(layer.kind.rawValue): "
    guard layer.output.places > 1 else { return name + channelName }
    return name + "row \(row), column \(column), \(channelName)"
  }

  /// The steps from the first question to the recorded value, and what the whole layer costs.
  public var steps: [Step] {
    var steps = [
      Step(.question, "How many multiplications does this one number need?", termsDone: 0),
      Step(.answer, costOfOne, termsDone: 0),
    ]
    for range in ranges {
      steps.append(
        Step(
          .terms(range), text(of: range), termsDone: range.upperBound, question: question(range)))
    }
    let count = terms.count
    if let bias {
      let text =
        "The bias is added: \(number(terms.last?.sum ?? 0)) + \(number(Double(bias))) = "
        + "\(number(sum))"
      steps.append(
        Step(
          .bias, text, termsDone: count,
          question: "The sum is \(number(terms.last?.sum ?? 0)), and the bias "
            + "\(number(Double(bias))). What do they make?"))
    }
    if let question = endingQuestion {
      steps.append(Step(.question, question, termsDone: count))
    }
    if let text = endingText { steps.append(Step(.ending, text, termsDone: count)) }
    steps.append(Step(.recorded, recordedText, termsDone: count))
    steps.append(Step(.question, "And how many for the whole layer?", termsDone: count))
    steps.append(Step(.recorded, costOfAll, termsDone: count))
    return steps
  }

  /// A number on the way to the result.
  public func number(_ value: Double) -> String { NumberText.fixed(value, min(digits, 4)) }

  /// A number with as many digits as the computed and the recorded value have in common.
  public func exact(_ value: Double) -> String { NumberText.fixed(value, digits) }

  /// The terms one by one while they are few, then more and more at a time.
  private var ranges: [Range<Int>] {
    var ranges: [Range<Int>] = []
    var first = 0
    while first < terms.count {
      let length = terms.count <= 27 || first < 9 ? 1 : max(1, first / 2)
      ranges.append(first..<min(first + length, terms.count))
      first += length
    }
    return ranges
  }

  private var costOfOne: String {
    let channels = layer.input.channels
    let inputs = NumberText.grouped(channels)
    return switch layer.kind {
    case .convolution:
      "\(layer.weightsPerOutput): a window of 3×3 places, and in each of them "
        + "\(channels) \(channels == 1 ? "colour" : "colours")."
    case .depthwise:
      "9: a window of 3×3 places of channel \(channel) alone. The other \(channels - 1) channels "
        + "are not read."
    case .pointwise:
      "\(inputs): one place, and each of its \(inputs) channels with a weight of its own."
    case .averagePooling:
      "None: the \(layer.input.places) values of channel \(channel) are added up, and the sum is "
        + "divided by \(layer.input.places)."
    case .fullyConnected where layer.isActivated:
      "\(inputs): each of the \(inputs) channels with a weight of its own."
    case .fullyConnected:
      "\(inputs): each of the \(inputs) channels with a weight that says how much it speaks for "
        + "this class, or against it."
    case .sigmoid:
      "None, but one power: 1 / (1 + exp(-x)) makes a probability of this class's sum alone."
    case .maxPooling:
      "None: of the \(terms.count) values in the window, the largest is kept."
    case .addition, .concatenation:
      "None: the inputs are joined as they are."
    case .softmax:
      "None, but \(inputs) powers: exp makes every class's sum positive, and their shares add up "
        + "to 1."
    }
  }

  /// What can be asked before a term; nil where there are too many to be guessed.
  private func question(_ range: Range<Int>) -> String? {
    guard range.count == 1, let term = terms[range].first, let weight = term.weight else {
      return nil
    }
    let before = range.lowerBound == 0 ? 0 : terms[range.lowerBound - 1].sum
    return "\(place(of: term)): \(number(Double(term.value))) · \(number(Double(weight))) = ? "
      + "The sum was \(number(before))."
  }

  private func text(of range: Range<Int>) -> String {
    let isLast = range.upperBound == terms.count
    guard range.count == 1, let term = terms[range].first else {
      let amount = terms[range].reduce(0) { $0 + $1.amount }
      let rest = isLast ? "the last" : "the next"
      return "\(rest) \(range.count) of \(NumberText.grouped(terms.count)) add \(number(amount)): "
        + "sum \(number(terms[range.upperBound - 1].sum))"
    }
    return "\(place(of: term)): \(product(of: term)), sum \(number(term.sum))"
  }

  /// Where a term reads: `row 3, column 5`, or the channel where there is a single place.
  public func place(of term: Term) -> String {
    switch layer.kind {
    case .convolution: "row \(term.row), column \(term.column), \(sourceName(of: term))"
    case .depthwise, .averagePooling, .maxPooling: "row \(term.row), column \(term.column)"
    case .pointwise, .fullyConnected, .addition, .concatenation: "channel \(term.channel)"
    case .softmax, .sigmoid: sourceName(of: term)
    }
  }

  /// The arithmetic of a term: `1.25 · -0.5 = -0.625`.
  public func product(of term: Term) -> String {
    if term.isPadding { return "outside of the input, so zero" }
    if let weight = term.weight {
      return "\(number(Double(term.value))) · \(number(Double(weight))) = \(number(term.amount))"
    }
    if case .share = ending {
      return "exp(\(number(Double(term.value))) - \(number(largestInput))) = \(number(term.amount))"
    }
    return number(term.amount)
  }

  /// The largest of the sums that softmax gets, which is taken off all of them.
  private var largestInput: Double { Double(terms.map(\.value).max() ?? 0) }

  private var endingQuestion: String? {
    switch ending {
    case .activation(let activation):
      "\(activation.name) comes last. What does it make of \(number(sum))?"
    case .none, .mean, .share, .sigmoid: nil
    }
  }

  /// What is done with the sum, in a line; nil where nothing is.
  public var endingText: String? {
    switch ending {
    case .activation(let activation):
      let why =
        sum < 0
        ? "negative sums become 0"
        : sum > Double(activation.ceiling)
          ? "no more than 6 passes"
          : "positive sums stay"
      return "\(activation.name)(\(exact(sum))) = \(exact(result)): \(why)."
    case .none: return nil
    case .mean(let count): return "\(number(sum)) / \(count) = \(exact(result))"
    case .share(let power): return "\(number(power)) / \(number(sum)) = \(exact(result))"
    case .sigmoid: return "1 / (1 + exp(\(number(-sum)))) = \(exact(result))"
    }
  }

  /// What the network recorded, and whether it is the same.
  public var recordedText: String {
    let value = exact(Double(recorded))
    return commonDigits != nil
      ? "The network recorded \(value): the same number."
      : "The network recorded \(value), which is not the same."
  }

  private var costOfAll: String {
    guard layer.hasWeights else {
      return "Not one: \(NumberText.grouped(layer.output.count)) values, no weights."
    }
    return
      "\(NumberText.grouped(layer.weightsPerOutput)) for each of \(layer.output) values: "
      + "\(NumberText.grouped(layer.multiplyAdds)) multiply-adds."
  }
}
