import MobileNet
import Reports

/// A lesson on a network's parameters and time by kind of layer, and on the network against itself
/// with standard convolutions.
public struct NetworkLesson: Lesson {
  /// The sentences.
  public let script: LessonScript
  /// The costs of the network.
  public let bill: NetworkBill
  /// The times of pairs and of the convolutions that they replace, by the name of the depthwise
  /// layer.
  public let measured: [String: ReplacementTimes]
  private let name: String

  /// Explains `bill`, the costs of the network called `name`, in the words of `script`; `measured`
  /// grows while the lesson is shown.
  public init(
    _ bill: NetworkBill, of name: String, measured: [String: ReplacementTimes],
    script: LessonScript
  ) {
    self.bill = bill
    self.name = name
    self.measured = measured
    self.script = script
  }

  /// The facts that the script's sentences can use.
  public var facts: Facts {
    var facts = Facts()
    facts.set("network", verbatim: name)
    facts.set("parameters", NumberText.short(bill.parameters))
    facts.set("multiply-adds", NumberText.short(bill.multiplyAdds))
    facts.set("pairs", "\(bill.replacements.count)")
    setLeader("parameters", \.parameters, of: &facts)
    setLeader("multiply-adds", \.multiplyAdds, of: &facts)
    setTimes(of: &facts)
    facts.set("standard-multiply-adds", NumberText.short(bill.standardMultiplyAdds))
    facts.set(
      "work-ratio",
      NumberText.fixed(Double(bill.standardMultiplyAdds) / Double(bill.multiplyAdds), 1))
    facts.charts["parameters"] = chart("parameters", \.parameters)
    facts.charts["multiply-adds"] = chart("multiply-adds", \.multiplyAdds)
    facts.charts["times"] = Facts.ChartFact(
      title: "times",
      rows: bill.entries.map {
        (.word($0.kind.rawValue), $0.milliseconds, NumberText.fixed($0.milliseconds, 2))
      })
    facts.charts["whole-parameters"] = pair(
      "whole-parameters", Double(bill.standardParameters),
      NumberText.short(bill.standardParameters),
      Double(bill.parameters), NumberText.short(bill.parameters))
    facts.charts["whole-multiply-adds"] = pair(
      "whole-multiply-adds", Double(bill.standardMultiplyAdds),
      NumberText.short(bill.standardMultiplyAdds), Double(bill.multiplyAdds),
      NumberText.short(bill.multiplyAdds))
    return facts
  }

  // MARK: By kind

  private func chart(_ title: String, _ path: KeyPath<NetworkBill.Entry, Int>) -> Facts.ChartFact {
    Facts.ChartFact(
      title: title,
      rows: bill.entries.filter { $0[keyPath: path] > 0 }.map {
        (
          .word($0.kind.rawValue), Double($0[keyPath: path]), NumberText.short($0[keyPath: path])
        )
      })
  }

  /// Sets the facts on the kind with the largest share of a cost.
  private func setLeader(
    _ name: String, _ path: KeyPath<NetworkBill.Entry, Int>, of facts: inout Facts
  ) {
    let first = bill.entries.max { $0[keyPath: path] < $1[keyPath: path] }
    let all = Double(max(bill.entries.reduce(0) { $0 + $1[keyPath: path] }, 1))
    facts.set("\(name)-kind", kind: first?.kind)
    facts.set("\(name)-share", first.map { share(Double($0[keyPath: path]), of: all) })
  }

  private func share(_ part: Double, of all: Double) -> String {
    NumberText.percent(part / max(all, .leastNormalMagnitude), digits: 1)
  }

  // MARK: Against itself

  /// Sets the facts on the times by kind, and on those measured against standard convolutions.
  private func setTimes(of facts: inout Facts) {
    let slowest = bill.entries.max { $0.milliseconds < $1.milliseconds }
    let depthwise = bill.entries.first { $0.kind == .depthwise }
    facts.set("time-kind", kind: slowest?.kind)
    facts.set("time-share", slowest.map { share($0.milliseconds, of: bill.milliseconds) })
    facts.set("depthwise-time", depthwise.map { share($0.milliseconds, of: bill.milliseconds) })
    facts.set(
      "depthwise-work",
      depthwise.map { share(Double($0.multiplyAdds), of: Double(bill.multiplyAdds)) })
    let isMeasured = measured.count == bill.replacements.count
    let times = bill.times(measured)
    let (standard, own) = (
      NumberText.fixed(times.standard, 2), NumberText.fixed(times.separable, 2)
    )
    facts.flag("measured", isMeasured)
    facts.set("measured-pairs", "\(measured.count)")
    facts.set("standard-time", standard)
    facts.set("own-time", own)
    facts.set(
      "time-ratio",
      NumberText.fixed(times.standard / max(times.separable, .leastNormalMagnitude), 1))
    facts.charts["whole-times"] = pair(
      "whole-times", times.standard, standard, times.separable, own)
  }

  /// Returns the chart of a cost with standard convolutions, and of the network as it is.
  private func pair(
    _ title: String, _ standard: Double, _ standardText: String, _ own: Double, _ ownText: String
  ) -> Facts.ChartFact {
    Facts.ChartFact(
      title: title,
      rows: [(.word("standard"), standard, standardText), (.text("MobileNet"), own, ownText)])
  }
}
