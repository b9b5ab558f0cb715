import MobileNet
import Tensors

/// A class's logit, or its lead over another class, split exactly over the places of the photo: see
/// `Evidence`.
struct EvidenceSplit {
  /// The part that each place adds.
  let places: Plane
  /// The part that the bias adds, whatever the picture.
  let bias: Double
  /// The value in the fully connected layer's output: equal to the places and the bias together.
  let recorded: Double

  /// Whether the value is relative to the mean of all classes, as before a softmax.
  let isCentred: Bool

  /// All that it is made of: the numbers of the network and of its run, and the classes.
  struct Key: Equatable {
    let model, run, classIndex: Int
    let rival: Int?
  }

  /// Splits the logit of class `classIndex`, less that of `rival`.
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

  /// The sum over all places.
  var placesSum: Double { places.values.reduce(0) { $0 + Double($1) } }
}
