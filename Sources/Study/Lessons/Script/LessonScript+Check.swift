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
          + (line.charts ?? []).filter { facts.charts[$0] == nil }.map {
            ScriptError(
              file: file, line: line.line,
              problem: .unknownChart($0, known: facts.charts.keys.sorted()))
          }
      case .each(let name, let inner, let line):
        let unknown = check([name], facts, line: line)
        // An empty list does not tell which names its items would have.
        guard case .list(let items) = facts.values[name], let first = items.first else {
          return unknown
        }
        return unknown + problems(in: inner, with: first.over(facts))
      }
    }
  }

  private func check(_ names: [String], _ facts: Facts, line: Int) -> [ScriptError] {
    names.filter { facts.values[$0] == nil }.map {
      ScriptError(
        file: file, line: line,
        problem: .unknownName($0, known: facts.values.keys.sorted()))
    }
  }
}
