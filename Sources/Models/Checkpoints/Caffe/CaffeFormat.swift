import MobileNet

/// A `.caffemodel`, the format of the first published Caffe weights of the paper's network.
///
/// The file holds the layers' settings as well, so that no `.prototxt` is needed. The field numbers
/// are those of caffe.proto: NetParameter, LayerParameter, BlobProto and the layers' own
/// parameters.
enum CaffeFormat: CheckpointFormat {
  static let name = "Caffe"

  static func recognizes(_ file: CheckpointFile) -> Bool {
    // Most begin with a name, field 1; the layers are field 100, or 2 in the first version.
    let message = ProtobufMessage(file.bytes(format: name))
    guard !file.isFolder, let first = try? message.messages(100).first ?? message.messages(2).first
    else { return false }
    return (try? first.has(3)) == true || (try? first.has(4)) == true
  }

  static func describe(_ file: CheckpointFile) throws(ImportError) -> NetworkDescription {
    let net = ProtobufMessage(file.bytes(format: name))
    let layers = try net.messages(100)
    guard !layers.isEmpty else {
      throw .unsupported(format: name, feature: "a file of Caffe's first version")
    }
    var steps = CaffeChain()
    for layer in layers { try steps.append(layer) }
    var input = steps.input
    try input.take(sizesOf: net)
    let title = try net.string(1)
    var description = NetworkDescription(name: title.isEmpty ? file.name : title)
    description.take(steps.chain)
    description.notes = input.notes
    description.inputSize = input.size.map { Sourced($0, .implied(by: "the shape of its input")) }
    description.activation = Sourced(.relu, .convention(of: "Caffe"))
    description.preprocessing =
      input.preprocessing.map { Sourced($0, .implied(by: "its transform_param")) }
      ?? Sourced(.caffe, .convention(of: "the first Caffe MobileNet"))
    return description
  }
}
