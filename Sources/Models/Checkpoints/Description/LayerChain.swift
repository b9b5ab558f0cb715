import MobileNet

/// Builds layers from a format's steps, in the order of execution.
///
/// Files have arithmetic, padding, batch norm and activation as steps of their own. Steps before
/// the first layer belong to the input, steps behind a layer to that layer, and a batch norm behind
/// the pooling to the classifier.
struct LayerChain: Sendable {
  /// The layers so far.
  private(set) var layers: [LayerDescription] = []
  /// The arithmetic on the input before the first layer.
  private(set) var input = InputArithmetic()
  /// The rows and columns that a step before the first layer makes of the picture.
  private(set) var resized: Resolution?
  /// The function that turns the classes' sums into probabilities; nil where the file ends without
  /// one.
  var head: Head? { ending?.head }

  /// Whether the pooling layer has come; only classifiers may follow.
  var isPooled: Bool { layers.contains { $0.operation == .averagePooling } }

  /// The head, and the name of its step.
  private var ending: (head: Head, step: String)?
  /// Whether the next layer reads the pooling layer, or a layer behind it with an activation.
  private var isAtInputOfProduct: Bool {
    if layers.last?.operation == .averagePooling { return true }
    guard isPooled, case .known = layers.last?.nonlinearity else { return false }
    return true
  }

  private let format: String
  /// The padding from a separate step, in rows before and after, for the next convolution.
  private var padding: (before: Int, after: Int)?
  /// A batch norm behind the pooling, or behind the activation of a later layer, for the next
  /// layer's input.
  private var nextInputNorm: BatchNorm?

  /// Creates a chain for a file of this format, which errors name.
  init(format: String) { self.format = format }

  /// Adds a layer, with the padding and the batch norm of earlier steps.
  mutating func append(_ layer: LayerDescription) throws(ImportError) {
    guard layers.count < 256 else {
      throw .damaged(format: format, problem: "it has more than 256 layers")
    }
    if let (head, step) = ending, layer.filter != nil {
      // A layer follows, so the head was not the end.
      ending = nil
      layers.append(LayerDescription(name: step, operation: .other(head.rawValue)))
    }
    var layer = layer
    if let (before, after) = padding, layer.filter != nil || layer.operation == .averagePooling {
      padding = nil
      guard [.convolution, .depthwise].contains(layer.operation) else {
        layer.operation = .other("what reads a padded map, but no convolution")
        layers.append(layer)
        return
      }
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

  /// Adds a step that no MobileNet v1 has, by the format's name for it.
  mutating func appendOther(_ operation: String, step: String) throws(ImportError) {
    try append(LayerDescription(name: step, operation: .other(operation)))
  }

  /// Adds an average pooling, over all places or over a window.
  mutating func pool(_ window: PoolingWindow?, step: String) throws(ImportError) {
    var layer = LayerDescription(name: step, operation: .averagePooling)
    layer.window = window
    try append(layer)
  }

  /// Adds padding with zeros for the next convolution, in rows.
  mutating func pad(before: Int, after: Int) {
    guard before != 0 || after != 0 else { return }
    padding = (before + (padding?.before ?? 0), after + (padding?.after ?? 0))
  }

  /// Adds a batch norm, or a product and a sum for each channel.
  mutating func normalize(_ norm: BatchNorm, step: String) throws(ImportError) {
    guard try !endsPadding(before: step) else { return }
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

  /// Adds arithmetic on the last layer's outputs, or on the input: one number for each channel, or
  /// one for all.
  mutating func calculate(
    _ operation: InputArithmetic.Operator, _ tensor: StoredTensor, step: String
  ) throws(ImportError) {
    guard try !endsPadding(before: step) else { return }
    if layers.isEmpty {
      // An array with more than three numbers, such as a mean of each pixel, is not accepted here.
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

  /// Adds arithmetic on the input, which has to come before the first layer.
  mutating func calculate(
    _ operation: InputArithmetic.Operator, _ numbers: [Double], step: String
  ) throws(ImportError) {
    guard try !endsPadding(before: step) else { return }
    guard layers.isEmpty, input.apply(operation, numbers) else {
      throw .anotherNetwork(
        layer: step, found: layers.isEmpty ? "arithmetic of each pixel" : "arithmetic",
        expected: "a number for each channel, before the first layer")
    }
  }

  /// Reverses the order of the input's channels.
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

  /// Sets the activation of the last layer.
  mutating func activate(
    _ nonlinearity: LayerDescription.Nonlinearity, step: String
  ) throws(ImportError) {
    try layers.activateLast(nonlinearity, step: step)
  }

  /// Gives up zeros that were added for a convolution that has not come, for arithmetic would change
  /// them too; returns whether there were some, and adds a step that is refused in their place.
  private mutating func endsPadding(before step: String) throws(ImportError) -> Bool {
    guard padding != nil else { return false }
    padding = nil
    try appendOther("arithmetic between padding and its convolution", step: step)
    return true
  }

  /// Takes another shape for numbers that keep their order; nil is a shape that nothing tells.
  ///
  /// Behind the pooling there is a single place, so that any shape will do. Before it rows, columns
  /// and channels stay what they are, or come out of a flat input.
  mutating func reshape(
    from before: [Int]? = nil, to after: [Int]? = nil, step: String
  ) throws(ImportError) {
    if isPooled { return }
    if let before, let after {
      if layers.isEmpty, before.count == 2, after.count == 4 { return }
      // The first axis is that of the images; one of a single place says nothing.
      let (old, new) = (before.dropFirst().filter { $0 != 1 }, after.dropFirst().filter { $0 != 1 })
      let isSame = zip(old, new).allSatisfy { $0 == $1 || $0 <= 0 || $1 <= 0 }
      if old.count == new.count, isSame { return }
    }
    try appendOther("another shape", step: step)
  }

  /// Takes an axis of a single place more or less.
  mutating func changeAxes(step: String) throws(ImportError) {
    if !layers.isEmpty { try reshape(step: step) }
  }

  /// Takes an order of axes: behind the pooling any, before the first layer also that of a picture
  /// with its channels last.
  mutating func turn(
    _ order: [Int], fromChannelsLast isLast: Bool, step: String
  ) throws(ImportError) {
    if isPooled || isLast && order == [0, 3, 1, 2] { return }
    guard !order.isEmpty else {
      return try appendOther("a change of axes to an order that is computed", step: step)
    }
    guard order != order.sorted() else { return }
    try appendOther("a change of axes to \(order)", step: step)
  }

  /// Takes a cast to integers, which cuts off what lies behind the point of all but pixels.
  mutating func truncate(step: String) throws(ImportError) {
    guard ending != nil || layers.isEmpty && input.isEmpty else {
      return try appendOther("a cast to integers", step: step)
    }
  }

  /// Sets the softmax of `axis`, which has to be that of the classes.
  mutating func softmax(along axis: Int?, step: String) throws(ImportError) {
    guard [nil, 1, 3, -1, -3].contains(axis) else {
      return try appendOther("a softmax along axis \(axis ?? 0)", step: step)
    }
    try finish(.softmax, step: step)
  }

  /// Sets the function that turns the last layer's sums into probabilities.
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
