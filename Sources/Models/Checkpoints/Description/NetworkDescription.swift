import MobileNet

/// A file's description of its network, in the order of execution.
///
/// Every format produces this and nothing else; `Recognition` then finds out, for all formats,
/// which MobileNet v1 it is. Facts that the file does not state are nil; facts that its format
/// implies name that as their source.
struct NetworkDescription: Sendable {
  /// The name of the checkpoint.
  var name: String
  /// The layers with a computation, from the first convolution on.
  var layers: [LayerDescription] = []
  /// The padding of layers that state none themselves.
  var padding: Sourced<Padding>?
  /// The activation of layers that state none themselves.
  var activation: Sourced<Activation>?
  /// The steps from pixels to the network's input, before `arithmetic`.
  var preprocessing: Sourced<Preprocessing>?
  /// The network's own arithmetic on its input, before the first layer.
  var arithmetic = InputArithmetic()
  /// The side of the centred crop as a fraction of the picture's shorter side.
  var crop: Sourced<Double>?
  /// The treatment of a picture whose proportions are not the input's.
  var fitting: Sourced<Preprocessing.Fitting>?
  /// The rows and columns of the input.
  var inputSize: Sourced<Resolution>?
  /// The rows and columns that the network itself makes of its input.
  var resized: Resolution?
  /// The function that turns the classes' sums into probabilities.
  var head: Sourced<Head>?
  /// The label of each class.
  var labels: Sourced<[String]>?
  /// The WordNet id of each class; empty if there are none.
  var wordNetIDs: [String] = []
  /// The accuracy measured with these weights, by resolution.
  var accuracy: [Checkpoint.MeasuredAccuracy] = []
  /// The temperatures that calibrate the network, by resolution.
  var calibration: [Checkpoint.MeasuredCalibration] = []
  /// Reads the integers of a quantised network, or makes them of the recognised floats; nil for a
  /// network of floats.
  var integers: (@Sendable (Checkpoint) throws(ImportError) -> IntegerWeights?)?
  /// The origin of the weights, as the file states it.
  var provenance: [Checkpoint.Fact] = []
  /// Facts in the file, or beside it, that are not applied, a sentence each.
  var notes: [String] = []

  /// Adds the layers, arithmetic and head of a chain.
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
