/// A PyTorch library's names for the parts of a MobileNet v1.
struct PyTorchNames {
  /// A convolution and its batch norm, by the prefixes of their arrays' names.
  struct Part {
    let convolution: String
    let norm: String
    let isDepthwise: Bool
  }

  /// The parts from the first convolution on, in the order of execution.
  let parts: [Part]
  /// The prefix of the classifier's names.
  let classifier: String
  /// The library that uses these names.
  let library: PyTorchLibrary

  /// Recognises the library; nil for names of no known library.
  ///
  /// All names may have a common prefix: "module." from DataParallel, or "_orig_mod.".
  init?(_ names: some Collection<String>) {
    let names = Set(names)
    func isThere(_ convolution: String) -> Bool { names.contains("\(convolution).weight") }
    /// Returns the text before `name` in one of the arrays' names.
    func prefix(before name: String) -> String? {
      names.lazy.filter { $0.hasSuffix(name) }.map { String($0.dropLast(name.count)) }
        .filter { $0.isEmpty || $0.hasSuffix(".") }.min { $0.count < $1.count }
    }
    if let prefix = prefix(before: "conv_stem.convolution.weight") {
      library = .transformers
      let numbered = (0...).lazy.map { "\(prefix)layer.\($0)" }
        .prefix { isThere("\($0).convolution") }
      parts = (["\(prefix)conv_stem"] + numbered).enumerated().map { index, name in
        Part(
          convolution: "\(name).convolution", norm: "\(name).normalization",
          isDepthwise: index % 2 == 1)
      }
      // The base model has no classifier; the others have one beside "mobilenet_v1".
      let outside = prefix.hasSuffix("mobilenet_v1.") ? prefix.dropLast("mobilenet_v1.".count) : ""
      classifier = "\(outside)classifier"
    } else if let prefix = prefix(before: "conv_stem.weight"),
      isThere("\(prefix)blocks.0.0.conv_dw")
    {
      library = .timm
      var parts = [
        Part(convolution: "\(prefix)conv_stem", norm: "\(prefix)bn1", isDepthwise: false)
      ]
      for stage in 0..<16 {
        for block in 0..<16 where isThere("\(prefix)blocks.\(stage).\(block).conv_dw") {
          let name = "\(prefix)blocks.\(stage).\(block)"
          // MobileNet v2's blocks begin with a pointwise layer and end in another.
          let order =
            isThere("\(name).conv_pwl")
            ? ["conv_pw", "conv_dw", "conv_pwl"] : ["conv_dw", "conv_pw"]
          parts += order.enumerated().map { index, kind in
            Part(
              convolution: "\(name).\(kind)", norm: "\(name).bn\(index + 1)",
              isDepthwise: kind == "conv_dw")
          }
        }
      }
      self.parts = parts
      classifier = "\(prefix)classifier"
    } else {
      return nil
    }
  }
}

/// A library that trains MobileNets with PyTorch.
enum PyTorchLibrary: String {
  case timm
  case transformers
  /// A person's own code, which mostly follows PyTorch's defaults.
  case unknown = "PyTorch"
}
