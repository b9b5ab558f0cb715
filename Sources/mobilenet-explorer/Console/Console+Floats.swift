import MobileNet

extension Console {
  /// Says that of a network of integers, called `name`, the floats are used, and for `what`.
  static func noteFloats(of checkpoint: Checkpoint, _ name: String, _ what: String) {
    guard checkpoint.integers != nil else { return }
    note("\(name): a network of integers; this command \(what)")
  }
}
