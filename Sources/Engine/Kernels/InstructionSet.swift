import CKernels

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The instructions that the kernels may use.
public enum InstructionSet: String, Hashable, Sendable, Codable, CaseIterable {
  /// What every machine of the architecture has; written in Swift.
  case portable
  /// x86-64: registers of 8 floats and fused multiply-adds.
  case avx2
  /// x86-64: registers of 16 floats.
  case avx512
  /// arm64: registers of 4 floats.
  case neon

  /// The sets that this machine has, the fastest last.
  public static let available = allCases.filter(\.isAvailable)

  /// What is used when nobody asks for another: the fastest that this machine has, or the one that
  /// the environment variable MOBILENET_INSTRUCTION_SET names, if the machine has that.
  public static let best: InstructionSet = {
    let named = getenv("MOBILENET_INSTRUCTION_SET").flatMap {
      InstructionSet(rawValue: String(cString: $0))
    }
    return available.first { $0 == named } ?? available.last ?? .portable
  }()

  private var isAvailable: Bool {
    #if arch(x86_64)
      switch self {
      case .portable: true
      case .avx2: CKHasAVX2()
      case .avx512: CKHasAVX512()
      case .neon: false
      }
    #elseif arch(arm64)
      self == .portable || self == .neon
    #else
      self == .portable
    #endif
  }

  /// The kernels written for it; those in Swift where this machine lacks it.
  var kernels: KernelSet {
    #if arch(x86_64)
      switch Self.available.contains(self) ? self : .portable {
      case .avx512:
        return KernelSet(
          columns: 32, lanes: 16, depthwiseBlock: 32_768,
          product: { withUnsafePointer(to: $0, CKProductAVX512) },
          depthwise: { withUnsafePointer(to: $0, CKDepthwiseRowAVX512) }, mask: CKMaskAVX512,
          peak: CKPeakAVX512,
          peakMultiplyAdds: 256)
      case .avx2:
        return KernelSet(
          columns: 16, lanes: 8, depthwiseBlock: 32_768,
          product: { withUnsafePointer(to: $0, CKProductAVX2) },
          depthwise: { withUnsafePointer(to: $0, CKDepthwiseRowAVX2) }, mask: CKMaskAVX2,
          peak: CKPeakAVX2,
          peakMultiplyAdds: 96)
      default: break
      }
    #elseif arch(arm64)
      if self == .neon {
        return KernelSet(
          columns: 8, lanes: 4, depthwiseBlock: 8192,
          product: { withUnsafePointer(to: $0, CKProductNEON) },
          depthwise: { withUnsafePointer(to: $0, CKDepthwiseRowNEON) }, mask: CKMaskNEON,
          peak: CKPeakNEON,
          peakMultiplyAdds: 96)
      }
    #endif
    return KernelSet(
      columns: 8, lanes: 4, depthwiseBlock: 32_768, product: { $0.runPortable() },
      depthwise: { $0.runPortable() }, mask: portableMask,
      peak: portablePeak, peakMultiplyAdds: 48)
  }
}
