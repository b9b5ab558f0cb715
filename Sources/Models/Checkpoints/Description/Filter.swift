/// The weights of a convolution or a matrix product, in the framework's order.
struct Filter: Sendable {
  /// The order of the axes, slowest first: o for output channels, i for input channels of a group,
  /// h for height, w for width.
  ///
  /// A depthwise filter has one input channel per group.
  enum Layout: String, Sendable {
    /// PyTorch, ONNX, Caffe, Core ML.
    case oihw
    /// TensorFlow Lite, and this project.
    case ohwi
    /// TensorFlow.
    case hwio
    /// TensorFlow, depthwise.
    case hwoi
    /// TensorFlow Lite, depthwise.
    case ihwo
  }

  /// The numbers.
  let tensor: StoredTensor
  /// The order of the tensor's axes.
  let layout: Layout

  private let sizes: [Character: Int]

  /// Reads axes in the order of `layout`; three axes are those of a depthwise filter without the
  /// input channels, two are the output and input channels of a 1×1 filter.
  init(_ tensor: StoredTensor, layout: Layout) throws(ImportError) {
    self.tensor = tensor
    self.layout = layout
    let letters = layout.rawValue.filter { letter in
      switch tensor.shape.count {
      case 3: letter != "i"
      case 2: letter == "o" || letter == "i"
      default: true
      }
    }
    guard tensor.shape.count == letters.count else {
      throw .inconsistent(
        problem: "\(tensor.name) has \(tensor.shape.count) axes, expected 4, 3 or 2")
    }
    sizes = Dictionary(uniqueKeysWithValues: zip(letters, tensor.shape))
  }

  var outputs: Int { sizes["o", default: 1] }
  /// The number of input channels of a group.
  var inputs: Int { sizes["i", default: 1] }
  var height: Int { sizes["h", default: 1] }
  var width: Int { sizes["w", default: 1] }

  /// Returns the weights in this project's order: output channel, row, column, input channel.
  func floats() throws(ImportError) -> [Float] {
    let values = try tensor.floats()
    // The distance in `values` between neighbours along each axis.
    var steps: [Character: Int] = [:]
    var step = 1
    for letter in layout.rawValue.reversed() {
      steps[letter] = step
      step *= sizes[letter, default: 1]
    }
    let (o, h, w, i) = (steps["o"] ?? 0, steps["h"] ?? 0, steps["w"] ?? 0, steps["i"] ?? 0)
    let isInOrder =
      (i == 1 || inputs == 1) && (w == inputs || width == 1)
      && (h == width * inputs || height == 1) && (o == height * width * inputs || outputs == 1)
    if isInOrder { return values }
    return values.withUnsafeBufferPointer { values in
      [Float](unsafeUninitializedCapacity: values.count) { floats, initialized in
        for output in 0..<outputs {
          for row in 0..<height {
            for column in 0..<width {
              let start = output * o + row * h + column * w
              for input in 0..<inputs {
                floats[initialized] = values[start + input * i]
                initialized += 1
              }
            }
          }
        }
      }
    }
  }
}
