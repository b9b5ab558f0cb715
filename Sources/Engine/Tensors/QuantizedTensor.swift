/// An immutable activation of 8-bit integers: height × width × channels.
///
/// Kernels compute with bytes from 0 to 255; the byte of an int8 is 128 more than the integer.
public struct QuantizedTensor: Sendable {
  /// Height × width × channels.
  public let shape: Shape
  /// The mapping of the integers to real numbers.
  public let quantization: Quantization

  private let storage: Storage
  private let offset: Int

  /// The number of bytes behind a tensor that kernels may read without using their values.
  package static let slack = 64

  /// Views `shape.count` bytes of `storage` from index `offset` on; `slack` bytes have to follow
  /// them.
  package init(shape: Shape, quantization: Quantization, storage: Storage, offset: Int = 0) {
    precondition(
      offset >= 0
        && offset + shape.count + Self.slack <= storage.count * MemoryLayout<Float>.stride)
    self.shape = shape
    self.quantization = quantization
    self.storage = storage
    self.offset = offset
  }

  /// Rounds the values of `tensor` to the nearest integers.
  public init(_ tensor: Tensor, _ quantization: Quantization) {
    let count = tensor.shape.count
    let storage = Storage(bytes: count + Self.slack)
    let bytes = storage.bytes
    // Computes the same as `Quantization.number`, in a form that the compiler vectorises.
    let (scale, zero) = (quantization.scale, Float(quantization.zeroByte))
    tensor.withUnsafeBufferPointer { values in
      for index in 0..<count {
        let ratio = values[index] / scale
        let number = ratio.rounded(.toNearestOrAwayFromZero) + zero
        bytes[index] = UInt8(Swift.min(Swift.max(number, 0), 255))
      }
    }
    self.init(shape: tensor.shape, quantization: quantization, storage: storage)
  }

  /// Copies `numbers`, in the order of rows, columns and channels; each must be in the
  /// quantisation's range.
  public init(shape: Shape, quantization: Quantization, numbers: some Collection<Int>) {
    precondition(numbers.count == shape.count)
    let storage = Storage(bytes: shape.count + Self.slack)
    for (index, number) in numbers.enumerated() {
      precondition(quantization.numbers ~= number)
      storage.bytes[index] = UInt8(number + quantization.bias)
    }
    self.init(shape: shape, quantization: quantization, storage: storage)
  }

  /// The integer of `channel` in row `y` and column `x`.
  public subscript(y: Int, x: Int, channel: Int) -> Int {
    precondition(0..<shape.height ~= y && 0..<shape.width ~= x && 0..<shape.channels ~= channel)
    return Int(bytes[(y * shape.width + x) * shape.channels + channel]) - quantization.bias
  }

  /// All integers, rows first, channels last.
  public var numbers: [Int] {
    (0..<shape.count).map { Int(bytes[$0]) - quantization.bias }
  }

  /// The real numbers that the integers represent.
  public var reals: Tensor {
    let storage = Storage(uninitialized: shape.count)
    let table = (0..<256).map { quantization.real($0 - quantization.bias) }
    storage.withUnsafeMutableBufferPointer { reals in
      for index in 0..<shape.count { reals[index] = table[Int(bytes[index])] }
    }
    return Tensor(shape: shape, storage: storage)
  }

  /// The first byte, for kernels; valid as long as the tensor is alive.
  package var bytes: UnsafePointer<UInt8> { UnsafePointer(storage.bytes + offset) }
}

extension Storage {
  /// Creates a storage with room for `bytes` bytes, whose values are undefined.
  package convenience init(bytes: Int) {
    self.init(uninitialized: (bytes + 3) / MemoryLayout<Float>.stride)
  }

  /// The first byte; valid as long as the storage is alive, which holds either bytes or floats.
  package var bytes: UnsafeMutablePointer<UInt8> {
    UnsafeMutableRawPointer(base).assumingMemoryBound(to: UInt8.self)
  }
}
