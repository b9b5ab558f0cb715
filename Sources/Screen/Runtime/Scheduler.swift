import CMemory
import Dispatch
import Explorer
import Research
import Synchronization

/// Answers questions off the main loop, with a queue for each lane, so that lanes do not wait for
/// each other.
final class Scheduler: Sendable {
  private let researcher: Researcher
  private let mailbox: Mailbox
  private let queues: [Lane: DispatchQueue]
  /// The questions being answered and still wanted, with the tickets of their work.
  private let wanted = Mutex<[AnyQuestion: Ticket]>([:])
  /// The number of questions asked so far.
  private let count = Atomic(0)

  /// The permission of a question's work to go on, until it is cancelled.
  private final class Ticket: Sendable {
    private let isOver = Atomic(false)

    var isValid: Bool { !isOver.load(ordering: .relaxed) }

    func cancel() { isOver.store(true, ordering: .relaxed) }
  }

  /// Makes a scheduler that asks `researcher` and leaves the answers in `mailbox`.
  init(researcher: Researcher, mailbox: Mailbox) {
    self.researcher = researcher
    self.mailbox = mailbox
    queues = Dictionary(
      uniqueKeysWithValues: Lane.allCases.map {
        ($0, DispatchQueue(label: "mobilenet-explorer.\($0)", qos: .userInitiated))
      })
  }

  /// Queues `question` in its lane.
  func ask(_ question: AnyQuestion) {
    let ticket = Ticket()
    wanted.withLock { $0[question] = ticket }
    let number = count.add(1, ordering: .relaxed).newValue
    queues[question.lane]?.async { [self] in
      defer { giveMemoryBack(after: number) }
      guard let reply = reply(to: question, ticket) else { return }
      wanted.withLock { wanted in
        if wanted[question] === ticket { wanted[question] = nil }
      }
      mailbox.send(.answered(question, reply))
    }
  }

  /// Gives freed memory back to the system a second after question `number`, unless others follow it.
  private func giveMemoryBack(after number: Int) {
    guard number == count.load(ordering: .relaxed) else { return }
    queues[.disk]?.asyncAfter(deadline: .now() + 1) { [self] in
      if number == count.load(ordering: .relaxed) { memory_give_back() }
    }
  }

  /// Cancels the work for `question`: before it begins, or when it next checks for cancellation.
  func cancel(_ question: AnyQuestion) {
    wanted.withLock { $0.removeValue(forKey: question) }?.cancel()
  }

  /// Queues `work` in `lane`; its news goes into the mailbox.
  func perform(in lane: Lane, _ work: @escaping @Sendable () -> News?) {
    queues[lane]?.async { [mailbox] in
      if let news = work() { mailbox.send(news) }
    }
  }

  /// Leaves `news` in the mailbox after a delay.
  func send(_ news: News, after milliseconds: Int) {
    queues[.disk]?.asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { [mailbox] in
      mailbox.send(news)
    }
  }

  /// Returns the answer, or the reason why there is none; nil if it is no longer wanted.
  private func reply(to question: AnyQuestion, _ ticket: Ticket) -> Answers.Reply? {
    guard ticket.isValid else { return nil }
    do {
      let answer = try Researcher.work(while: { ticket.isValid }) {
        try question.preparedAnswer(researcher) { [mailbox] partial in
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
