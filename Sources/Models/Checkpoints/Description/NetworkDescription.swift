import MobileNet

/// What a file says about its network, in the order in which it is run.
///
/// Every format produces this and nothing else. Whether it is a MobileNet v1, and which, is found
/// out once, for all of them. What the file does not say is nil, and what its format takes for
/// granted has a source that says so.
struct NetworkDescription: Sendable {
  /// What to call the checkpoint.
  var name: String
  /// The layers that compute something, from the first convolution on.
  var layers: [LayerDescription] = []
  /// How the layers are padded, for those that do not say it themselves.
  var padding: Sourced<Padding>?
  /// What follows the layers, for those that do not say it themselves.
  var activation: Sourced<Activation>?
  /// How pixels become what the network is fed; `arithmetic` comes after it.
  var preprocessing: Sourced<Preprocessing>?
  /// What the network itself does with its input before the first layer.
  var arithmetic = InputArithmetic()
  /// The side of the centred square that is looked at, as a part of the picture's shorter side.
  var crop: Sourced<Double>?
  /// What is done with a picture that has not the input's proportions.
  var fitting: Sourced<Preprocessing.Fitting>?
  /// The rows and columns of the input.
  var inputSize: Sourced<Resolution>?
  /// The rows and columns that the network itself makes of its input.
  var resized: Resolution?
  /// What makes answers of the last layer's numbers.
  var head: Sourced<Head>?
  /// The name of each class.
  var labels: Sourced<[String]>?
  /// The WordNet id of each class, or none.
  var wordNetIDs: [String] = []
  /// What was measured with these weights.
  var accuracy: [Checkpoint.MeasuredAccuracy] = []
  /// What makes its confidence mean something.
  var calibration: [Checkpoint.MeasuredCalibration] = []
  /// Reads the numbers of a quantised network as they are, or makes them of the floats that were
  /// recognised; nil for a network of floats.
  var integers: (@Sendable (Checkpoint) throws(ImportError) -> IntegerWeights?)?
  /// What the file says of its origin.
  var provenance: [Checkpoint.Fact] = []
  /// What the file says, or what lies beside it, and is not used: a sentence each.
  var notes: [String] = []

  /// Takes over what a chain of steps says.
  mutating func take(_ chain: LayerChain) {
    layers = chain.layers
    arithmetic = chain.input
    resized = chain.resized
    if resized != nil {
      notes.append("its own step that resizes pictures is not run; they are resized here, smoothly")
    }
    head = chain.head.map { Sourced($0, .layers) }
  }
}
