import CKernels

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The instruction set of the kernels for floats.
public enum InstructionSet: String, Hashable, Sendable, Codable, CaseIterable {
  /// Plain Swift, for every machine of the architecture.
  case portable
  /// x86-64: registers of 8 floats and fused multiply-adds.
  case avx2
  /// x86-64: registers of 16 floats.
  case avx512
  /// arm64: registers of 4 floats.
  case neon

  /// The sets that this machine supports, the fastest last.
  public static let available = allCases.filter(\.isAvailable)

  /// The default: the fastest set that this machine supports, or the one that the environment
  /// variable MOBILENET_INSTRUCTION_SET names, if the machine supports that.
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

  /// The kernels for this set; the portable ones where this machine does not support it.
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
