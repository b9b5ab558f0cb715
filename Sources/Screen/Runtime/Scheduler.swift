import Dispatch
import Explorer
import Research
import Synchronization

/// Finds answers off the key loop: work of one lane waits for nothing of another.
final class Scheduler: Sendable {
  private let researcher: Researcher
  private let mailbox: Mailbox
  private let queues: [Lane: DispatchQueue]
  /// What was asked and is still wanted, with the ticket that its work holds.
  private let wanted = Mutex<[AnyQuestion: Ticket]>([:])

  /// Says whether the one that holds it may go on.
  private final class Ticket: Sendable {
    private let isOver = Atomic(false)

    var isValid: Bool { !isOver.load(ordering: .relaxed) }

    func cancel() { isOver.store(true, ordering: .relaxed) }
  }

  /// Asks `researcher`, and leaves the answers in `mailbox`.
  init(researcher: Researcher, mailbox: Mailbox) {
    self.researcher = researcher
    self.mailbox = mailbox
    queues = Dictionary(
      uniqueKeysWithValues: Lane.allCases.map {
        ($0, DispatchQueue(label: "mobilenet-explorer.\($0)", qos: .userInitiated))
      })
  }

  /// Finds the answer to `question`, behind what was asked before in its lane.
  func ask(_ question: AnyQuestion) {
    let ticket = Ticket()
    wanted.withLock { $0[question] = ticket }
    queues[question.lane]?.async { [self] in
      guard let reply = reply(to: question, ticket) else { return }
      wanted.withLock { wanted in
        if wanted[question] === ticket { wanted[question] = nil }
      }
      mailbox.send(.answered(question, reply))
    }
  }

  /// Gives the work for `question` up: before it begins, or where it next asks whether to go on.
  func cancel(_ question: AnyQuestion) {
    wanted.withLock { $0.removeValue(forKey: question) }?.cancel()
  }

  /// Does `work`, behind what was asked before in `lane`, and leaves the news that come of it.
  func perform(in lane: Lane, _ work: @escaping @Sendable () -> News?) {
    queues[lane]?.async { [mailbox] in
      if let news = work() { mailbox.send(news) }
    }
  }

  /// Leaves `news` in the mailbox after some time.
  func send(_ news: News, after milliseconds: Int) {
    queues[.disk]?.asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { [mailbox] in
      mailbox.send(news)
    }
  }

  /// The answer, or why there is none; nil where nobody wants it any more.
  private func reply(to question: AnyQuestion, _ ticket: Ticket) -> Answers.Reply? {
    guard ticket.isValid else { return nil }
    do {
      let answer = try Researcher.work(while: { ticket.isValid }) {
        try question.answer(researcher) { [mailbox] partial in
          try researcher.checkCancellation()
          mailbox.send(.answered(question, .partial(partial)))
        }
      }
      return ticket.isValid ? .whole(answer) : nil
    } catch is CancellationError {
      return nil
    } catch {
      return .failed("\(error)")
    }
  }
}
