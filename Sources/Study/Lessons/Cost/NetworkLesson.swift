import MobileNet
import Reports

/// Where a network's parameters and its time go, and the network against itself with standard
/// convolutions.
public struct NetworkLesson: Lesson {
  /// The sums.
  public let bill: NetworkBill
  /// The times of pairs and of what they replace, by the name of the depthwise layer.
  public let measured: [String: ReplacementTimes]
  private let name: String

  /// Explains `bill`, that of the network called `name`; `measured` grows while it is shown.
  public init(_ bill: NetworkBill, of name: String, measured: [String: ReplacementTimes]) {
    self.bill = bill
    self.name = name
    self.measured = measured
  }

  /// The layer, and the value that it is explained with.
  public var title: String {
    "\(name): \(NumberText.short(bill.parameters)) parameters, "
      + "\(NumberText.short(bill.multiplyAdds)) multiply-adds"
  }

  /// Questions and answers.
  public var steps: [Step] {
    [
      Step(.question, "Which kind of layer holds most of the parameters?"),
      Step(
        .answer, "\(leader(\.parameters)) Each pointwise weight is used at every place.",
        charts: [parameters]),
      Step(.question, "Which kind needs most of the multiply-adds?", charts: [parameters]),
      Step(.answer, leader(\.multiplyAdds), charts: [parameters, multiplyAdds]),
      Step(
        .question, "And which takes most of the time on this machine?",
        charts: [parameters, multiplyAdds]),
      Step(.answer, timeText, charts: [parameters, multiplyAdds, milliseconds]),
      Step(
        .question,
        "What would the same network cost with a standard convolution for each of its "
          + "\(bill.replacements.count) pairs?"),
      Step(.answer, costText, charts: comparison),
      Step(
        .answer, measuredText, charts: comparison + [measuredTimes]),
    ]
  }

  // MARK: By kind

  private var parameters: Chart {
    Chart(
      "parameters",
      bill.entries.filter { $0.parameters > 0 }.map {
        Chart.Row($0.kind.rawValue, Double($0.parameters), NumberText.short($0.parameters))
      })
  }

  private var multiplyAdds: Chart {
    Chart(
      "multiply-adds",
      bill.entries.filter { $0.multiplyAdds > 0 }.map {
        Chart.Row($0.kind.rawValue, Double($0.multiplyAdds), NumberText.short($0.multiplyAdds))
      })
  }

  private var milliseconds: Chart {
    Chart(
      "milliseconds",
      bill.entries.map {
        Chart.Row($0.kind.rawValue, $0.milliseconds, NumberText.fixed($0.milliseconds, 2))
      })
  }

  private func leader(_ path: KeyPath<NetworkBill.Entry, Int>) -> String {
    guard let first = bill.entries.max(by: { $0[keyPath: path] < $1[keyPath: path] }) else {
      return ""
    }
    let all = bill.entries.reduce(0) { $0 + $1[keyPath: path] }
    let share = Double(first[keyPath: path]) / Double(max(all, 1))
    return "The \(first.kind.rawValue) layers: \(NumberText.percent(share, digits: 1))."
  }

  private var timeText: String {
    let slowest = bill.entries.max { $0.milliseconds < $1.milliseconds }
    guard let slowest, let depthwise = bill.entries.first(where: { $0.kind == .depthwise }) else {
      return ""
    }
    let all = max(bill.milliseconds, .leastNormalMagnitude)
    let share = NumberText.percent(slowest.milliseconds / all, digits: 1)
    let time = NumberText.percent(depthwise.milliseconds / all, digits: 1)
    let work = NumberText.percent(
      Double(depthwise.multiplyAdds) / Double(bill.multiplyAdds), digits: 1)
    return "The \(slowest.kind.rawValue) layers: \(share). Depthwise layers do \(work) of the "
      + "multiply-adds in \(time) of the time: nine for each number they read, too few to keep "
      + "the arithmetic units busy."
  }

  // MARK: Against itself

  private var comparison: [Chart] {
    [
      pair("parameters of the whole", bill.standardParameters, bill.parameters),
      pair("multiply-adds of the whole", bill.standardMultiplyAdds, bill.multiplyAdds),
    ]
  }

  private func pair(_ title: String, _ standard: Int, _ own: Int) -> Chart {
    Chart(
      title,
      [
        Chart.Row("standard convolutions", Double(standard), NumberText.short(standard)),
        Chart.Row("MobileNet", Double(own), NumberText.short(own)),
      ])
  }

  private var times: ReplacementTimes { bill.times(measured) }

  private var measuredTimes: Chart {
    Chart(
      "milliseconds, measured",
      [
        Chart.Row("standard convolutions", times.standard, NumberText.fixed(times.standard, 2)),
        Chart.Row("MobileNet", times.separable, NumberText.fixed(times.separable, 2)),
      ])
  }

  private var costText: String {
    let times = Double(bill.standardMultiplyAdds) / Double(bill.multiplyAdds)
    return "\(NumberText.short(bill.standardMultiplyAdds)) multiply-adds instead of "
      + "\(NumberText.short(bill.multiplyAdds)), \(NumberText.fixed(times, 1)) times as many. The "
      + "paper (Howard et al. 2017, table 4) has 4,866 M against 569 M at width 1 and 224, and "
      + "71.7 % against 70.6 % on ImageNet."
  }

  private var measuredText: String {
    let (count, all) = (measured.count, bill.replacements.count)
    guard count == all else {
      return "Measuring: \(count) of \(all) pairs, each run in turns with what it replaced …"
    }
    let ratio = times.standard / max(times.separable, .leastNormalMagnitude)
    return "Measured pair by pair, the fastest of five runs each: "
      + "\(NumberText.fixed(times.standard, 2)) ms instead of "
      + "\(NumberText.fixed(times.separable, 2)) ms, \(NumberText.fixed(ratio, 1)) times as long."
  }
}
