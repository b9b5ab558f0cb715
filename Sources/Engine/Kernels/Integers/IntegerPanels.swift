import CKernels
import Tensors

/// The weights of an integer matrix product, in the order in which the kernels read them.
///
/// Output channels are divided into panels. A panel holds, for each segment of an input row and
/// each step of the segment, as many weights per column as a step has input values; the unused part
/// of the last step and of the last panel is zero.
struct IntegerPanels: Sendable {
  /// The number of input values of one output value, in `segments` segments of equal length.
  let depth: Int
  /// The number of output values of one row.
  let outputs: Int
  /// The number of segments of an input row.
  let segments: Int
  /// The number of columns of a panel.
  let columns: Int
  /// The number of steps of a segment.
  let steps: Int
  /// The number subtracted from each weight, which the kernels make good by adding it times the sum
  /// of the input row; 0 for none.
  let excess: Int
  /// The range of the output bytes.
  let range: CKByteRange

  private let panelBytes: Int
  private let weights: Storage
  private let scaling: IntegerScaling

  /// Packs the weights of `filter`, for inputs in `segments` segments.
  init(_ filter: IntegerFilter, segments: Int = 1, kernels: IntegerKernelSet) {
    depth = filter.depth
    outputs = filter.biases.count
    self.segments = segments
    columns = kernels.columns
    let piece = filter.depth / segments
    let step = kernels.step
    steps = (piece + step - 1) / step
    // Words hold every weight, so that only bytes need an excess.
    let excess = kernels.readsBytes ? filter.excess : 0
    self.excess = excess
    range = filter.range
    let count = (outputs + columns - 1) / columns
    let size = kernels.readsBytes ? 1 : 2
    panelBytes = segments * steps * step * columns * size
    weights = Storage(bytes: count * panelBytes)
    let base = UnsafeMutableRawPointer(weights.base)
    base.initializeMemory(as: UInt8.self, repeating: 0, count: count * panelBytes)
    let places = kernels.columnOrder
    for output in 0..<outputs {
      let panel = base + output / columns * panelBytes
      let column = places[output % columns]
      for k in 0..<depth {
        let (segment, value) = (k / piece, k % piece)
        let index =
          ((segment * steps + value / step) * columns + column) * step + value % step
        let weight = Int(filter.weights[output * depth + k]) - excess
        if kernels.readsBytes {
          panel.storeBytes(of: Int8(weight), toByteOffset: index, as: Int8.self)
        } else {
          panel.storeBytes(of: Int16(weight), toByteOffset: 2 * index, as: Int16.self)
        }
      }
    }
    scaling = IntegerScaling(
      filter, biases: filter.biases(inputOffset: kernels.inputOffset, excess: excess),
      channels: (0..<count * columns).map { $0 < filter.biases.count ? $0 : nil },
      lanes: columns / 2, registers: 2)
  }

  /// The number of panels.
  var count: Int { (outputs + columns - 1) / columns }

  /// The memory of the packed weights, in bytes.
  var byteCount: Int { count * panelBytes + scaling.byteCount }

  /// Returns the arguments for the product of `rows` rows of `input` with one panel.
  func product(
    _ panel: Int, input: UnsafeRawPointer, inputStride: Int, segmentStride: Int = 0, rows: Int,
    offsets: UnsafePointer<Int32>?, output: UnsafeMutablePointer<UInt8>
  ) -> CKIntegerProduct {
    CKIntegerProduct(
      input: input, inputStride: inputStride, rows: rows, segments: segments,
      segmentStride: segmentStride, steps: steps,
      panel: UnsafeRawPointer(weights.base) + panel * panelBytes, scaling: scaling.block(panel),
      offsets: excess == 0 ? nil : offsets, output: output + panel * columns,
      outputStride: outputs, columns: min(columns, outputs - panel * columns), range: range)
  }
}
