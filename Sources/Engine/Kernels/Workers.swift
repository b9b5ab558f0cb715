import Tensors

/// The threads that run layers, each with scratch memory of its own, and their kernels.
///
/// Only one layer may run at a time; the owner of shared workers has to ensure that.
public final class Workers: @unchecked Sendable {
  /// The number of threads, including the caller's.
  public let count: Int
  /// The instruction set of the float kernels.
  public let instructionSet: InstructionSet
  /// The instruction set of the integer kernels.
  public let integerInstructionSet: IntegerInstructionSet

  let kernels: KernelSet
  let integerKernels: IntegerKernelSet
  private let pool: WorkerPool
  /// The pieces that `divide` distributes.
  private let shares: Shares
  /// The parts that threads take from each other when `divide` has none left; empty otherwise.
  let leftOver: Shares
  private var scratch: [Storage]

  /// Starts `count` − 1 threads, which sleep until there is work; fewer if the system has no more.
  ///
  /// By default, the integer kernels are the fastest that go with those for floats.
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

  /// The scratch memory of all threads, in bytes.
  public var byteCount: Int { scratch.reduce(0) { $0 + $1.count * MemoryLayout<Float>.stride } }

  /// Ensures that each thread has at least `floats` floats of scratch memory.
  public func reserve(_ floats: Int) {
    for index in scratch.indices where scratch[index].count < floats {
      scratch[index] = Storage(uninitialized: floats)
    }
  }

  /// Returns the scratch memory of one thread.
  func scratch(_ worker: Int) -> UnsafeMutablePointer<Float> { scratch[worker].base }

  /// Stops the program if a thread has less scratch memory than `floats` floats.
  func requireScratch(_ floats: Int) {
    for storage in scratch {
      precondition(
        storage.count >= floats, "\(floats) floats are needed, \(storage.count) were reserved")
    }
  }

  /// Calls `body` with each number below `pieces` and the number of the thread that runs the call,
  /// and then `finally` once on each thread.
  ///
  /// Neighbouring pieces go to the same thread as long as all are equally fast; a thread that has
  /// finished its share takes pieces of the others. The result of a piece must not depend on its
  /// thread.
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
