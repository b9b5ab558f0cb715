import Cells
import Comparison
import MobileNet
import Reports
import Research
import Testing

@testable import Explorer

@Suite struct CompareTests {
  private func state(_ size: Size = Size(width: 80, height: 24)) throws -> ExplorerState {
    try Fixture.state(width: size.width, height: size.height)
  }

  /// The compare screen with everything measured.
  private func measured(_ size: Size = Size(width: 80, height: 24)) throws -> ExplorerState {
    var state = try state(size)
    try Fixture.perform(reduce(&state, .opened(.compare)), on: &state)
    return state
  }

  private func press(_ key: Key, _ state: inout ExplorerState) throws -> [Effect] {
    reduce(&state, try #require(state.intent(for: key)))
  }

  @Test(arguments: ScreenTests.sizes)
  func screens(size: Size) throws {
    var state = try measured(size)
    _ = reduce(&state, .compare(.moved(x: 0, y: 2)))
    try expectScreen(state, "compare-table-\(size.width)x\(size.height)")
    _ = try press(.tab, &state)
    try expectScreen(state, "compare-plot-\(size.width)x\(size.height)")
    try Fixture.perform(try press(.tab, &state), on: &state)
    try expectScreen(state, "compare-networks-\(size.width)x\(size.height)")
  }

  private func measurement(_ candidate: Candidate, _ state: ExplorerState) -> MeasurementQuestion {
    MeasurementQuestion(candidate, photo: state.photo, path: state.album.path)
  }

  @Test func candidatesAreMeasuredWhileSomebodyLooks() throws {
    var state = try state()
    let list = CandidatesQuestion(besides: state.model.value)
    #expect(reduce(&state, .opened(.compare)) == [.ask(list)])
    let candidates = Fixture.candidates
    #expect(candidates.count == 9)
    let questions = candidates.map { measurement($0, state) }
    // All are asked, in the order of the list.
    #expect(hear(candidates, to: list, on: &state) == questions.map { .ask($0) })
    #expect(render(state).cells.text.contains("measured 0 of 9"))
    for question in questions.prefix(4) {
      hear(Fixture.measurement(of: question.candidate), to: question, on: &state)
    }
    #expect(state.measurements.count == 4 && state.isWaiting)
    // What was asked goes on while help lies on top of it.
    #expect(reduce(&state, .opened(.help)) == [])
    hear(Fixture.measurement(of: candidates[4]), to: questions[4], on: &state)
    _ = reduce(&state, .wentBack)
    #expect(state.measurements.count == 5)
    // Elsewhere it is given up; what is known stays.
    let left = reduce(&state, .wentBack)
    #expect(Set(left.cancelled) == Set(questions.suffix(4).map { AnyQuestion($0) }))
    hear(Fixture.measurement(of: candidates[5]), to: questions[5], on: &state)
    _ = reduce(&state, .opened(.compare))
    #expect(hear(candidates, to: list, on: &state) == questions.suffix(4).map { .ask($0) })
    #expect(state.measurements.count == 5)
    var last: [Effect] = []
    for question in questions.suffix(4) {
      last = hear(Fixture.measurement(of: question.candidate), to: question, on: &state)
    }
    #expect(!render(state).cells.text.contains("measured"))
    // Then all run in turns, and the shorter time of each counts.
    let turns = TurnsQuestion(candidates)
    #expect(last == [.ask(turns)])
    let times = [candidates[0]: 0.25, candidates[1]: 1000]
    _ = reduce(&state, .answered(AnyQuestion(turns), .partial(times)))
    func milliseconds(_ index: Int) -> Double? {
      state.compare.costs(of: candidates[index], state.core)?.milliseconds
    }
    #expect(milliseconds(0) == 0.25)
    #expect(milliseconds(1) == Fixture.measurement(of: candidates[1]).milliseconds)
    hear(times, to: turns, on: &state)
    #expect(!state.isWaiting)
  }

  @Test func whatCannotBeMeasuredIsLeftOutAndTheOthersGoOn() throws {
    var state = try state()
    let candidates = Fixture.candidates
    let list = CandidatesQuestion(besides: state.model.value)
    _ = reduce(&state, .opened(.compare))
    hear(candidates, to: list, on: &state)
    #expect(fail(measurement(candidates[0], state), "wide: gone", on: &state) == [])
    #expect(state.message == Message("wide: gone", isError: true))
    // Nor is it tried on the next photo; the others are.
    let photo = Numbered(state.photo.value, number: 77)
    let asked = show(photo, at: "b.png", on: &state).questions(MeasurementQuestion.self)
    #expect(asked.map(\.candidate) == Array(candidates.dropFirst()))
  }

  @Test func whatCouldNotBeMeasuredIsTriedAgainWhenSomebodyAsks() throws {
    var state = try measured()
    #expect(state.intent(for: .character("Z")) == nil)
    let measurable = ComparedNetwork.all.filter { $0.body != .nothing }
    let questions = measurable.map { NetworkTimeQuestion($0) }
    #expect(reduce(&state, .compare(.tabSelected(.networks))) == questions.map { .ask($0) })
    for question in questions { #expect(fail(question, "no memory", on: &state) == []) }
    #expect(reduce(&state, .compare(.tabSelected(.networks))).isEmpty)
    #expect(render(state).cells.text.contains("5 not measured, Z tries again"))
    let effects = try press(.character("Z"), &state)
    #expect(effects == questions.map { .ask($0) })
    try Fixture.perform(effects, on: &state)
    #expect(state.times.count == 5)
    #expect(!render(state).cells.text.contains("tries again"))
  }

  @Test func anotherPhotoIsAskedAboutAndWhatIsKnownOfCostsStays() throws {
    var state = try measured()
    #expect(render(state).cells.text.contains("50 % cat"))
    let photo = Numbered(state.photo.value, number: 77)
    let effects = show(photo, at: "b.png", on: &state)
    #expect(effects.questions(MeasurementQuestion.self).count == 9)
    let text = render(state).cells.text
    #expect(text.contains("567.8 M") || text.contains("567.7 M"))
    #expect(!text.contains("50 % cat"))
    let first = Candidate("wide", resolution: 224)
    hear(Fixture.measurement(of: first), to: measurement(first, state), on: &state)
    #expect(render(state).cells.text.contains("50 % cat"))
  }

  @Test func enterExploresTheOneUnderTheCursorAtItsResolution() throws {
    var state = try measured()
    for _ in 0..<6 { _ = try press(.down, &state) }
    #expect(
      try press(.enter, &state).contains(.ask(ModelQuestion("narrow", resolution: 160))))
    #expect(state.screen == .home)
    try Fixture.perform(reduce(&state, .opened(.compare)), on: &state)
    for _ in 0..<20 { _ = try press(.down, &state) }
    #expect(
      try press(.enter, &state).contains(.ask(ModelQuestion("shallow", resolution: 224))))
  }

  @Test func thePlotIsWalkedPointByPoint() throws {
    var state = try measured()
    _ = try press(.tab, &state)
    #expect(ComparisonPlot(state.compare, state.core).points.count == 8)
    // From the cheapest to the dearest, whatever the list's order.
    for _ in 0..<9 { _ = try press(.left, &state) }
    var costs: [Int] = []
    for _ in 0..<8 {
      let selected = try #require(state.compare.selected(state.core))
      costs.append(Fixture.measurement(of: selected).multiplyAdds)
      _ = try press(.right, &state)
    }
    #expect(costs == Set(costs).sorted() && costs.count == 8)
    for _ in 0..<9 { _ = try press(.up, &state) }
    #expect(state.compare.selected(state.core) == Candidate("wide", resolution: 224))
    // A figure was published for the one that states none, too.
    _ = try press(.character("F"), &state)
    #expect(ComparisonPlot(state.compare, state.core).points.count == 9)
    _ = try press(.character("O"), &state)
    #expect(state.compare.cost == .milliseconds)
    #expect(render(state).cells.text.contains("milliseconds, log scale; published top-1"))
  }

  @Test func pointsLieWhereTheirNumbersSay() throws {
    var state = try measured()
    _ = try press(.tab, &state)
    let plot = ComparisonPlot(state.compare, state.core)
    #expect(plot.accuracies(by: 5) == 45...60 && plot.accuracies(by: 10) == 40...60)
    let (first, last) = (plot.points[0], plot.points[7])
    func position(_ point: ComparisonPlot.Point) -> (x: Double, y: Double) {
      plot.position(of: point, between: 45...60)
    }
    #expect(position(first).x == 1 && position(last).x == 0)
    // (57 − 45) ∕ 15, and (49 − 45) ∕ 15.
    #expect(abs(position(first).y - 0.8) < 1e-9)
    #expect(abs(position(last).y - 4 / 15) < 1e-9)
  }

  @Test func aClickChoosesAndASecondOneExplores() throws {
    var state = try measured()
    let press = Mouse(.press, x: 4, y: 5)
    _ = reduce(&state, try #require(render(state).intent(for: press)))
    #expect(state.compare.cursor(state.core) == 2)
    let effects = reduce(&state, try #require(render(state).intent(for: press)))
    #expect(effects.contains(.ask(ModelQuestion("wide", resolution: 160))))
  }

  @Test func otherNetworksAreMeasuredOnlyWhereTheyAreLookedAt() throws {
    var state = try measured()
    #expect(state.times.isEmpty)
    let effects = reduce(&state, .compare(.tabSelected(.networks)))
    #expect(effects.questions(NetworkTimeQuestion.self).count == 5)
    // It takes seconds; who goes elsewhere waits for none of it.
    let left = reduce(&state, .compare(.tabSelected(.table)))
    #expect(Set(left.cancelled) == Set(effects.questions))
    try Fixture.perform(reduce(&state, .compare(.tabSelected(.networks))), on: &state)
    #expect(state.times.count == 5)
    #expect(render(state).cells.text.contains("SqueezeNet 1.0 against MobileNet 1.0: 0.30 times"))
  }

  /// MobileNet, the same with standard convolutions, and Inception-v3, by the published figures.
  @Test func theFrontierLeavesOutWhatIsDearerAndNoBetter() {
    let plot = ComparisonPlot(ComparedNetwork.all, by: \.multiplyAdds)
    #expect(plot.points.count == 7)
    #expect(plot.frontier.map(\.index) == [0, 1, 6])
  }

  /// At every size and by either cost: each network's name beside, above or below its point and apart
  /// from those of others, and the line from each of the best to the next, without a gap.
  @Test(arguments: [
    Size(width: 120, height: 40), Size(width: 140, height: 45), Size(width: 160, height: 50),
    Size(width: 200, height: 60), Size(width: 240, height: 70),
  ])
  func everyNetworkHasItsNameAndTheLineHasNoGap(size: Size) throws {
    var state = try measured(size)
    try Fixture.perform(reduce(&state, .compare(.tabSelected(.networks))), on: &state)
    let lines = render(state).cells.lines
    let plots = try PlotLines.all(in: lines)
    #expect(plots.count == (size.width >= 200 ? 2 : 1))
    for plot in plots {
      let letters = Dictionary(
        uniqueKeysWithValues: zip("ABCDEFG", ComparedNetwork.all.map(\.name)))
      for (letter, name) in letters {
        let here = try #require(plot.find(letter), "\(letter) at \(size)")
        let named = plot.columns(of: name)
        #expect(named.count == 1, "\(name) at \(size)")
        guard let (y, columns) = named.first else { continue }
        #expect(abs(y - here.y) <= 1, "\(name) at \(size)")
        #expect(columns.lowerBound - 2 <= here.x && here.x <= columns.upperBound + 1)
        for other in letters.keys where other != letter {
          guard let there = plot.find(other), there.y == y else { continue }
          let gap = max(columns.lowerBound - there.x, there.x - columns.upperBound + 1)
          #expect(gap > 3, "\(name) beside \(other) at \(size)")
        }
      }
      let best = "ABCDEFG".compactMap { plot.find($0, isBest: true) }
        .sorted { ($0.x, -$0.y) < ($1.x, -$1.y) }
      #expect(best.count >= 3)
      for (from, to) in zip(best, best.dropFirst()) where to.y < from.y {
        // What does not stand on a point or a name is part of the line.
        let column = (to.y + 1..<from.y).map { plot.lines[$0][to.x] }
        #expect(column.allSatisfy { $0 == "│" }, "\(String(column)) at \(size)")
        let row = from.x + 1 < to.x ? plot.lines[from.y][from.x + 1..<to.x] : []
        #expect(!row.contains("·") && !row.contains("┄"), "\(String(row)) at \(size)")
      }
    }
  }

  /// The part of a screen with a plot.
  private struct PlotLines {
    let lines: [[Character]]

    /// Returns the plots: from a heading to the end of its pane.
    static func all(in lines: [String]) throws -> [PlotLines] {
      let cells = lines.map(Array.init)
      return lines.indices.flatMap { y -> [PlotLines] in
        lines[y].ranges(of: "published accuracy by").map { range in
          let x = lines[y].distance(from: lines[y].startIndex, to: range.lowerBound) - 3
          let end = cells[y][x...].firstIndex { "╮┓".contains($0) } ?? cells[y].count
          let bottom = cells.indices.first { $0 > y && "╰┗".contains(cells[$0][x]) } ?? cells.count
          // Below the line that explains the signs.
          return PlotLines(lines: cells[(y + 2)..<bottom].map { Array($0[(x + 1)..<end]) })
        }
      }
    }

    /// Returns where a letter stands by itself, small if it is beaten.
    func find(_ letter: Character, isBest: Bool = false) -> (x: Int, y: Int)? {
      let signs = isBest ? [letter] : [letter, Character(letter.lowercased())]
      for (y, row) in lines.enumerated() {
        for x in row.indices where signs.contains(row[x]) {
          let around = [x - 1, x + 1].map { row.indices.contains($0) ? row[$0] : " " }
          if around.allSatisfy({ !$0.isLetter && !$0.isNumber }) { return (x, y) }
        }
      }
      return nil
    }

    func columns(of name: String) -> [(y: Int, columns: Range<Int>)] {
      lines.enumerated().flatMap { y, row in
        let text = String(row)
        return text.ranges(of: name).filter {
          // MobileNet 1.0 is no part of another name, but MobileNet might be.
          $0.upperBound == text.endIndex || text[$0.upperBound] != ","
        }.map { range in
          let start = text.distance(from: text.startIndex, to: range.lowerBound)
          return (y, start..<start + name.count)
        }
      }
    }
  }

  /// Networks are told apart by letters, which differ without any colour.
  @Test func noTwoNetworksShareALetter() {
    let names = (0..<20).map { "network \($0)" }
    let signs = NetworkSigns(names + names)
    let letters = names.map { signs.sign(of: $0).letter }
    #expect(Set(letters.map { $0.lowercased() }).count == names.count)
  }

  /// The corner above the cheap and bad ones is free; that above the dear and good ones is not.
  @Test func notesStandWhereNoPointDoes() throws {
    let points = [(10.0, 50.0), (20, 55), (40, 80)].enumerated().map {
      ComparisonPlot.Point(index: $0, cost: $1.0, accuracy: $1.1)
    }
    func lines(_ notes: [String]) -> [String] {
      var frame = Frame(size: Size(width: 60, height: 24))
      ComparisonPlotView(
        plot: ComparisonPlot(points: points), sign: { _ in ("P", Theme.plain) }, axes: [],
        name: { _ in "" }, text: { "\($0)" }, notes: notes
      ).draw(in: frame.area, of: &frame)
      return frame.cells.lines
    }
    let shown = lines(["first", "second", "third"])
    let first = try #require(shown.firstIndex { $0.contains("│ first ") })
    #expect(shown[first + 1].contains("│ second "))
    // Twenty do not fit above 55 percent.
    let many = lines((0..<20).map { "note \($0)" })
    #expect(many.contains { $0.contains(/… \d+ more/) } && !many.joined().contains("note 19"))
    #expect(!lines([String(repeating: "x", count: 50)]).joined().contains("x"))
  }

  /// A point that is beaten by less than a row stands in its own row, told apart by a small letter.
  @Test func aBeatenPointStandsWhereItIs() {
    let points = [(10.0, 50.0), (20, 70), (30, 69.9), (40, 80)].enumerated().map {
      ComparisonPlot.Point(index: $0, cost: $1.0, accuracy: $1.1)
    }
    var frame = Frame(size: Size(width: 60, height: 16))
    ComparisonPlotView(
      plot: ComparisonPlot(points: points), sign: { (["P", "Q", "R", "S"][$0], Theme.plain) },
      axes: [], name: { "\(100 + $0)" }, text: { "\($0)" }
    ).draw(in: frame.area, of: &frame)
    let rows = ["P100", "Q101", "r102", "S"].map { sign in
      frame.cells.lines.firstIndex { $0.contains(sign) } ?? -1
    }
    // From 50 to 80 percent in 13 rows; 70 and 69.9 are in the same one.
    #expect(rows == [13, 5, 5, 1])
    #expect(!frame.cells.text.contains("R"))
    // No dot touches a name.
    #expect(!frame.cells.text.contains(/·\w|\w·/))
    // Below the stair all is dotted, above it nothing.
    #expect(frame.cells.lines[rows[1] + 1].hasSuffix("····"))
    #expect(!frame.cells.lines[rows[0] - 1].prefix(8).contains("·"))
  }

  @Test func aNetworkThatIsBeatenNamesTheOneThatBeatsIt() throws {
    let points = [(10.0, 50.0), (20, 70), (30, 69.9), (40, 80)].enumerated().map {
      ComparisonPlot.Point(index: $0, cost: $1.0, accuracy: $1.1)
    }
    let plot = ComparisonPlot(points: points)
    #expect(points.map { plot.winner(over: $0)?.index } == [nil, nil, 1, nil])
  }

  @Test(arguments: [12, 17, 24, 31, 40])
  func percentagesStandAtEqualDistances(height: Int) {
    let points = [(10.0, 42.0), (20, 69)].enumerated().map {
      ComparisonPlot.Point(index: $0, cost: $1.0, accuracy: $1.1)
    }
    var frame = Frame(size: Size(width: 60, height: height))
    ComparisonPlotView(
      plot: ComparisonPlot(points: points), sign: { _ in ("P", Theme.plain) }, axes: [],
      name: { _ in "" }, text: { "\($0)" }
    ).draw(in: frame.area, of: &frame)
    let rows = frame.cells.lines.indices.filter { frame.cells.lines[$0].contains(" %") }
    #expect(Set(zip(rows, rows.dropFirst()).map { $1 - $0 }).count == 1)
    // From 40 to 70; steps of five would leave a third of the lowest plot unused.
    #expect(rows.count == (height == 12 ? 4 : 7))
  }

  @Test func aNetworkIsNotSetBesideItself() throws {
    var state = try state()
    _ = reduce(&state, .opened(.compare))
    let (model, list) = (state.core.model, CandidatesQuestion(besides: state.model.value))
    let explored = Candidate(model.source, said: model.said, resolution: model.resolution)
    hear([explored] + Fixture.candidates, to: list, on: &state)
    _ = try press(.character("J"), &state)
    #expect(state.screen == .compare)
    #expect(state.message?.text.contains("choose another") == true)
    _ = try press(.down, &state)
    _ = try press(.character("J"), &state)
    #expect(state.screen == .beside)
  }

  @Test func aLargePlotStandsBesideWhatThereIsToSayOfOneNetwork() throws {
    var state = try measured(Size(width: 160, height: 50))
    _ = try press(.tab, &state)
    _ = reduce(&state, .compare(.pointed(4)))
    let candidate = Fixture.candidates[4]
    let found = Fixture.measurement(of: candidate)
    let text = render(state).cells.text
    #expect(text.contains("the photo for narrow 224"))
    #expect(text.contains("50 % cat") && text.contains("25 % dog"))
    #expect(text.contains("multiply-adds, \(NumberText.fixed(found.milliseconds, 2))"))
    // Its layers, the slowest first.
    let sorted = found.layerTimes.sorted { $0.milliseconds > $1.milliseconds }
    let lines = render(state).cells.lines
    let head = try #require(lines.firstIndex { $0.contains("the slowest first") })
    for (line, layer) in sorted.prefix(3).enumerated() {
      #expect(lines[head + 1 + line].contains(layer.name))
    }
    // By these accuracies all are the best for their cost.
    #expect(!text.contains("beaten by"))
    // By those published the shallow one's 65.3 % are worse than the 67.2 % of the whole one at 160.
    _ = try press(.character("F"), &state)
    let costs = [2, 8].map { Double(Fixture.measurement(of: Fixture.candidates[$0]).multiplyAdds) }
    let ratio = NumberText.fixed(costs[0] / costs[1], 2)
    #expect(render(state).cells.text.contains("c224 by A160: × \(ratio), + 1.9"))
  }

  /// From a certain size on the plot stands below the table.
  @Test func aLargeTerminalShowsTheTableAndThePlot() throws {
    var state = try measured(Size(width: 160, height: 50))
    let lines = render(state).cells.lines
    let table = try #require(lines.firstIndex { $0.contains("mult-adds") })
    let plot = try #require(lines.firstIndex { $0.contains("multiply-adds, log scale") })
    #expect(table < plot)
    #expect(lines.contains { $0.contains("best for their cost") })
    _ = try press(.character("O"), &state)
    #expect(render(state).cells.text.contains("milliseconds, log scale; measured top-1"))
  }
}
