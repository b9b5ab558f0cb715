extension LessonScript {
  /// Returns the errors of the lines that use names or charts that the topic's `facts` lack.
  public func problems(with facts: Facts) -> [ScriptError] {
    check(title.sentence.names, facts, line: title.line) + problems(in: blocks, with: facts)
  }

  private func problems(in blocks: [Block], with facts: Facts) -> [ScriptError] {
    blocks.flatMap { block -> [ScriptError] in
      switch block {
      case .said(let line):
        return check(line.sentence.names + line.conditions.map(\.name), facts, line: line.line)
          + line.conditions.flatMap { check($0, facts, line: line.line) }
          + (line.charts ?? []).filter { facts.charts[$0] == nil }.map {
            ScriptError(
              file: file, line: line.line,
              problem: .unknownChart($0, known: facts.charts.keys.sorted()))
          }
      case .each(let name, let inner, let line):
        guard let value = facts.values[name] else { return check([name], facts, line: line) }
        guard case .list(let items) = value else {
          return [
            ScriptError(
              file: file, line: line, problem: .noList(name, known: facts.lists.sorted()))
          ]
        }
        // An empty list does not tell which names its items would have.
        return items.first.map { problems(in: inner, with: $0.over(facts)) } ?? []
      }
    }
  }

  /// The values that `condition` compares and that nothing can ever have.
  private func check(_ condition: Condition, _ facts: Facts, line: Int) -> [ScriptError] {
    let name = condition.name
    let problems: [ScriptProblem]
    switch facts.values[name] {
    case .flag where !condition.values.isEmpty, .list where !condition.values.isEmpty:
      problems = [.noValue(name)]
    default:
      let known = facts.choices[name]
      problems = condition.values.filter { known?.contains($0) == false }
        .map { .unknownValue($0, of: name, known: known ?? []) }
    }
    return problems.map { ScriptError(file: file, line: line, problem: $0) }
  }

  private func check(_ names: [String], _ facts: Facts, line: Int) -> [ScriptError] {
    names.filter { facts.values[$0] == nil }.map {
      ScriptError(
        file: file, line: line,
        problem: .unknownName($0, known: facts.values.keys.sorted()))
    }
  }
}

extension Facts {
  /// The names of its lists.
  fileprivate var lists: [String] {
    values.keys.filter { if case .list = values[$0] { true } else { false } }
  }
}
