import MobileNet

/// The size, means and scale of the input, from Caffe's layers that read pictures.
///
/// The field numbers are those of caffe.proto: TransformationParameter, InputParameter,
/// NetParameter.
struct CaffeInput {
  /// The rows and columns of the input.
  private(set) var size: Resolution?
  /// The preprocessing; nil where no layer states any.
  private(set) var preprocessing: Preprocessing?
  /// Settings of the file that are not applied, a sentence each.
  private(set) var notes: [String] = []

  /// Reads an Input, Data or ImageData layer.
  mutating func take(_ layer: ProtobufMessage) throws(ImportError) {
    if let shape = try layer.message(143)?.messages(1).first?.integers(1) { take(shape: shape) }
    guard let transform = try layer.message(100), preprocessing == nil else { return }
    if let side = try transform.integer(3), side > 0 {
      size = Resolution(height: side, width: side)
    }
    let scale = try transform.float(1) ?? 1
    let means = try transform.floats(5)
    let file = try transform.string(4)
    if !file.isEmpty { notes.append("its mean image, \(file), is not used") }
    guard [0, 1, 3].contains(means.count), (means + [scale]).allSatisfy(\.isFinite), scale != 0
    else {
      throw .damaged(
        format: CaffeFormat.name,
        problem: "transform_param has \(means.count) means, expected 1 or 3, or no finite scale")
    }
    let isGray = try transform.integer(7) == 1
    let order: Preprocessing.ChannelOrder = isGray ? .grey : .bgr
    let mean = means.isEmpty ? [0] : means
    // OpenCV, with which Caffe reads pictures, puts blue first.
    preprocessing = Preprocessing(
      channelOrder: order, means: (0..<order.names.count).map { Double(mean[$0 % mean.count]) },
      scales: Array(repeating: Double(scale), count: order.names.count), cropFraction: 0.875)
  }

  /// Reads the sizes that older files keep in the network itself.
  mutating func take(sizesOf net: ProtobufMessage) throws(ImportError) {
    if size != nil { return }
    take(shape: try net.messages(8).first?.integers(1) ?? [])
    take(shape: try net.integers(4))
  }

  /// Reads the shape images × channels × rows × columns.
  private mutating func take(shape: [Int]) {
    guard size == nil, shape.count == 4 else { return }
    size = Resolution(shape: shape.dropFirst())
  }
}
