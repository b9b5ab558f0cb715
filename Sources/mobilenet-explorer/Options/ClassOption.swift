import MobileNet

/// A class named on the command line.
enum ClassOption {
  /// Returns the class with the number or label `name`; the failure suggests the nearest label.
  ///
  /// `name` may be one of several names in a label, in any case of letters. `option` is the option
  /// that the person wrote it after.
  static func index(of name: String, in checkpoint: Checkpoint, option: String) throws -> Int {
    guard let classes = checkpoint.architecture.classes else {
      throw Failure(
        .data, "\(option) \(name): \(checkpoint.name) has no classifier, so it has no classes")
    }
    if let index = Int(name) {
      guard 0..<classes ~= index else {
        throw Failure(
          .usage, "\(option) \(name): no such class (expected a number from 0 to \(classes - 1))")
      }
      return index
    }
    let wanted = name.lowercased()
    let names = checkpoint.labels.map { label in
      label.lowercased().split(separator: ",").map { String($0.drop { $0 == " " }) }
    }
    let found =
      checkpoint.labels.firstIndex { $0.lowercased() == wanted }
      ?? names.firstIndex { $0.contains(wanted) }
    if let found { return found }
    throw Failure(
      .usage,
      "\(option) \(name): no such class\(checkpoint.labels.hint(for: name)) (expected a label, or a number from 0 to "
        + "\(classes - 1))")
  }
}
