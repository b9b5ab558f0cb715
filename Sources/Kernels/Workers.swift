import Tensors

/// The threads that layers are run on, each with memory of its own, and the kernels they use.
///
/// One layer at a time: whoever shares workers between tasks sees to that.
public final class Workers: @unchecked Sendable {
  /// The threads, the caller among them.
  public let count: Int
  /// What the kernels are written for.
  public let instructionSet: InstructionSet

  let kernels: KernelSet
  private let pool: WorkerPool
  private var scratch: [Storage]

  /// Starts `count` − 1 threads, which sleep until there is something to do; fewer if the system
  /// has no more.
  public init(count: Int, instructionSet: InstructionSet = .best) {
    self.instructionSet = instructionSet
    kernels = instructionSet.kernels
    pool = WorkerPool(count: count)
    self.count = pool.count
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

  /// Calls `body` with each number below `pieces` and the thread that does it.
  ///
  /// Neighbouring pieces go to the same thread, and each thread gets the same ones every time.
  func divide(_ pieces: Int, _ body: (_ pieces: Range<Int>, _ worker: Int) -> Void) {
    pool.run { worker in
      let range = pieces * worker / count..<pieces * (worker + 1) / count
      if !range.isEmpty { body(range, worker) }
    }
  }
}
