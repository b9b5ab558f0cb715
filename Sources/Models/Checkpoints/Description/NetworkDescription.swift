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
  /// How pixels become the input.
  var preprocessing: Sourced<Preprocessing>?
  /// The input side.
  var resolution: Sourced<Int>?
  /// The name of each class.
  var labels: Sourced<[String]>?
  /// The WordNet id of each class, or none.
  var wordNetIDs: [String] = []
  /// What was measured with these weights.
  var accuracy: [Checkpoint.MeasuredAccuracy] = []
  /// What makes its confidence mean something.
  var calibration: [Checkpoint.MeasuredCalibration] = []
  /// What the file says of its origin.
  var provenance: [Checkpoint.Fact] = []
}
