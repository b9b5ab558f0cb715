#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A core's second-level cache: some hundred kilobytes for this core alone.
///
/// The layers' work is divided into pieces whose data fit into this cache, because the next level
/// is several times as slow.
enum SecondLevelCache {
  /// The size in floats: the system's number, or else one that most processors exceed.
  static let floats: Int = {
    let bytes = systemBytes
    return (bytes > 0 ? bytes : 512 << 10) / MemoryLayout<Float>.stride
  }()

  private static var systemBytes: Int {
    #if canImport(Darwin)
      systemNumber("hw.l2cachesize")
    #elseif canImport(Glibc)
      sysconf(Int32(_SC_LEVEL2_CACHE_SIZE))
    #else
      0
    #endif
  }
}

/// The last-level cache: some megabytes that cores share.
enum ThirdLevelCache {
  /// The size in bytes; 0 where the system states none.
  static var bytes: Int {
    #if canImport(Darwin)
      systemNumber("hw.l3cachesize")
    #elseif canImport(Glibc)
      max(0, sysconf(Int32(_SC_LEVEL3_CACHE_SIZE)))
    #else
      0
    #endif
  }
}

#if canImport(Darwin)
  /// Returns a number that the system knows by a name; 0 where it does not.
  private func systemNumber(_ name: String) -> Int {
    var number = 0
    var size = MemoryLayout<Int>.size
    return sysctlbyname(name, &number, &size, nil, 0) == 0 ? number : 0
  }
#endif
