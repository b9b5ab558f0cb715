/// An immutable activation of numbers of eight bits: height × width × channels.
///
/// Kernels compute with bytes from 0 to 255; where numbers have a sign, the byte is 128 more.
public struct QuantizedTensor: Sendable {
  /// Height × width × channels.
  public let shape: Shape
  /// The meaning of its numbers.
  public let quantization: Quantization

  private let storage: Storage
  private let offset: Int

  /// The bytes behind a tensor that kernels may read, and whose values they do not use.
  package static let slack = 64

  /// Views `shape.count` bytes of `storage`, beginning with the one at `offset`; as many as `slack`
  /// have to follow them.
  package init(shape: Shape, quantization: Quantization, storage: Storage, offset: Int = 0) {
    precondition(
      offset >= 0
        && offset + shape.count + Self.slack <= storage.count * MemoryLayout<Float>.stride)
    self.shape = shape
    self.quantization = quantization
    self.storage = storage
    self.offset = offset
  }

  /// The numbers nearest to the values of `tensor`.
  public init(_ tensor: Tensor, _ quantization: Quantization) {
    let count = tensor.shape.count
    let storage = Storage(bytes: count + Self.slack)
    let bytes = storage.bytes
    // As `Quantization.number` has it, in a form that becomes vector instructions.
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

  /// Copies `numbers`, which are in the order of rows, columns, channels, and of the quantisation's
  /// range.
  public init(shape: Shape, quantization: Quantization, numbers: some Collection<Int>) {
    precondition(numbers.count == shape.count)
    let storage = Storage(bytes: shape.count + Self.slack)
    for (index, number) in numbers.enumerated() {
      precondition(quantization.numbers ~= number)
      storage.bytes[index] = UInt8(number + quantization.bias)
    }
    self.init(shape: shape, quantization: quantization, storage: storage)
  }

  /// The number of `channel` in row `y` and column `x`.
  public subscript(y: Int, x: Int, channel: Int) -> Int {
    precondition(0..<shape.height ~= y && 0..<shape.width ~= x && 0..<shape.channels ~= channel)
    return Int(bytes[(y * shape.width + x) * shape.channels + channel]) - quantization.bias
  }

  /// All numbers, rows first, channels last.
  public var numbers: [Int] {
    (0..<shape.count).map { Int(bytes[$0]) - quantization.bias }
  }

  /// The real numbers that they stand for.
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
  /// Makes a storage of at least `bytes` bytes, whose values are not defined.
  package convenience init(bytes: Int) {
    self.init(uninitialized: (bytes + 3) / MemoryLayout<Float>.stride)
  }

  /// The first byte; valid as long as the storage is alive, which holds either bytes or floats.
  package var bytes: UnsafeMutablePointer<UInt8> {
    UnsafeMutableRawPointer(base).assumingMemoryBound(to: UInt8.self)
  }
}
