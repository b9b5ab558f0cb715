import MobileNet
import Reports

/// How much of the photo a cell sees, layer by layer.
public struct FieldLesson: Lesson {
  /// What a cell of each layer sees.
  public let fields: [ReceptiveField]
  /// The pixel, counted from the upper left, that all cells lie over.
  public let pixel: (row: Int, column: Int)

  private let layers: [Layer]

  /// Follows the place under row `row` and column `column` of the layer at `position` of `layers`
  /// through all layers.
  public init(_ layers: [Layer], position: Int, row: Int, column: Int) {
    self.layers = layers
    fields = layers.receptiveFields()
    let side = layers.first?.input.height ?? 0
    let output = layers[position].output
    pixel = (
      (2 * row + 1) * side / (2 * output.height), (2 * column + 1) * side / (2 * output.width)
    )
  }

  /// The cell of the layer at `position` that lies over the pixel.
  public func cell(of position: Int) -> (row: Int, column: Int) {
    let output = layers[position].output
    let side = fields[position].inputSide
    return (pixel.row * output.height / side, pixel.column * output.width / side)
  }

  /// The rows and columns of the input that this cell sees.
  public func seen(by position: Int) -> (rows: Range<Int>, columns: Range<Int>) {
    let cell = cell(of: position)
    return (fields[position].range(cell.row), fields[position].range(cell.column))
  }

  /// The layer, and the value that it is explained with.
  public var title: String {
    "what a cell sees of the \(fields.first?.inputSide ?? 0)×\(fields.first?.inputSide ?? 0) "
      + "input: row \(pixel.row), column \(pixel.column)"
  }

  /// Questions and answers.
  public var steps: [Step] {
    var steps: [Step] = []
    for position in layers.indices {
      guard let text = text(of: position) else { continue }
      let question = question(position)
      // Once the rule is clear, not everybody wants to be asked any more.
      let isNew = position < 4
      if isNew, let question {
        let charts = position == 0 ? [] : [chart(upTo: position - 1)]
        steps.append(Step(.question, question, charts: charts))
      }
      steps.append(
        Step(
          .layer(position), text, charts: [chart(upTo: position)],
          question: isNew ? nil : question))
    }
    return steps
  }

  private func question(_ position: Int) -> String? {
    let layer = layers[position]
    guard layer.kernelSide == 3 else { return nil }
    guard position > 0 else {
      return "One cell of \(layer.name) is made of a window of 3×3 pixels. From one cell to the "
        + "next the window moves by \(layer.stride). How many pixels does a cell see?"
    }
    let before = fields[position - 1]
    return "A cell of \(layer.name) reads 3×3 cells of the layer before. Each of them sees "
      + "\(square(before)) pixels, and they lie \(pixels(before.step)) apart. How many does it see?"
  }

  /// What a layer changes; nil for one that changes nothing.
  private func text(of position: Int) -> String? {
    let layer = layers[position]
    let field = fields[position]
    switch layer.kind {
    case .convolution, .depthwise, .maxPooling:
      let before = position == 0 ? nil : fields[position - 1]
      let text =
        "\(layer.name): \(before?.side ?? 1) + 2·\(before?.step ?? 1) = \(field.side), so "
        + "\(square(field)) pixels\(border(position)). "
      guard layer.stride > 1 else { return text }
      return text + "With stride \(layer.stride) its cells lie \(pixels(field.step)) apart."
    case .pointwise:
      return position == 2
        ? "\(layer.name) reads a single place: it sees what the layer before it sees, and so does "
          + "every pointwise layer." : nil
    case .averagePooling:
      return "\(layer.name) reads all \(layer.input.places) places: \(fields[position - 1].side) + "
        + "\(layer.input.height - 1)·\(fields[position - 1].step) = \(field.side), "
        + "the whole input."
    case .fullyConnected, .softmax, .sigmoid, .addition, .concatenation:
      return nil
    }
  }

  /// What is to be said where a cell reaches beyond the photo.
  private func border(_ position: Int) -> String {
    let seen = seen(by: position)
    let field = fields[position]
    guard seen.rows.count < field.side || seen.columns.count < field.side else { return "" }
    return ", of which \(seen.columns.count)×\(seen.rows.count) lie in the photo"
  }

  private func square(_ field: ReceptiveField) -> String { "\(field.side)×\(field.side)" }

  private func pixels(_ count: Int) -> String { count == 1 ? "1 pixel" : "\(count) pixels" }

  private func chart(upTo position: Int) -> Chart {
    Chart(
      "side of what a cell sees",
      fields[...position].enumerated().map {
        Chart.Row(layers[$0.offset].name, Double($0.element.side), "\($0.element.side)")
      }, reach: Double(fields[position].inputSide), lit: position)
  }
}
