import Tensors

/// Rows of an integer layer's input with padding, in the form that the kernels read.
///
/// A line has zero points at either end, and lines outside of the input consist of zero points.
struct PaddedLines {
  /// The input.
  let input: QuantizedTensor
  /// The range of channels to copy.
  let channels: Range<Int>
  /// The number of places with zero points to the left of a row.
  let before: Int
  /// The number of places of a line.
  let width: Int
  /// Whether the values are bytes, not words.
  let areBytes: Bool
  /// The memory of the lines.
  let memory: UnsafeMutableRawPointer

  /// The number of values of a line.
  var count: Int { width * channels.count }

  /// The size of a line, in bytes.
  var lineBytes: Int { count * (areBytes ? 1 : 2) }

  /// Returns the first value of a line.
  func line(_ index: Int) -> UnsafeRawPointer { UnsafeRawPointer(memory + index * lineBytes) }

  /// Fills line `index` with input row `row`.
  func fill(_ index: Int, row: Int) {
    let zero = UInt8(input.quantization.zeroByte)
    if areBytes {
      fill((memory + index * lineBytes).assumingMemoryBound(to: UInt8.self), row, zero: zero) { $0 }
    } else {
      let line = (memory + index * lineBytes).assumingMemoryBound(to: Int16.self)
      fill(line, row, zero: Int16(zero)) { Int16($0) }
    }
  }

  @inline(__always)
  private func fill<Value: BitwiseCopyable>(
    _ line: UnsafeMutablePointer<Value>, _ row: Int, zero: Value, _ value: (UInt8) -> Value
  ) {
    guard 0..<input.shape.height ~= row else {
      line.update(repeating: zero, count: count)
      return
    }
    let (all, places) = (input.shape.channels, input.shape.width)
    let values = line + before * channels.count
    let source = input.bytes + row * places * all + channels.lowerBound
    line.update(repeating: zero, count: before * channels.count)
    if channels.count == all {
      for index in 0..<places * all { values[index] = value(source[index]) }
    } else {
      for place in 0..<places {
        let (from, to) = (source + place * all, values + place * channels.count)
        for index in 0..<channels.count { to[index] = value(from[index]) }
      }
    }
    let end = (before + places) * channels.count
    (line + end).update(repeating: zero, count: count - end)
  }
}
