import Tensors

/// A place to write a tensor to, within a block of memory.
public struct Destination: Sendable {
  /// The shape of the tensor.
  public let shape: Shape

  private let storage: Storage
  private let offset: Int

  /// The `shape.count` floats of `storage` that begin with the one at `offset`.
  public init(shape: Shape, storage: Storage, offset: Int = 0) {
    precondition(offset >= 0 && offset + shape.count <= storage.count)
    self.shape = shape
    self.storage = storage
    self.offset = offset
  }

  /// The written tensor; no writes may follow.
  public var tensor: Tensor { Tensor(shape: shape, storage: storage, offset: offset) }

  /// Writes the values of `tensor`, which has the same shape.
  public func copy(_ tensor: Tensor) {
    precondition(tensor.shape == shape)
    base.update(from: tensor.base, count: shape.count)
  }

  /// The first float; valid as long as the storage is alive.
  var base: UnsafeMutablePointer<Float> { storage.base + offset }
}
