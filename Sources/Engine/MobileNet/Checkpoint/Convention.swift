/// A convention that weights were trained with and that no file format checks: under the other one
/// the network runs, but its accuracy falls.
public enum Convention: String, Hashable, Sendable, CaseIterable {
  /// The padding of stride-2 layers.
  case padding
  /// The activation function behind every convolution.
  case activation
}

extension Checkpoint {
  /// Returns the same weights with the other padding, or with the other activation.
  public func exchanging(_ convention: Convention) -> Checkpoint {
    var checkpoint = self
    switch convention {
    case .padding:
      checkpoint.architecture.padding = architecture.padding == .same ? .symmetric : .same
    case .activation:
      checkpoint.architecture.activation = architecture.activation == .relu ? .relu6 : .relu
    }
    return checkpoint
  }
}
