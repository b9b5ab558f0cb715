import Kernels

/// The text that --version prints.
enum Version {
  /// The program's version and the kernels that this machine runs.
  static var text: String { "0.2.0 (\(InstructionSet.best) kernels)" }
}
