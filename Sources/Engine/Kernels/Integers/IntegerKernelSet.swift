import CKernels

/// The inner loops of integer layers, written for one instruction set.
struct IntegerKernelSet: Sendable {
  /// Whether input values are bytes, not 16-bit words.
  let readsBytes: Bool
  /// The number that the kernels subtract from each input byte to make it signed.
  let inputOffset: Int
  /// The number of input values whose products one instruction adds up.
  let step: Int
  /// The number of sums of a register; a panel has the columns of two registers.
  let lanes: Int
  /// The number of registers of sums that `span` computes at a time.
  let registers: Int
  /// Computes `rows` × up to `columns` bytes of a matrix product.
  let product: @Sendable (CKIntegerProduct) -> Void
  /// Computes one row or two of a depthwise layer's output.
  let span: @Sendable (CKIntegerSpan) -> Void

  /// The number of output columns that `product` computes at a time.
  var columns: Int { 2 * lanes }

  /// The number of channels that `span` computes at a time.
  var blockChannels: Int { registers * lanes }

  /// The size of an input value, in bytes.
  var valueBytes: Int { readsBytes ? 1 : 2 }

  /// The lane of each column of a panel in its two registers.
  var columnOrder: [Int] {
    var order = [Int](repeating: 0, count: columns)
    for register in 0..<2 {
      for lane in 0..<lanes {
        order[8 * (lane / 4) + 4 * register + lane % 4] = register * lanes + lane
      }
    }
    return order
  }
}

/// The instruction set of the integer kernels.
public enum IntegerInstructionSet: String, Hashable, Sendable, Codable, CaseIterable {
  /// Plain Swift, for every machine of the architecture.
  case portable
  /// x86-64: 16 products of 16-bit words a multiply-add.
  case avx2
  /// x86-64: 32 products of bytes a multiply-add.
  case avxVNNI = "avx-vnni"
  /// x86-64: 64 products of bytes a multiply-add.
  case avx512VNNI = "avx512-vnni"
  /// arm64: 16 products of bytes a multiply-add.
  case dotProduct = "neon-dotprod"

  /// The sets that this machine supports, the fastest last.
  public static let available = allCases.filter(\.isAvailable)

  /// Chooses the fastest set that this machine supports and that goes with the float kernels of
  /// `other`.
  public init(for other: InstructionSet) {
    let fitting: [IntegerInstructionSet] =
      switch other {
      case .portable: [.portable]
      case .avx2: [.portable, .avx2, .avxVNNI]
      case .avx512: [.portable, .avx2, .avxVNNI, .avx512VNNI]
      case .neon: [.portable, .dotProduct]
      }
    self = Self.available.last { fitting.contains($0) } ?? .portable
  }

  private var isAvailable: Bool {
    #if arch(x86_64)
      switch self {
      case .portable: true
      case .avx2: CKHasAVX2()
      case .avxVNNI: CKHasAVXVNNI()
      case .avx512VNNI: CKHasAVX512VNNI()
      case .dotProduct: false
      }
    #elseif arch(arm64)
      self == .portable || self == .dotProduct && CKHasDotProduct()
    #else
      self == .portable
    #endif
  }

  /// The kernels for this set; the portable ones where this machine does not support it.
  var kernels: IntegerKernelSet {
    #if arch(x86_64)
      switch Self.available.contains(self) ? self : .portable {
      case .avx512VNNI:
        return IntegerKernelSet(
          readsBytes: true, inputOffset: 0, step: 4, lanes: 16, registers: 4,
          product: { withUnsafePointer(to: $0, CKIntegerProductAVX512VNNI) },
          span: { withUnsafePointer(to: $0, CKIntegerSpanAVX512VNNI) })
      case .avxVNNI:
        return IntegerKernelSet(
          readsBytes: true, inputOffset: 0, step: 4, lanes: 8, registers: 4,
          product: { withUnsafePointer(to: $0, CKIntegerProductAVXVNNI) },
          span: { withUnsafePointer(to: $0, CKIntegerSpanAVXVNNI) })
      case .avx2:
        return IntegerKernelSet(
          readsBytes: false, inputOffset: 0, step: 2, lanes: 8, registers: 2,
          product: { withUnsafePointer(to: $0, CKIntegerProductAVX2) },
          span: { withUnsafePointer(to: $0, CKIntegerSpanAVX2) })
      default: break
      }
    #elseif arch(arm64)
      if self == .dotProduct, Self.available.contains(self) {
        return IntegerKernelSet(
          readsBytes: true, inputOffset: 128, step: 4, lanes: 4, registers: 4,
          product: { withUnsafePointer(to: $0, CKIntegerProductNEON) },
          span: { withUnsafePointer(to: $0, CKIntegerSpanNEON) })
      }
    #endif
    return IntegerKernelSet(
      readsBytes: false, inputOffset: 0, step: 1, lanes: 4, registers: 2,
      product: { $0.runPortable() }, span: { $0.runPortable() })
  }
}
