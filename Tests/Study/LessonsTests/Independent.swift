import MobileNet
import Testing

/// One value of a layer, computed from the definition with loops over everything.
struct Independent {
  let trace: Trace
  let checkpoint: Checkpoint
  let position: Int

  func value(_ y: Int, _ x: Int, _ channel: Int) -> Double {
    let layer = trace.layers[position]
    let input = trace.input(at: position)
    let weights = checkpoint.weights(of: layer)
    let values = weights?.weights ?? []
    var sum = Double(weights?.biases[channel] ?? 0)
    switch layer.kind {
    case .convolution, .depthwise:
      let isSame = checkpoint.architecture.padding == .same
      let before = isSame && layer.stride == 2 ? 0 : 1
      for dy in 0..<3 {
        for dx in 0..<3 {
          let (row, column) = (y * layer.stride + dy - before, x * layer.stride + dx - before)
          if row < 0 || column < 0 || row >= input.shape.height || column >= input.shape.width {
            continue
          }
          if layer.kind == .depthwise {
            sum +=
              Double(values[channel * 9 + dy * 3 + dx])
              * Double(input[row, column, channel])
          } else {
            for c in 0..<3 {
              sum +=
                Double(values[((channel * 3 + dy) * 3 + dx) * 3 + c])
                * Double(input[row, column, c])
            }
          }
        }
      }
    case .pointwise, .fullyConnected:
      for c in 0..<input.shape.channels {
        sum += Double(values[channel * input.shape.channels + c]) * Double(input[y, x, c])
      }
    case .averagePooling:
      for row in 0..<input.shape.height {
        for column in 0..<input.shape.width { sum += Double(input[row, column, channel]) }
      }
      return sum / Double(input.shape.places)
    case .softmax:
      // Without taking the largest off; the sums here are small enough.
      let powers = input.values.map { Self.power(Double($0)) }
      return powers[channel] / powers.reduce(0, +)
    case .sigmoid:
      return 1 / (1 + Self.power(-Double(input[y, x, channel])))
    case .maxPooling, .addition, .concatenation:
      Issue.record("no MobileNet has \(layer.kind)")
    }
    guard layer.isActivated else { return sum }
    return min(max(sum, 0), checkpoint.architecture.activation == .relu6 ? 6 : .infinity)
  }

  /// e to the power of `exponent`, by its series, so that nothing of the program is used.
  static func power(_ exponent: Double) -> Double {
    let part = exponent / 1024
    var (term, sum) = (1.0, 1.0)
    for n in 1...30 {
      term *= part / Double(n)
      sum += term
    }
    for _ in 0..<10 { sum *= sum }
    return sum
  }

  /// The weights and biases of a layer, from what each kind is defined to have.
  static func parameters(of layer: Layer) -> Int {
    let (inputs, outputs) = (layer.input.channels, layer.output.channels)
    return switch layer.kind {
    case .convolution: 3 * 3 * inputs * outputs + outputs
    case .depthwise: 3 * 3 * inputs + inputs
    case .pointwise, .fullyConnected: inputs * outputs + outputs
    default: 0
    }
  }
}
