import Tensors

/// The gradient of a target with respect to every recorded value: the result of a backward pass.
public struct Gradient: Sendable {
  /// The number whose gradient this is.
  public let target: Target
  /// The position of the layer that the target is computed from.
  public let position: Int
  /// The gradient with respect to the network's prepared input.
  public let input: Tensor
  /// The time that the backward pass took, in milliseconds.
  public let milliseconds: Double

  private let outputs: [Tensor]
  /// The memory of the input's and all outputs' gradients.
  let storage: Storage

  init(
    of target: Target, at position: Int, input: Tensor, outputs: [Tensor], storage: Storage,
    milliseconds: Double
  ) {
    self.target = target
    self.position = position
    self.input = input
    self.outputs = outputs
    self.storage = storage
    self.milliseconds = milliseconds
  }

  /// The memory of the gradients, in bytes.
  public var byteCount: Int { storage.count * MemoryLayout<Float>.stride }

  /// Returns the gradient with respect to the output of the layer at `position`, counted from 0;
  /// nil for a layer behind the target.
  public func output(at position: Int) -> Tensor? {
    outputs.indices.contains(position) ? outputs[position] : nil
  }
}
