import Comparison
import Kernels
import MobileNet
import Synchronization

/// Computes all answers: finds networks and weights for questions, and keeps those used last.
///
/// The explorer, the command line and the tests all ask a researcher. It may be used from several
/// threads.
public final class Researcher: Sendable {
  /// The library that finds checkpoints.
  public let library: any Library
  /// The number of threads that networks run on; nil for one per processor, up to eight.
  public let threads: Int?
  let instructionSet: InstructionSet
  private let numbering: Numbering
  private let memory = Mutex(Memory())

  private struct Memory: Sendable {
    var networks: [(model: Int, network: Network)] = []
    /// The checkpoint read last: the next candidate often has the same weights at another
    /// resolution.
    var checkpoint: (name: String, said: Said, value: Checkpoint)?
    var model: (candidate: Candidate, value: Numbered<Model>)?

    /// Returns the network of the model with `number`, and marks it as the one used last.
    mutating func network(of number: Int) -> Network? {
      guard let index = networks.firstIndex(where: { $0.model == number }) else { return nil }
      let found = networks.remove(at: index)
      networks.append(found)
      return found.network
    }
  }

  /// Creates a researcher that finds weights in `library`, and runs networks on `threads` threads
  /// with the kernels for `instructionSet`.
  public init(
    library: any Library, threads: Int? = nil, numbering: Numbering = Numbering(),
    instructionSet: InstructionSet = .best
  ) {
    self.library = library
    self.threads = threads
    self.numbering = numbering
    self.instructionSet = instructionSet
  }

  /// Answers `question` at once; `report` receives the answers so far.
  public func answer<Q: Question>(
    _ question: Q, report: (Q.Answer) throws -> Void = { _ in }
  ) throws -> Q.Answer {
    try question.answer(self, report: report)
  }

  @TaskLocal private static var isWanted: (@Sendable () -> Bool)?

  /// Does `work`, the work on an answer; `checkCancellation` throws in it once `isWanted` returns
  /// false.
  public static func work<Result>(
    while isWanted: @escaping @Sendable () -> Bool, _ work: () throws -> Result
  ) rethrows -> Result {
    try $isWanted.withValue(isWanted, operation: work)
  }

  /// Throws `CancellationError` once nobody wants the answer that this task works on.
  ///
  /// Long work that has nothing to report calls this between its parts.
  public func checkCancellation() throws {
    if let isWanted = Self.isWanted, !isWanted() { throw CancellationError() }
  }

  /// Returns `value` with a number that no other value has.
  public func number<Value>(_ value: Value) -> Numbered<Value> { numbering.number(value) }

  /// Whether the network of `model` exists already.
  public func hasNetwork(for model: Numbered<Model>) -> Bool {
    memory.withLock { $0.networks.contains { $0.model == model.number } }
  }

  /// Returns the network of `model`; the two used last are kept.
  public func network(for model: Numbered<Model>) throws -> Network {
    if let known = memory.withLock({ $0.network(of: model.number) }) { return known }
    // The lock is not held while the weights are packed.
    let made = try network(of: model.value)
    return memory.withLock { memory in
      if let known = memory.network(of: model.number) { return known }
      memory.networks = memory.networks.suffix(1) + [(model.number, made)]
      return made
    }
  }

  /// Returns the same network with threads of its own, for measurements that nothing else should
  /// wait for.
  public func ownNetwork(for model: Numbered<Model>) throws -> Network {
    Network(sharingWeightsWith: try network(for: model))
  }

  /// Returns a network for `model` that nobody else uses.
  public func network(of model: Model) throws(NetworkError) -> Network {
    try Network(
      model.checkpoint, resolution: model.resolution, threads: threads,
      instructionSet: instructionSet)
  }

  /// Returns the checkpoint called `name`, or at that path, read as `said` states; the one read
  /// last is kept.
  public func checkpoint(_ name: String, said: Said = [:]) throws -> Checkpoint {
    let kept = memory.withLock { $0.checkpoint }
    if let kept, kept.name == name, kept.said == said { return kept.value }
    let checkpoint = try library.checkpoint(name, said: said)
    memory.withLock { $0.checkpoint = (name, said, checkpoint) }
    return checkpoint
  }

  /// Returns the model of a candidate; the one asked for last keeps its number.
  public func model(of candidate: Candidate) throws -> Numbered<Model> {
    let kept = memory.withLock { $0.model }
    if let kept, kept.candidate == candidate { return kept.value }
    let model = number(
      Model(
        checkpoint: try checkpoint(candidate.weights, said: candidate.said),
        source: candidate.name, said: candidate.said, resolution: candidate.resolution))
    memory.withLock { $0.model = (candidate, model) }
    return model
  }
}
