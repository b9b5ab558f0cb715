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
      systemNumber("hw.l2cachesize")
    #elseif canImport(Glibc)
      sysconf(Int32(_SC_LEVEL2_CACHE_SIZE))
    #else
      0
    #endif
  }
}

/// The last of the caches, some megabytes that cores share.
enum ThirdLevelCache {
  /// Its size in bytes, as the system says; 0 where it says nothing or there is none.
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
  /// A number that the system knows by a name; 0 where it does not.
  private func systemNumber(_ name: String) -> Int {
    var number = 0
    var size = MemoryLayout<Int>.size
    return sysctlbyname(name, &number, &size, nil, 0) == 0 ? number : 0
  }
#endif
