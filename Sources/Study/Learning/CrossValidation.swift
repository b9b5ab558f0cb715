import Evaluation
import Foundation

/// How well a head would do on images that it has not seen, and the strength that is best for that.
struct CrossValidation: Sendable {
  /// The C that was chosen.
  let strength: Double
  /// Where a search for the final parameters had best begin.
  let start: LogisticRegression.Parameters
  /// The answers to images that were held back, after calibration.
  let evaluation: Evaluation
  /// The share that was right, fold by fold, 0…1.
  let foldAccuracies: [Double]
  /// What logits are divided by so that probabilities are right on average.
  let temperature: Double
  /// What is added to the logit of outliers first, so that few images are called so by mistake.
  let shift: Double

  /// Penalties that are tried, for features whose mean square is one, the strongest first.
  private static let penalties: [Double] = [1, 0.3, 0.1, 0.03, 0.01, 3e-3, 1e-3, 3e-4, 1e-4, 1e-5]

  /// Holds back each of `folds` once, at one strength after another.
  ///
  /// The strongest penalty comes first and each search begins where the one before ended; once two
  /// weaker ones in a row were worse, no weaker one is tried. `options` may have a C to use instead of
  /// the best. `progress` hears of each search.
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
    // Where all were right nothing says how sure is too sure.
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

  /// The share of all that was right, 0…1.
  var accuracy: Double { evaluation.share(top: 1) }

  /// The standard deviation of the folds' shares.
  var spread: Double {
    guard foldAccuracies.count > 1 else { return 0 }
    let mean = foldAccuracies.reduce(0, +) / Double(foldAccuracies.count)
    let squares = foldAccuracies.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(foldAccuracies.count - 1)).squareRoot()
  }
}
