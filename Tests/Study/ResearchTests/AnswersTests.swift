import Testing

@testable import Research

/// A question about a number; the answer is its square.
private struct Square: Question {
  static let lane = Lane.compute
  let number: Int
  var isAbout = "numbers"

  func replaces(_ older: Square) -> Bool { isAbout == older.isAbout }

  func answer(_ researcher: Researcher, report: (Int) throws -> Void) -> Int { number * number }
}

/// The same, worth keeping.
private struct Cube: Question {
  static let lane = Lane.measure
  static let isKept = true
  let number: Int

  func answer(_ researcher: Researcher, report: (Int) throws -> Void) -> Int {
    number * number * number
  }
}

/// About a model.
private struct Belonging: Question {
  static let lane = Lane.measure
  static let isKept = true
  let number: Int

  var modelNumber: Int? { number }

  func answer(_ researcher: Researcher, report: (Int) throws -> Void) -> Int { number }
}

/// Something large that the work needs, and the answer does not.
private final class Bulk: Sendable {}

/// Equal questions may bring different bulk.
private struct Weighing: Question {
  static let lane = Lane.measure
  static let isKept = true
  let number: Int
  var bulk: Bulk?

  var answered: Weighing { Weighing(number: number) }

  static func == (first: Weighing, second: Weighing) -> Bool { first.number == second.number }

  func hash(into hasher: inout Hasher) { hasher.combine(number) }

  func answer(_ researcher: Researcher, report: (Int) throws -> Void) -> Int { number }
}

@Suite struct AnswersTests {
  @Test func bulkIsFreedOnceTheAnswerIsThere() {
    var answers = Answers()
    var bulk: Bulk? = Bulk()
    weak let watched = bulk
    _ = answers.want([AnyQuestion(Weighing(number: 1, bulk: bulk))])
    bulk = nil
    #expect(watched != nil)
    let isTaken = answers.take(.whole(1), to: AnyQuestion(Weighing(number: 1)))
    #expect(isTaken && watched == nil && answers[Weighing(number: 1)] == 1)
  }

  private func square(_ number: Int, _ about: String = "numbers") -> AnyQuestion {
    AnyQuestion(Square(number: number, isAbout: about))
  }

  @Test func whatIsWantedIsAskedOnceAndWhatIsNotIsDropped() {
    var answers = Answers()
    let (one, two) = (square(1, "a"), square(2, "b"))
    #expect(answers.want([one, two]).asked == [one, two])
    #expect(answers.want([two, one]).new.isEmpty)
    #expect(answers.keep(only: [one, two], model: nil).isEmpty)
    let isTaken = answers.take(.whole(1), to: one)
    #expect(isTaken && answers[Square(number: 1, isAbout: "a")] == 1)
    // What is known goes silently, what is on its way is given up.
    #expect(answers.keep(only: [], model: nil) == [two])
    #expect(answers[Square(number: 1, isAbout: "a")] == nil)
    let isLate = answers.take(.whole(4), to: two)
    #expect(!isLate && answers.want([one]).asked == [one])
  }

  @Test func anAnswerGrowsUntilItIsWhole() {
    var answers = Answers()
    let question = Square(number: 3)
    _ = answers.want([AnyQuestion(question)])
    let before = answers
    _ = answers.take(.partial(5), to: AnyQuestion(question))
    #expect(answers != before && answers[question] == nil && answers.soFar(question) == 5)
    #expect(answers.isAwaited(AnyQuestion(question)))
    _ = answers.take(.whole(9), to: AnyQuestion(question))
    #expect(answers[question] == 9 && answers.isKnown(AnyQuestion(question)))
    // Once whole, nothing more comes.
    let isTaken = answers.take(.whole(10), to: AnyQuestion(question))
    #expect(!isTaken && answers[question] == 9)
  }

  @Test func theAnswerBeforeStandsInForTheNext() {
    var answers = Answers()
    _ = answers.want([square(1)])
    _ = answers.take(.whole(1), to: square(1))
    for number in 2...4 {
      // Those between are never answered.
      _ = answers.want([square(number)])
      _ = answers.keep(only: [square(number)], model: nil)
      #expect(answers[Square(number: number)] == nil)
      #expect(answers.latest(Square(number: number)) == 1)
    }
    _ = answers.take(.whole(16), to: square(4))
    #expect(answers.latest(Square(number: 4)) == 16)
    _ = answers.want([square(5, "others")])
    #expect(answers.latest(Square(number: 5, isAbout: "others")) == nil)
  }

  @Test func whatFailedIsTriedAgainOnlyWhenSomebodyAsks() {
    var answers = Answers()
    _ = answers.want([square(1)])
    _ = answers.take(.failed("no"), to: square(1))
    #expect(answers.hasFailed(square(1)) && !answers.isAwaited(square(1)))
    let next = answers.want([square(2)])
    #expect(next.new == [square(2)] && next.asked.isEmpty && answers.hasFailed(square(2)))
    answers.retry()
    #expect(answers.want([square(2)]).asked == [square(2)])
  }

  @Test func whatTookLongIsKeptButNotForever() {
    var answers = Answers()
    for number in 0..<1000 {
      let question = AnyQuestion(Cube(number: number))
      _ = answers.want([question])
      _ = answers.keep(only: [question], model: nil)
      _ = answers.take(.whole(number), to: question)
    }
    _ = answers.keep(only: [], model: nil)
    let kept = (0..<1000).filter { answers[Cube(number: $0)] != nil }
    #expect(kept == Array(872..<1000))
  }

  @Test func whatIsKeptGoesWithItsModel() {
    var answers = Answers()
    let (first, second) = (Belonging(number: 1), Belonging(number: 2))
    for question in [first, second] {
      _ = answers.want([AnyQuestion(question)])
      _ = answers.take(.whole(question.number), to: AnyQuestion(question))
    }
    // Whoever wants it has it, whatever else is under study.
    _ = answers.keep(only: [AnyQuestion(first)], model: 2)
    #expect(answers[first] == 1 && answers[second] == 2)
    _ = answers.keep(only: [], model: 2)
    #expect(answers[first] == nil && answers[second] == 2)
  }

  @Test func questionsOfOtherKindsAreOthers() {
    #expect(AnyQuestion(Square(number: 2)) == square(2))
    #expect(AnyQuestion(Cube(number: 2)) != square(2))
    #expect(Set([square(2), square(2), AnyQuestion(Cube(number: 2))]).count == 2)
  }
}
