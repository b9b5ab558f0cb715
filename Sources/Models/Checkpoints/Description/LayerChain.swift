import MobileNet

/// Puts together what a format's steps say, in the order in which they are run.
///
/// Files have arithmetic, padding, batch norm and activation as steps of their own. What comes
/// before the first layer belongs to the input, what follows a layer to that layer, and a batch norm
/// after the pooling to the classifier.
struct LayerChain: Sendable {
  /// The findings so far.
  private(set) var layers: [LayerDescription] = []
  /// What is done with the input before the first layer.
  private(set) var input = InputArithmetic()
  /// The rows and columns that a step before the first layer makes of the picture.
  private(set) var resized: Resolution?
  /// What makes answers of the last layer's numbers; nil where the file has nothing after it.
  var head: Head? { ending?.head }

  /// Whether the pooling came already, after which come classifiers.
  var isPooled: Bool { layers.contains { $0.operation == .averagePooling } }

  /// The same, and the step that says it.
  private var ending: (head: Head, step: String)?
  /// Whether the numbers at hand are those of the pooling, or of a layer behind it with its activation.
  private var isAtInputOfProduct: Bool {
    if layers.last?.operation == .averagePooling { return true }
    guard isPooled, case .known = layers.last?.nonlinearity else { return false }
    return true
  }

  private let format: String
  /// The rows before and after that a step of its own added for the next convolution.
  private var padding: (before: Int, after: Int)?
  /// A batch norm that came after the pooling, or after the activation of a layer behind that.
  private var nextInputNorm: BatchNorm?

  /// A chain for a file of this format, as errors call it.
  init(format: String) { self.format = format }

  /// Takes a layer; `isPaddedItself` says if it has a padding beside that of a step before it.
  mutating func append(_ layer: LayerDescription) throws(ImportError) {
    guard layers.count < 256 else {
      throw .damaged(format: format, problem: "it has more than 256 layers")
    }
    if let (head, step) = ending, layer.filter != nil {
      // Something follows, so that it is no end.
      ending = nil
      layers.append(LayerDescription(name: step, operation: .other(head.rawValue)))
    }
    var layer = layer
    if let (before, after) = padding, layer.filter != nil {
      padding = nil
      guard case .explicit(let own, let ownAfter) = layer.border ?? .explicit(before: 0, after: 0)
      else {
        layer.operation = .other("a convolution that is padded twice")
        layers.append(layer)
        return
      }
      layer.border = .explicit(before: before + own, after: after + ownAfter)
    }
    if let norm = nextInputNorm, layer.filter != nil {
      layer.inputNorm = norm
      nextInputNorm = nil
    }
    layers.append(layer)
  }

  /// Takes a step that no MobileNet v1 has, by the name that the format gives it.
  mutating func appendOther(_ operation: String, step: String) throws(ImportError) {
    try append(LayerDescription(name: step, operation: .other(operation)))
  }

  /// Takes an average pooling, over everything or by a window.
  mutating func pool(_ window: PoolingWindow?, step: String) throws(ImportError) {
    var layer = LayerDescription(name: step, operation: .averagePooling)
    layer.window = window
    try append(layer)
  }

  /// Takes rows that are added around the input of the next convolution.
  mutating func pad(before: Int, after: Int) {
    padding = (before + (padding?.before ?? 0), after + (padding?.after ?? 0))
  }

  /// Takes a batch norm, or a product and a sum for each channel.
  mutating func normalize(_ norm: BatchNorm, step: String) throws(ImportError) {
    if layers.isEmpty {
      let channels = norm.gamma?.count ?? norm.mean?.count ?? norm.beta?.count ?? 0
      let (factors, sums) = try norm.factorsAndSums(channels: min(channels, 4), name: step)
      try calculate(.multiply, factors, step: step)
      return try calculate(.add, sums, step: step)
    }
    guard isAtInputOfProduct, nextInputNorm == nil else {
      return try layers.normalizeLast(norm, step: step)
    }
    nextInputNorm = norm
  }

  /// Takes one number for each channel, or for all, that the last layer's outputs or the input are
  /// multiplied with, or that is added.
  mutating func calculate(
    _ operation: InputArithmetic.Operator, _ tensor: StoredTensor, step: String
  ) throws(ImportError) {
    if layers.isEmpty {
      // A mean of each pixel is larger than a number for each channel.
      let numbers = tensor.count <= 3 ? try tensor.floats().map { Double($0) } : []
      return try calculate(operation, numbers, step: step)
    }
    switch operation {
    case .multiply: try normalize(BatchNorm(gamma: tensor, epsilon: 0), step: step)
    case .divide: try calculate(.multiply, tensor.mapped { 1 / $0 }, step: step)
    case .subtract: try calculate(.add, tensor.mapped { -$0 }, step: step)
    case .add where nextInputNorm.map { $0.beta == nil } == true: nextInputNorm?.beta = tensor
    case .add where isAtInputOfProduct:
      try normalize(BatchNorm(beta: tensor, epsilon: 0), step: step)
    case .add: try layers.addToLast(tensor, step: step)
    case .subtractFrom: try appendOther("arithmetic between layers", step: step)
    }
  }

  /// Takes arithmetic on the input, which has to come before the first layer.
  mutating func calculate(
    _ operation: InputArithmetic.Operator, _ numbers: [Double], step: String
  ) throws(ImportError) {
    guard layers.isEmpty, input.apply(operation, numbers) else {
      throw .anotherNetwork(
        layer: step, found: layers.isEmpty ? "arithmetic of each pixel" : "arithmetic",
        expected: "a number for each channel, before the first layer")
    }
  }

  /// Turns the order of the input's channels around.
  mutating func reverseChannels(step: String) throws(ImportError) {
    guard layers.isEmpty else { return try appendOther("another order of channels", step: step) }
    input.reverse()
  }

  /// Makes three channels of an input of one.
  mutating func repeatBrightness(step: String) throws(ImportError) {
    guard layers.isEmpty, input.repeatBrightness() else {
      return try appendOther("a channel that is repeated", step: step)
    }
  }

  /// Takes a change of the picture's size, which is preprocessing too; 0 is a size that is not known.
  mutating func resize(rows: Int, columns: Int, step: String) throws(ImportError) {
    guard layers.isEmpty else {
      return try appendOther("a change of size between layers", step: step)
    }
    guard rows > 0, columns > 0 else {
      return try appendOther("a change of the picture's size to a computed one", step: step)
    }
    resized = Resolution(height: rows, width: columns)
  }

  /// Says what follows the last layer.
  mutating func activate(
    _ nonlinearity: LayerDescription.Nonlinearity, step: String
  ) throws(ImportError) {
    try layers.activateLast(nonlinearity, step: step)
  }

  /// Says what makes answers of the last layer's numbers.
  mutating func finish(_ head: Head, step: String) throws(ImportError) {
    guard ending == nil else { return try appendOther("a second \(head.rawValue)", step: step) }
    ending = (head, step)
  }

  /// Changes the last layer, which has to have weights.
  mutating func changeLast(
    _ step: String, found: String,
    _ change: (inout LayerDescription) throws(ImportError) -> Void
  ) throws(ImportError) {
    try layers.changeLast(step, found: found, change)
  }
}
