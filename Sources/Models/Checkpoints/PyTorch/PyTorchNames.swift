/// What a PyTorch library calls the parts of a MobileNet v1.
struct PyTorchNames {
  /// A convolution and its batch norm, by the beginnings of their arrays' names.
  struct Part {
    let convolution: String
    let norm: String
    let isDepthwise: Bool
  }

  /// From the first convolution on, in the order in which they are run.
  let parts: [Part]
  /// The beginning of the classifier's names.
  let classifier = "classifier"
  /// Who names them so.
  let library: PyTorchLibrary

  /// Finds whose names these are; nil when they are nobody's.
  init?(_ names: some Collection<String>) {
    let names = Set(names)
    func isThere(_ convolution: String) -> Bool { names.contains("\(convolution).weight") }

    if isThere("mobilenet_v1.conv_stem.convolution") {
      library = .transformers
      let numbered = (0...).lazy.map { "mobilenet_v1.layer.\($0)" }
        .prefix { isThere("\($0).convolution") }
      parts = (["mobilenet_v1.conv_stem"] + numbered).enumerated().map { index, name in
        Part(
          convolution: "\(name).convolution", norm: "\(name).normalization",
          isDepthwise: index % 2 == 1)
      }
    } else if isThere("conv_stem"), isThere("blocks.0.0.conv_dw") {
      library = .timm
      var parts = [Part(convolution: "conv_stem", norm: "bn1", isDepthwise: false)]
      for stage in 0..<16 {
        for block in 0..<16 where isThere("blocks.\(stage).\(block).conv_dw") {
          let name = "blocks.\(stage).\(block)"
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
    } else {
      return nil
    }
  }
}

/// A library that trains MobileNets with PyTorch.
enum PyTorchLibrary: String {
  case timm
  case transformers
}
