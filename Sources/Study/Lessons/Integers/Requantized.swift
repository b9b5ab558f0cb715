import Kernels
import MobileNet
import Reports
import Tensors

/// One number of an integer layer, computed step by step as the kernels do.
///
/// Jacob et al. 2018, section 2.2.
public struct Requantized: Sendable {
  /// A product of the sum.
  struct Product: Sendable {
    /// The row and the column of the input's number.
    let row: Int, column: Int
    /// The input's number minus its zero point, and the weight.
    let input: Int, weight: Int
  }

  let products: [Product]
  let bias: Int
  /// The unit of the sum: the input's scale times the weight's.
  let unit: Double
  let output: Quantization
  let factor: Requantization
  let limits: ClosedRange<Int>

  /// Computes the number of `channel` in row `row` and column `column` of the layer at `position`;
  /// nil for a layer without weights.
  init?(_ run: IntegerRuns.Run, position: Int, row: Int, column: Int, channel: Int) {
    let layer = run.trace.layers[position]
    guard let own = run.weights.layers[layer.name] else { return nil }
    let input = position == 0 ? run.trace.input : run.trace.output(at: position - 1)
    let first = channel * layer.weightsPerOutput
    products = layer.readings(row: row, column: column, channel: channel).compactMap { reading in
      guard case .weight(let index) = reading.factor else { return nil }
      let number =
        reading.isPadding(input.shape)
        ? 0
        : input[reading.row, reading.column, reading.channel] - input.quantization.zeroPoint
      return Product(
        row: reading.row, column: reading.column, input: number,
        weight: Int(own.weights[first + index]))
    }
    bias = Int(own.biases[channel])
    unit = Double(input.quantization.scale) * Double(own.scale(channel))
    output = own.output
    factor = own.factor(channel: channel, reading: input.quantization)
    limits = Self.limits(own)
  }

  /// Returns the range of numbers that the activation function allows.
  private static func limits(_ layer: IntegerWeights.Layer) -> ClosedRange<Int> {
    let (floor, ceiling) = (layer.limits.floor, layer.limits.ceiling)
    let numbers = layer.output.numbers
    return
      (floor.isFinite ? layer.output.number(floor) : numbers.lowerBound)...(ceiling.isFinite
      ? layer.output.number(ceiling) : numbers.upperBound)
  }

  /// The sum of the products.
  var productSum: Int { products.reduce(0) { $0 + $1.input * $1.weight } }
  /// The sum of the products and the bias, which has 32 bits.
  var sum: Int { productSum + bias }
  /// The sum in units of the output, rounded.
  var rounded: Int { factor(Int32(truncatingIfNeeded: sum)) }
  /// The output's number: the rounded sum plus the zero point, within the limits.
  public var number: Int {
    min(max(rounded + output.zeroPoint, limits.lowerBound), limits.upperBound)
  }

  /// Sets the facts on the steps.
  func set(_ facts: inout Facts) {
    let shift = 31 - factor.exponent
    facts.set("products", "\(products.count)")
    facts.set("product-sum", NumberText.grouped(productSum))
    facts.set("integer-bias", NumberText.grouped(bias))
    facts.set("sum", NumberText.grouped(sum))
    facts.set("factor", NumberText.value(Float(unit / Double(output.scale))))
    facts.set("multiplier", NumberText.grouped(Int(factor.multiplier)))
    facts.set("shift", "\(shift)")
    let scaled =
      Double(sum) * Double(factor.multiplier) / Double(sign: .plus, exponent: shift, significand: 1)
    facts.set("scaled", NumberText.fixed(scaled, 3))
    facts.set("rounded", "\(rounded)")
    facts.set("least", "\(limits.lowerBound)")
    facts.set("most", "\(limits.upperBound)")
    facts.set("made", "\(number)")
    facts.charts["products"] = Facts.ChartFact(
      title: "products",
      rows: products.map { product in
        let amount = product.input * product.weight
        return (
          .text("\(product.row), \(product.column)"), Double(amount),
          "\(product.input) · \(product.weight) = \(NumberText.grouped(amount))"
        )
      })
  }
}
