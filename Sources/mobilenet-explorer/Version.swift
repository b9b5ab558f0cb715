import Kernels

/// What --version prints.
enum Version {
  /// The version, and the kernels that this machine runs.
  static var text: String { "0.2.0 (\(InstructionSet.best) kernels)" }
}
