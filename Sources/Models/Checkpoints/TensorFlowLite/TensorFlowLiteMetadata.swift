import MobileNet

/// The TFLite Metadata of a file: the normalisation of pixels, and the name of the file of labels.
///
/// The field numbers are those of tensorflow/lite/support's metadata_schema.fbs. A ZIP archive
/// behind the model holds the files that the metadata name.
struct TensorFlowLiteMetadata {
  static let bufferName = "TFLITE_METADATA"

  /// The mean and the standard deviation of each channel, or of all.
  private(set) var normalization: (means: [Double], deviations: [Double])?
  /// The file in the archive with a label for each class.
  private(set) var labelFile: String?
  /// The origin of the weights, as the file states it.
  private(set) var provenance: [Checkpoint.Fact] = []

  init(_ bytes: Bytes) throws(ImportError) {
    let model = try FlatTable(rootOf: bytes)
    for (field, name) in [(1, "description"), (4, "author"), (5, "license"), (2, "version")] {
      let value = try model.string(field)
      if !value.isEmpty { provenance.append(Checkpoint.Fact(name: name, value: value)) }
    }
    guard let graph = try model.tables(3).first else { return }
    for unit in try graph.tables(2).first?.tables(4) ?? [] {
      // A ProcessUnit has a kind of options and the options; the first kind is normalisation.
      guard try unit.integer(0, UInt8.self) == 1, let options = try unit.table(1) else { continue }
      normalization = (
        try options.floats(0).map { Double($0) }, try options.floats(1).map { Double($0) }
      )
    }
    for output in try graph.tables(3) {
      for file in try output.tables(6) where labelFile == nil {
        // In an AssociatedFile, labels of an axis are type 2, of values 3.
        if 2...3 ~= (try file.integer(2, Int8.self)) { labelFile = try file.string(0) }
      }
    }
  }
}
