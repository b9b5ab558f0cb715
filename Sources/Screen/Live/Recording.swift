import MobileNet
import Reports
import Tensors

/// The recorded frames as the contents of a file.
public struct Recording {
  private let frames: [RecordedFrame]

  /// Takes `frames`, the oldest first.
  public init(_ frames: [RecordedFrame]) {
    self.frames = frames
  }

  /// The duration and the number of frames: `9.9 s, 583 frames`.
  public var extent: String { Self.extent(frames) }

  /// The channel's planes as a tensor, time × height × width, and their extent; nil if no frame has
  /// one.
  public var channel: (tensor: Tensor, extent: String)? {
    let frames = frames.filter { $0.plane != nil }
    let planes = frames.compactMap(\.plane)
    guard let first = planes.first else { return nil }
    let shape = Shape(height: planes.count, width: first.height, channels: first.width)
    return (Tensor(shape: shape, values: planes.flatMap(\.values)), Self.extent(frames))
  }

  /// Returns CSV: a line of column names, and a line for each likely class of each frame.
  public func predictions(label: (Int) -> String) -> String {
    var text = "frame,seconds,rank,class,label,probability\n"
    for frame in frames {
      for (rank, prediction) in frame.predictions.enumerated() {
        let label = label(prediction.classIndex).replacing("\"", with: "\"\"")
        text += "\(frame.frame),\(frame.seconds),\(rank + 1),\(prediction.classIndex),"
        text += "\"\(label)\",\(NumberText.exact(prediction.probability))\n"
      }
    }
    return text
  }

  private static func extent(_ frames: [RecordedFrame]) -> String {
    let seconds = (frames.last?.seconds ?? 0) - (frames.first?.seconds ?? 0)
    let tenths = Int((seconds * 10).rounded())
    let count = frames.count == 1 ? "1 frame" : "\(frames.count) frames"
    return "\(tenths / 10).\(tenths % 10) s, \(count)"
  }
}
