import MobileNet
import Tensors

/// The exact split over the places of the photo of how far a class's sum before softmax is above the
/// mean of all classes', or above another class's.
struct EvidenceSplit {
  /// What each place adds.
  let places: Plane
  /// What is added whatever the picture.
  let bias: Double
  /// What the fully connected layer recorded, above the mean or above the other class: the places and
  /// the bias together.
  let recorded: Double

  /// Splits the sum of class `classIndex`, less that of `rival`.
  ///
  /// Nil without a classifier.
  init?(_ trace: Trace, checkpoint: Checkpoint, classIndex: Int, rival: Int?) {
    guard let sums = trace.layers.classifier,
      let own = Evidence(trace, checkpoint: checkpoint, classIndex: classIndex)
    else { return nil }
    let output = trace.output(at: sums)
    guard let rival,
      let other = Evidence(trace, checkpoint: checkpoint, classIndex: rival)
    else {
      places = own.places
      bias = Double(own.bias)
      recorded = output.centred(classIndex)
      return
    }
    places = Plane(
      height: own.places.height, width: own.places.width,
      values: zip(own.places.values, other.places.values).map { $0 - $1 })
    bias = Double(own.bias) - Double(other.bias)
    recorded = Double(output[0, 0, classIndex]) - Double(output[0, 0, rival])
  }

  /// What all places add.
  var placesSum: Double { places.values.reduce(0) { $0 + Double($1) } }

  /// The largest magnitude of a place.
  var reach: Float { places.values.map(\.magnitude).max() ?? 0 }
}
