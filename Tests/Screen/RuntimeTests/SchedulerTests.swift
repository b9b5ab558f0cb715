import Dispatch
import Explorer
import MobileNet
import Research
import ResearchTestSupport
import Synchronization
import Testing

@testable import Runtime

/// Work of one lane waits for nothing of another, and what nobody wants is given up.
@Suite struct SchedulerTests {
  /// Something that happens at a time, and that others wait for.
  private final class Gate: Sendable, Hashable {
    private let semaphore = DispatchSemaphore(value: 0)

    func open() { semaphore.signal() }
    /// Whether it was opened within ten seconds.
    func wait() -> Bool { semaphore.wait(timeout: .now() + 10) == .success }

    static func == (first: Gate, second: Gate) -> Bool { first === second }
    func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
  }

  /// Says that it has begun, waits, and asks whether to go on.
  private struct Slow: Question {
    static let lane = Lane.measure
    let began = Gate()
    let mayEnd = Gate()
    let gaveUp = Gate()

    func answer(_ researcher: Researcher, report: (Int) throws -> Void) throws -> Int {
      began.open()
      _ = mayEnd.wait()
      do {
        try report(1)
        try researcher.checkCancellation()
      } catch {
        gaveUp.open()
        throw error
      }
      return 2
    }
  }

  /// Is there at once.
  private struct Quick<Number: Hashable & Sendable>: Question {
    static var lane: Lane { Number.self == Int.self ? .disk : .measure }
    let number: Number

    func answer(_ researcher: Researcher, report: (Number) throws -> Void) -> Number { number }
  }

  private struct Impossible: Question {
    static let lane = Lane.compute

    func answer(_ researcher: Researcher, report: (Int) throws -> Void) throws -> Int {
      throw Unanswerable("cat.png: is a dog")
    }
  }

  private let woken = Gate()
  private let mailbox: Mailbox
  private let scheduler: Scheduler

  init() {
    let woken = woken
    mailbox = Mailbox { woken.open() }
    scheduler = Scheduler(
      researcher: Researcher(library: EmptyLibrary(), threads: 1), mailbox: mailbox)
  }

  /// The next arrival: the question, and its answer in words.
  private func next() throws -> [String] {
    try #require(woken.wait())
    return mailbox.take().map { news in
      guard case .answered(let question, let reply) = news else { return "\(news)" }
      let name = "\(type(of: question.base))".prefix { $0 != "<" }
      return switch reply {
      case .partial(let answer): "\(name) so far \(answer)"
      case .whole(let answer): "\(name) \(answer)"
      case .failed(let reason): "\(name) failed: \(reason)"
      }
    }
  }

  @Test func aFolderDoesNotWaitForAMeasurement() throws {
    let slow = Slow()
    scheduler.ask(AnyQuestion(slow))
    #expect(slow.began.wait())
    scheduler.ask(AnyQuestion(Quick(number: 7)))
    #expect(try next() == ["Quick 7"])
    slow.mayEnd.open()
    var arrived: [String] = []
    while arrived.count < 2 { arrived += try next() }
    #expect(arrived == ["Slow so far 1", "Slow 2"])
  }

  @Test func whatIsCancelledSendsNothingAndIsGivenUp() throws {
    let slow = Slow()
    scheduler.ask(AnyQuestion(slow))
    #expect(slow.began.wait())
    // This one waits behind the other, and never begins.
    scheduler.ask(AnyQuestion(Quick(number: "never")))
    scheduler.cancel(AnyQuestion(Quick(number: "never")))
    scheduler.cancel(AnyQuestion(slow))
    slow.mayEnd.open()
    #expect(slow.gaveUp.wait())
    // The same question can be asked again.
    scheduler.ask(AnyQuestion(Quick(number: "again")))
    #expect(try next() == ["Quick again"])
  }

  @Test func whyThereIsNoAnswerIsSaid() throws {
    scheduler.ask(AnyQuestion(Impossible()))
    #expect(try next() == ["Impossible failed: cat.png: is a dog"])
  }
}
