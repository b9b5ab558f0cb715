import MobileNet
import Reports
import Tensors

/// A lesson on the receptive field of a value, layer by layer.
public struct FieldLesson: Lesson {
  /// The sentences.
  public let script: LessonScript
  /// The receptive field of each layer.
  public let fields: [ReceptiveField]
  /// The pixel of the input, counted from the upper left, that the values of all layers lie over.
  public let pixel: (row: Int, column: Int)

  private let layers: [Layer]

  /// Follows the place under row `row` and column `column` of the layer at `position` of `layers`
  /// through all layers, in the words of `script`.
  public init(
    _ layers: [Layer], position: Int, row: Int, column: Int, script: LessonScript
  ) {
    self.layers = layers
    self.script = script
    fields = layers.receptiveFields()
    let (input, output) = (fields[position].input, layers[position].output)
    pixel = (
      (2 * row + 1) * input.height / (2 * output.height),
      (2 * column + 1) * input.width / (2 * output.width)
    )
  }

  /// Returns the value of the layer at `position` that lies over the pixel.
  public func cell(of position: Int) -> (row: Int, column: Int) {
    let output = layers[position].output
    let input = fields[position].input
    return (
      pixel.row * output.height / input.height, pixel.column * output.width / input.width
    )
  }

  /// Returns the rows and columns of the input that this value sees.
  public func seen(by position: Int) -> (rows: Range<Int>, columns: Range<Int>) {
    let cell = cell(of: position)
    return (fields[position].rows(cell.row), fields[position].columns(cell.column))
  }

  /// The facts that the script's sentences can use.
  public var facts: Facts {
    var facts = Facts()
    let input = fields.first?.input ?? Shape(side: 0, channels: 0)
    facts.set("input-rows", "\(input.height)")
    facts.set("input-columns", "\(input.width)")
    facts.set("pixel-row", "\(pixel.row)")
    facts.set("pixel-column", "\(pixel.column)")
    facts.values["layers"] = .list(layers.indices.map(layerFacts))
    return facts
  }

  /// The number of layers with questions: once the rule is clear, not everybody wants to be asked.
  private static let asked = 4

  private func layerFacts(_ position: Int) -> Facts {
    let (layer, field, seen) = (layers[position], fields[position], seen(by: position))
    let before = position == 0 ? nil : fields[position - 1]
    let isWindow = layer.kernelSide == 3
    let isStrided = layer.stride > 1
    var facts = Facts()
    facts.part = .layer(position)
    facts.set("layer", layer.name)
    facts.set("kind", kind: layer.kind)
    facts.flag("first", position == 0)
    facts.flag("early", position < Self.asked)
    facts.flag("window", isWindow)
    facts.flag(
      "first-pointwise", position == layers.firstIndex { $0.kind == .pointwise })
    facts.set("stride", "\(layer.stride)")
    facts.flag("strided", isWindow && isStrided)
    facts.set("before-side", before.map { "\($0.side)" })
    facts.set("window-before", "\(before?.side ?? 1)")
    facts.set("step-before", "\(before?.step ?? 1)")
    facts.flag("one-pixel-apart", before?.step == 1)
    facts.set("pixels-apart", before.flatMap { $0.step == 1 ? nil : "\($0.step)" })
    facts.set("side", "\(field.side)")
    facts.set("step", "\(field.step)")
    facts.flag("border", seen.rows.count < field.side || seen.columns.count < field.side)
    facts.set("seen-rows", "\(seen.rows.count)")
    facts.set("seen-columns", "\(seen.columns.count)")
    facts.set("places", NumberText.grouped(layer.input.places))
    facts.set("other-rows", "\(layer.input.height - 1)")
    facts.charts["fields"] = chart(upTo: position)
    return facts
  }

  private func chart(upTo position: Int) -> Facts.ChartFact {
    Facts.ChartFact(
      title: "fields",
      rows: fields[...position].enumerated().map {
        (.text(layers[$0.offset].name), Double($0.element.side), "\($0.element.side)")
      },
      reach: Double(
        max(
          fields[position].input.height, fields[position].input.width,
          fields[...position].map(\.side).max() ?? 0)),
      lit: position)
  }
}
