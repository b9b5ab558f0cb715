import Images
import MobileNet
import Streams

/// A frame and what the network made of it.
public struct ClassifiedFrame: Sendable {
  /// The number that the network was given.
  public let network: Int
  /// The frame.
  public let frame: RawFrame
  /// What the network got of it.
  public let prepared: PreparedInput
  /// What it made of that.
  public let trace: Trace
  /// The answers of the last minute.
  public let history: ClassHistory
  /// How many frames newer ones are kept, while a person steps back.
  public let age: Int
}

/// What a stream says besides its frames.
public enum Notice: Equatable, Sendable {
  /// No frame comes any more; with a reason, unless the stream simply ended.
  case ended(reason: String?)
  /// There is no frame before the one that is looked at.
  case atOldest(kept: Int)
  /// There is none after it, because the stream has ended.
  case atNewest
}
