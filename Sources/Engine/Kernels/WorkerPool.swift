import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Threads that wait for work together: each spins for a moment, and then sleeps.
///
/// A network is a few dozen short pieces of work, and waking a sleeping thread takes as long as one
/// of them. So a thread spins for a while after each piece before it sleeps; an idle pool uses no
/// processor time.
final class WorkerPool: Sendable {
  /// The number of threads, including the caller's.
  let count: Int

  private let shared = Shared()

  /// Starts `count` − 1 threads, or as many as the system allows.
  init(count wanted: Int) {
    var count = 1
    while count < wanted, Self.startThread(shared, index: count) { count += 1 }
    self.count = count
  }

  /// Starts a thread that waits for work; returns false when the system has none left.
  private static func startThread(_ shared: Shared, index: Int) -> Bool {
    let start = Unmanaged.passRetained(Start(shared: shared, index: index))
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    guard pthread_create(&thread, nil, workerMain, start.toOpaque()) == 0 else {
      start.release()
      return false
    }
    #if canImport(Darwin)
      if let thread { pthread_detach(thread) }
    #else
      pthread_detach(thread)
    #endif
    return true
  }

  deinit { shared.stop() }

  /// Calls `body` once on each thread, with numbers from 0, and returns when all calls are done.
  ///
  /// Only one caller may use a pool at a time.
  func run(_ body: (Int) -> Void) {
    guard count > 1 else { return body(0) }
    withoutActuallyEscaping(body) { body in
      shared.start(body, helpers: count - 1)
      body(0)
      shared.finish()
    }
  }
}

/// The arguments of a new thread.
private final class Start: Sendable {
  let shared: Shared
  let index: Int

  init(shared: Shared, index: Int) {
    self.shared = shared
    self.index = index
  }
}

#if canImport(Darwin)
  private func workerMain(_ argument: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    work(Unmanaged<Start>.fromOpaque(argument).takeRetainedValue())
    return nil
  }
#else
  private func workerMain(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let argument { work(Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()) }
    return nil
  }
#endif

private func work(_ start: Start) {
  var seen = 0
  while start.shared.next(after: &seen, index: start.index) {}
}

/// The state that the threads of a pool share.
///
/// `body` is written before `round` is raised and read after; `remaining` reaches zero before the
/// next write. That order makes the access safe, which the compiler cannot check.
private final class Shared: @unchecked Sendable {
  /// The number of looks for work before sleeping: some tens of microseconds.
  private static let looks = 40_000

  private var body: ((Int) -> Void)?
  /// The number of pieces of work so far; negative when the pool is gone.
  private let round = Shared.counter()
  private let remaining = Shared.counter()
  private let sleepers = Shared.counter()
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
    for counter in [round, remaining, sleepers] {
      counter.deinitialize(count: 1)
      counter.deallocate()
    }
  }

  /// A counter with cache lines of its own: whoever is done with a piece of work does not disturb those
  /// who look out for the next.
  private static func counter() -> UnsafeMutablePointer<Atomic<Int>> {
    let counter = UnsafeMutableRawPointer.allocate(byteCount: 128, alignment: 128)
      .bindMemory(to: Atomic<Int>.self, capacity: 1)
    counter.initialize(to: Atomic(0))
    return counter
  }

  func start(_ body: @escaping (Int) -> Void, helpers: Int) {
    self.body = body
    remaining.pointee.store(helpers, ordering: .relaxed)
    publish(round.pointee.load(ordering: .relaxed) + 1)
  }

  func stop() { publish(-1) }

  /// Waits for the other threads.
  func finish() {
    var looks = 0
    while remaining.pointee.load(ordering: .acquiring) > 0 {
      looks += 1
      // The other threads may need this core.
      if looks > Self.looks { sched_yield() }
    }
    body = nil
  }

  /// Waits for a piece of work and does it; returns false when the pool is gone.
  func next(after seen: inout Int, index: Int) -> Bool {
    var looks = 0
    while round.pointee.load(ordering: .acquiring) == seen && looks < Self.looks {
      looks += 1
    }
    if looks == Self.looks { sleep(while: seen) }
    let now = round.pointee.load(ordering: .acquiring)
    guard now >= 0 else { return false }
    seen = now
    work(index)
    remaining.pointee.subtract(1, ordering: .acquiringAndReleasing)
    return true
  }

  /// Not inlined, so that the closure is released before the other threads learn that the work is
  /// done.
  @inline(never) private func work(_ index: Int) { body?(index) }

  private func publish(_ value: Int) {
    round.pointee.store(value, ordering: .sequentiallyConsistent)
    guard sleepers.pointee.load(ordering: .sequentiallyConsistent) > 0 else { return }
    pthread_mutex_lock(mutex)
    pthread_cond_broadcast(condition)
    pthread_mutex_unlock(mutex)
  }

  private func sleep(while seen: Int) {
    pthread_mutex_lock(mutex)
    sleepers.pointee.add(1, ordering: .sequentiallyConsistent)
    while round.pointee.load(ordering: .sequentiallyConsistent) == seen {
      pthread_cond_wait(condition, mutex)
    }
    sleepers.pointee.subtract(1, ordering: .sequentiallyConsistent)
    pthread_mutex_unlock(mutex)
  }
}
