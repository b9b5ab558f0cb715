import MobileNet
import Tensors

extension Explainer.Work {
  /// Returns the loss in the target's value when a rectangle is set to zero, for overlapping
  /// rectangles (Zeiler and Fergus 2014, section 4.2).
  ///
  /// A rectangle has a seventh of each side, and the next one begins half of that further on, so
  /// that the same number of them covers an input of any proportions.
  func occlusion(_ progress: Progress) -> Tensor? {
    let values = values(of: explainer.trace)
    let shape = values.shape
    func starts(_ length: Int) -> [Range<Int>] {
      let part = max(1, length / 7)
      return stride(from: 0, through: length - part, by: max(1, length / 14)).map { $0..<$0 + part }
    }
    let (rows, columns) = (starts(shape.height), starts(shape.width))
    let whole = number(of: explainer.trace)
    let map = Shape(height: rows.count, width: columns.count, channels: 1)
    var pool = TracePool()
    var losses: [Float] = []
    func soFar() -> Tensor {
      Tensor(
        shape: map, values: losses + [Float](repeating: 0, count: map.count - losses.count))
    }
    for row in rows {
      for column in columns {
        let part = Double(losses.count) / Double(map.count)
        guard progress(part, soFar()) else { return nil }
        let covered = values.switchingOff(rows: row, columns: column)
        losses.append(Float(whole - number(of: run(with: covered, in: &pool))))
      }
    }
    return soFar()
  }
}
