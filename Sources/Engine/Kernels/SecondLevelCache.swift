#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The second of a core's caches, some hundred kilobytes that no other core uses.
///
/// What layers read and write is cut into pieces that fit there: what is beyond takes several times
/// as long to fetch.
enum SecondLevelCache {
  /// Its size in floats: as the system says, else what most processors have at least.
  static let floats: Int = {
    let bytes = systemBytes
    return (bytes > 0 ? bytes : 512 << 10) / MemoryLayout<Float>.stride
  }()

  private static var systemBytes: Int {
    #if canImport(Darwin)
      var bytes = 0
      var size = MemoryLayout<Int>.size
      return sysctlbyname("hw.l2cachesize", &bytes, &size, nil, 0) == 0 ? bytes : 0
    #elseif canImport(Glibc)
      return sysconf(Int32(_SC_LEVEL2_CACHE_SIZE))
    #else
      return 0
    #endif
  }
}
