import MobileNet

/// The same weights on the same photo with one convention exchanged.
public struct OtherRun: Sendable {
  /// What was exchanged.
  public let convention: Convention
  /// What the network made of the photo.
  public let trace: Trace
  /// What is above 6 in whichever of the two runs has ReLU.
  let cutValues: CutValues

  /// Runs `checkpoint` on the input of `own`, a run of it, with the other `convention`, and with the
  /// same parts switched off.
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
