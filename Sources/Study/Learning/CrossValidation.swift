import Evaluation
import Foundation

/// A head's accuracy on images that it has not seen, and the strength at which that is best.
struct CrossValidation: Sendable {
  /// The C chosen.
  let strength: Double
  /// The parameters from which the final search begins.
  let start: LogisticRegression.Parameters
  /// The results of images while they were held back, after calibration.
  let evaluation: Evaluation
  /// The accuracy of each fold that has results, 0…1.
  let foldAccuracies: [Double]
  /// The divisor of the logits that calibrates the probabilities.
  let temperature: Double
  /// The number added to the logit of outliers before the division, so that few images are taken
  /// for outliers.
  let shift: Double

  /// The penalties to try, for features with a mean square of one, the strongest first.
  private static let penalties: [Double] = [1, 0.3, 0.1, 0.03, 0.01, 3e-3, 1e-3, 3e-4, 1e-4, 1e-5]

  /// Holds back each of `folds` once, at one strength after another.
  ///
  /// The strongest penalty comes first, and each search begins where the one before ended; after
  /// two worse results in a row, no weaker penalty is tried. A C in `options` is used instead of
  /// the best. `progress` receives the number of searches.
  init(
    _ regression: LogisticRegression, _ examples: Examples, _ taught: TaughtImages, folds: Folds,
    _ options: Learner.Options, progress: (Int) -> Void
  ) {
    let rowWeights = examples.rowWeights()
    let strengths =
      options.strength.map { [$0] }
      ?? Self.penalties.map { regression.strength(penalty: $0, rowWeights: rowWeights) }
    var starts = [LogisticRegression.Parameters](repeating: regression.start, count: folds.count)
    var best: (loss: Double, strength: Double, logits: [[Double]], start: [Double])?
    var worse = 0
    var searches = 0
    for strength in strengths {
      var heldBack = [[Double]](repeating: [], count: examples.imageClasses.count)
      for fold in 0..<folds.count {
        starts[fold] = regression.fit(
          c: strength, rowWeights: examples.rowWeights { folds.ofImage[$0] != fold },
          from: starts[fold], tolerance: 1e-5)
        let logits = regression.logits(starts[fold])
        for image in heldBack.indices where folds.ofImage[image] == fold {
          heldBack[image] = logits[image * examples.features.views]
        }
        searches += 1
        progress(searches)
      }
      let loss = examples.balancedLoss(heldBack)
      if let found = best, loss >= found.loss {
        worse += 1
        if worse == 2 { break }
      } else {
        best = (loss, strength, heldBack, starts.first ?? regression.start)
        worse = 0
      }
    }
    var logits = best?.logits ?? []
    strength = best?.strength ?? strengths[0]
    start = best?.start ?? regression.start
    let tested = taught.images.indices.filter { !logits.isEmpty && !logits[$0].isEmpty }
    let hasOutliers = examples.classes > taught.classes.count
    let shift = hasOutliers ? Outliers.shift(tested.map { logits[$0] }) : 0
    for image in tested { logits[image][examples.classes - 1] += shift }
    self.shift = shift
    let answers = tested.map { (logits: logits[$0], truth: taught.images[$0].classIndex) }
    let likeliest = options.isCalibrated ? Temperature.best(answers) : 1
    // Without errors, nothing tells which confidence is too high.
    let hasErrors = answers.contains { $0.logits[$0.truth] < $0.logits.max() ?? 0 }
    let temperature = hasErrors ? likeliest : max(likeliest, 1)
    self.temperature = temperature
    evaluation = Evaluation(
      answers: tested.map { image in
        ImageResult(
          image: taught.images[image].name, truth: taught.images[image].classIndex,
          probabilities: Temperature.softmax(logits[image], temperature).map { Float($0) })
      })
    let right = zip(tested, evaluation.answers).map { (folds.ofImage[$0], $1.isRight) }
    foldAccuracies = (0..<folds.count).compactMap { fold in
      let own = right.filter { $0.0 == fold }
      return own.isEmpty ? nil : Double(own.count { $0.1 }) / Double(own.count)
    }
  }

  /// The share of right results, 0…1.
  var accuracy: Double { evaluation.share(top: 1) }

  /// The standard deviation of the folds' accuracies.
  var spread: Double {
    guard foldAccuracies.count > 1 else { return 0 }
    let mean = foldAccuracies.reduce(0, +) / Double(foldAccuracies.count)
    let squares = foldAccuracies.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(foldAccuracies.count - 1)).squareRoot()
  }
}
