import MobileNet
import Tensors

extension Explainer.Work {
  /// What the number loses when a square is set to zero, for squares side by side (Zeiler and
  /// Fergus 2014, section 4.2).
  ///
  /// A square is a seventh of the shorter side, and the next one begins half of that further on.
  func occlusion(_ progress: Progress) -> Tensor? {
    let values = values(of: explainer.trace)
    let shape = values.shape
    let side = min(shape.height, shape.width)
    let square = max(1, side / 7)
    func starts(_ length: Int) -> [Int] {
      Array(stride(from: 0, through: length - square, by: max(1, side / 14)))
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
        let covered = values.switchingOff(
          rows: row..<row + square, columns: column..<column + square)
        losses.append(Float(whole - number(of: run(with: covered, in: &pool))))
      }
    }
    return soFar()
  }
}
