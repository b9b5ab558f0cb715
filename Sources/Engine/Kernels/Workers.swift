import Tensors

/// The threads that layers are run on, each with memory of its own, and the kernels they use.
///
/// One layer at a time: whoever shares workers between tasks sees to that.
public final class Workers: @unchecked Sendable {
  /// The threads, the caller among them.
  public let count: Int
  /// The instruction set of the kernels.
  public let instructionSet: InstructionSet
  /// What the kernels for integers are written for.
  public let integerInstructionSet: IntegerInstructionSet

  let kernels: KernelSet
  let integerKernels: IntegerKernelSet
  private let pool: WorkerPool
  /// What `divide` divides.
  private let shares: Shares
  /// What threads take from each other when `divide` has nothing left; empty in between.
  let leftOver: Shares
  private var scratch: [Storage]

  /// Starts `count` − 1 threads, which sleep until there is something to do; fewer if the system
  /// has no more.
  ///
  /// The integer kernels are the fastest that go with those for floats, unless others are asked for.
  public init(
    count: Int, instructionSet: InstructionSet = .best, integers: IntegerInstructionSet? = nil
  ) {
    self.instructionSet = instructionSet
    integerInstructionSet = integers ?? IntegerInstructionSet(for: instructionSet)
    kernels = instructionSet.kernels
    integerKernels = integerInstructionSet.kernels
    pool = WorkerPool(count: count)
    self.count = pool.count
    shares = Shares(count: pool.count)
    leftOver = Shares(count: pool.count)
    scratch = (0..<pool.count).map { _ in Storage(uninitialized: 0) }
  }

  /// The memory taken, in bytes.
  public var byteCount: Int { scratch.reduce(0) { $0 + $1.count * MemoryLayout<Float>.stride } }

  /// Sees to it that each thread has at least `floats` of memory of its own.
  public func reserve(_ floats: Int) {
    for index in scratch.indices where scratch[index].count < floats {
      scratch[index] = Storage(uninitialized: floats)
    }
  }

  /// The memory of one thread.
  func scratch(_ worker: Int) -> UnsafeMutablePointer<Float> { scratch[worker].base }

  /// Stops the program if a thread has less memory than that.
  func requireScratch(_ floats: Int) {
    for storage in scratch {
      precondition(
        storage.count >= floats, "\(floats) floats are needed, \(storage.count) were reserved")
    }
  }

  /// Calls `body` with each number below `pieces` and the thread that does it, and then `finally`
  /// once on each thread.
  ///
  /// Neighbouring pieces go to the same thread as long as all are equally fast: whoever is done
  /// with its share takes what is left of the others'. What a piece comes to must not depend on who
  /// does it.
  func divide(
    _ pieces: Int, _ body: (_ piece: Int, _ worker: Int) -> Void,
    finally: (_ worker: Int) -> Void = { _ in }
  ) {
    for worker in 0..<count { shares.set(worker, (0..<pieces).part(worker, of: count)) }
    pool.run { worker in
      shares.takeAll(by: worker) { piece, _ in body(piece, worker) }
      finally(worker)
    }
  }

  /// Calls `body` once on each thread.
  func onEach(_ body: (_ worker: Int) -> Void) { pool.run(body) }
}
