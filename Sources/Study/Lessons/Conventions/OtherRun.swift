import MobileNet

/// A run of the same weights on the same photo with one convention exchanged.
public struct OtherRun: Sendable {
  /// The convention exchanged.
  public let convention: Convention
  /// The run with the other convention.
  public let trace: Trace
  /// The values above 6 in the one of the two runs that has ReLU.
  let cutValues: CutValues

  /// Runs `checkpoint` on the input of `own`, a run of the same checkpoint, with the other
  /// `convention` and with `patches`.
  public init(
    _ convention: Convention, of checkpoint: Checkpoint, like own: Trace,
    patching patches: [Patch] = [], threads: Int? = nil
  ) throws(NetworkError) {
    let network = try Network(
      checkpoint.exchanging(convention), resolution: own.resolution, threads: threads)
    self.convention = convention
    trace = network.rerun(network.run(own.input), patching: patches)
    cutValues = CutValues(checkpoint.architecture.activation == .relu ? own : trace)
  }
}
