/// The instructions that the kernels may use.
public enum InstructionSet: String, Hashable, Sendable, Codable, CaseIterable {
  /// What every machine of the architecture has; written in Swift.
  case portable

  /// The fastest that this machine has.
  public static let best = portable

  /// The kernels written for it.
  var kernels: KernelSet {
    switch self {
    case .portable:
      KernelSet(
        columns: 8, lanes: 4, product: { $0.runPortable() }, depthwise: { $0.runPortable() })
    }
  }
}
