import Images
import MobileNet
import Streams

/// A frame with the network's run on it.
public struct ClassifiedFrame: Sendable {
  /// The number that the network was given in `Pipeline.use`.
  public let network: Int
  /// The frame.
  public let frame: RawFrame
  /// The network's input.
  public let prepared: PreparedInput
  /// The trace of the run.
  public let trace: Trace
  /// The probabilities of the last minute.
  public let history: ClassHistory
  /// The number of newer frames kept, while a person steps back.
  public let age: Int
}

/// Events of a stream besides its frames.
public enum Notice: Equatable, Sendable {
  /// No more frames come; `reason` is nil unless the stream broke off.
  case ended(reason: String?)
  /// No frame before the current one is kept.
  case atOldest(kept: Int)
  /// No frame follows the current one, because the stream has ended.
  case atNewest
}
