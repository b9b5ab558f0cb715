import Glibc

/// The standard library's lock of this name, made of one that ThreadSanitizer sees.
///
/// A thread that waits for the standard library's gets it from the kernel (futex, FUTEX_LOCK_PI): the
/// sanitizer sees no order between the two owners and names races that are none. A counter that two
/// threads raise with `withLock` is enough. Tests/Sanitizers/run puts this one into each module.
struct Mutex<Value>: ~Copyable, @unchecked Sendable {
  private final class Storage {
    var lock = pthread_mutex_t()
    var value: Value

    init(_ value: Value) {
      self.value = value
      pthread_mutex_init(&lock, nil)
    }

    deinit { pthread_mutex_destroy(&lock) }
  }

  private let storage: Storage

  init(_ value: consuming sending Value) { storage = Storage(value) }

  /// Calls `body` with the value, while no other thread does.
  borrowing func withLock<Result, E: Error>(
    _ body: (inout Value) throws(E) -> Result
  ) throws(E) -> Result {
    pthread_mutex_lock(&storage.lock)
    defer { pthread_mutex_unlock(&storage.lock) }
    return try body(&storage.value)
  }
}
