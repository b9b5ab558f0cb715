import MobileNet
import Tensors

/// A channel of a layer.
public struct WatchedChannel: Equatable, Sendable {
  /// The layer, counted from 0.
  public let layer: Int
  /// The channel, counted from 0.
  public let channel: Int

  /// Makes the channel of a layer at a position.
  public init(layer: Int, channel: Int) {
    self.layer = layer
    self.channel = channel
  }
}

/// A recorded frame: its predictions, and one channel.
public struct RecordedFrame: Sendable {
  /// The frame's number in the stream, from 0.
  public let frame: Int
  /// The time of the run, in seconds from the first.
  public let seconds: Double
  /// The most likely classes.
  public let predictions: [Prediction]
  /// The channel's values; nil while none was chosen.
  public let plane: Plane?
}

/// Records the predictions and one channel of the last ten seconds.
struct Recorder: Sendable {
  /// The seconds kept.
  static let seconds = 10.0
  private static let byteLimit = 256 << 20

  private(set) var frames: [RecordedFrame] = []
  private var byteCount = 0

  /// The recorded channel; changing it drops the planes of the one before.
  var watched: WatchedChannel? {
    didSet {
      guard watched != oldValue else { return }
      frames = frames.map {
        RecordedFrame(
          frame: $0.frame, seconds: $0.seconds, predictions: $0.predictions, plane: nil)
      }
      byteCount = 0
    }
  }

  /// Records a frame.
  mutating func add(_ trace: Trace, frame: Int, seconds: Double) {
    var plane: Plane?
    if let watched, trace.layers.indices.contains(watched.layer),
      watched.channel < trace.layers[watched.layer].output.channels
    {
      plane = trace.output(at: watched.layer).plane(watched.channel)
    }
    frames.append(
      RecordedFrame(
        frame: frame, seconds: seconds, predictions: trace.predictions(), plane: plane))
    byteCount += size(of: plane)
    while let first = frames.first,
      first.seconds < seconds - Self.seconds || byteCount > Self.byteLimit
    {
      byteCount -= size(of: first.plane)
      frames.removeFirst()
    }
  }

  private func size(of plane: Plane?) -> Int {
    (plane?.values.count ?? 0) * MemoryLayout<Float>.stride
  }
}
