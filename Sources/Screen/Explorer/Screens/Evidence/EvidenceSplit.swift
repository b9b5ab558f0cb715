import MobileNet
import Tensors

/// The exact split over the places of the photo of what speaks for a class, or for it rather than
/// another: see `Evidence`.
struct EvidenceSplit {
  /// What each place adds.
  let places: Plane
  /// What is added whatever the picture.
  let bias: Double
  /// What the fully connected layer recorded of that: the places and the bias together.
  let recorded: Double

  /// Whether it is above the mean of all classes, as before a softmax.
  let isCentred: Bool

  /// Splits the sum of class `classIndex`, less that of `rival`.
  ///
  /// Nil without a classifier.
  init?(_ trace: Trace, checkpoint: Checkpoint, classIndex: Int, rival: Int?) {
    guard let sums = trace.layers.classifier,
      let own = Evidence(trace, checkpoint: checkpoint, classIndex: classIndex)
    else { return nil }
    let output = trace.output(at: sums)
    isCentred = trace.layers.hasSoftmax
    guard let rival,
      let other = Evidence(trace, checkpoint: checkpoint, classIndex: rival)
    else {
      places = own.places
      bias = Double(own.bias)
      recorded = Target.logit(of: classIndex, in: trace.layers).value(of: output)
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
