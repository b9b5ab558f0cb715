import MobileNet

/// What a file says about its network, in the order in which it is run.
///
/// Every format produces this and nothing else. Whether it is a MobileNet v1, and which, is found
/// out once, for all of them.
struct NetworkDescription: Sendable {
  /// What to call the checkpoint.
  var name: String
  /// The layers that compute something, from the first convolution on.
  var layers: [LayerDescription] = []
  /// What to assume where the layers do not say it.
  var defaults = Defaults()
  /// How pixels become the input, if the file or its format says so.
  var preprocessing: Preprocessing?
  /// Where that knowledge comes from.
  var preprocessingSource = "the file"
  /// The input side that the file speaks of.
  var resolution: Int?
  /// The name of each class, or none.
  var labels: [String] = []
  /// The WordNet id of each class, or none.
  var wordNetIDs: [String] = []
  /// What was measured with these weights.
  var accuracy: [Checkpoint.MeasuredAccuracy] = []
  /// What the file says of its origin.
  var provenance: [Checkpoint.Fact] = []

  /// What a format knows about all networks that its framework trains.
  struct Defaults: Sendable {
    var padding: Padding?
    var activation: Activation?
    /// Where that knowledge comes from.
    var source = ""
  }
}
