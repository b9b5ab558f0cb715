/// The names of the classes in what a training saved beside its network.
enum PickledLabels {
  /// Their usual names, in the order in which they are looked for.
  private static let keys = [
    "class_names", "classes", "labels", "label_names", "names", "categories", "idx_to_class",
    "id2label", "class_to_idx", "label2id",
  ]

  /// The labels in a dictionary, or in one that it holds; nil where there are none.
  static func find(in value: PickleValue) -> [String]? { find(in: value, depth: 0) }

  private static func find(in value: PickleValue, depth: Int) -> [String]? {
    guard depth < 3, let dictionary = value.dictionary ?? value.object?.state else { return nil }
    for key in keys {
      if let labels = dictionary[key].flatMap({ labels($0) }) { return labels }
    }
    for (key, value) in dictionary.pairs.prefix(64) {
      // An optimiser and a network have much in them, but no labels.
      guard let name = key.text,
        ["args", "cfg", "config", "hparams", "meta", "hyper_parameters"]
          .contains(where: { name.contains($0) })
      else { continue }
      if let labels = find(in: value, depth: depth + 1) { return labels }
    }
    return nil
  }

  /// A list of names, names by number, or numbers by name; nil for anything else.
  private static func labels(_ value: PickleValue) -> [String]? {
    if let elements = value.elements {
      let texts = elements.compactMap(\.text)
      return texts.count == elements.count && !texts.isEmpty ? texts : nil
    }
    var byNumber: [Int: String] = [:]
    for (key, value) in value.dictionary?.pairs ?? [] {
      let number = key.integer ?? value.integer ?? key.text.flatMap { Int($0) }
      guard let number,
        let text = key.integer == nil && value.integer != nil ? key.text : value.text
      else { return nil }
      byNumber[number] = text
    }
    let inOrder = (0..<byNumber.count).compactMap { byNumber[$0] }
    return inOrder.isEmpty || inOrder.count < byNumber.count ? nil : inOrder
  }
}
