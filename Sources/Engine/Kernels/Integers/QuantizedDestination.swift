import Tensors

/// A place to write a quantised tensor to, within a block of memory.
public struct QuantizedDestination: Sendable {
  /// The shape of the tensor.
  public let shape: Shape
  /// The quantisation of the tensor.
  public let quantization: Quantization

  private let storage: Storage
  private let offset: Int

  /// The `shape.count` bytes of `storage` from index `offset` on; a tensor's slack has to follow
  /// them.
  public init(shape: Shape, quantization: Quantization, storage: Storage, offset: Int = 0) {
    precondition(
      offset >= 0
        && offset + shape.count + QuantizedTensor.slack
          <= storage.count * MemoryLayout<Float>.stride
    )
    self.shape = shape
    self.quantization = quantization
    self.storage = storage
    self.offset = offset
  }

  /// The written tensor; no writes may follow.
  public var tensor: QuantizedTensor {
    QuantizedTensor(shape: shape, quantization: quantization, storage: storage, offset: offset)
  }

  /// The first byte; valid as long as the storage is alive.
  var bytes: UnsafeMutablePointer<UInt8> { storage.bytes + offset }
}
