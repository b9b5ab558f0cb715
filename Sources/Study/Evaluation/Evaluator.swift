import Dispatch
import Images
import MobileNet
import Synchronization

/// Classifies labelled images and counts how often the answer is right.
public struct Evaluator: Sendable {
  /// What was counted so far.
  public struct Score: Equatable, Sendable {
    /// The images that were classified.
    public var images = 0
    /// Those whose most likely class was right.
    public var top1 = 0
    /// Those whose class was among the five most likely.
    public var top5 = 0
    /// The files that could not be read, with the reason.
    public var unreadable: [String] = []

    /// Counts nothing yet.
    public init() {}

    /// How often the first answer was right, 0…1.
    public var top1Share: Double { images == 0 ? 0 : Double(top1) / Double(images) }
    /// How often the right answer was among the first five, 0…1.
    public var top5Share: Double { images == 0 ? 0 : Double(top5) / Double(images) }

    /// Counts an image whose probabilities are `probabilities` and whose class is `classIndex`.
    mutating func count(_ probabilities: [Float], classIndex: Int) {
      // Of equals the lower class comes first, as everywhere.
      let own = probabilities[classIndex]
      let before = probabilities.enumerated().count {
        $0.element > own || ($0.element == own && $0.offset < classIndex)
      }
      images += 1
      top1 += before < 1 ? 1 : 0
      top5 += before < 5 ? 1 : 0
    }
  }

  private let checkpoint: Checkpoint
  private let networks: [Network]

  /// Makes ready to classify with `checkpoint` at `resolution` on `threads` threads.
  ///
  /// Each thread decodes and classifies images of its own: while one reads, another computes, and
  /// no layer waits for another thread.
  public init(_ checkpoint: Checkpoint, resolution: Int, threads: Int) throws(NetworkError) {
    self.checkpoint = checkpoint
    guard threads >= 1 else { throw .threads(threads) }
    let first = try Network(checkpoint, resolution: resolution, threads: 1)
    networks = [first] + (1..<threads).map { _ in Network(sharingWeightsWith: first) }
  }

  /// Classifies `images`; tells `progress` the score after each of them, from any thread.
  public func score(
    _ images: [LabelledImages.Image], progress: @escaping @Sendable (Score) -> Void
  ) -> Score {
    let tally = Tally(images)
    DispatchQueue.concurrentPerform(iterations: networks.count) { thread in
      while let image = tally.next() {
        let outcome = Result { try classify(image, with: networks[thread]) }
        progress(tally.count(outcome, of: image))
      }
    }
    return tally.score
  }

  private func classify(
    _ image: LabelledImages.Image, with network: Network
  ) throws -> [Float] {
    let side = checkpoint.preprocessing.shorterSide(for: network.resolution)
    let decoded = try DecodedImage(contentsOf: image.path, forSide: side)
    let prepared = PreparedInput(
      decoded, preprocessing: checkpoint.preprocessing, side: network.resolution)
    return network.probabilities(of: prepared.tensor).values
  }
}

/// Which image comes next, and what was counted; shared by all threads.
private final class Tally: Sendable {
  private let images: [LabelledImages.Image]
  private let state = Mutex((next: 0, score: Evaluator.Score()))

  init(_ images: [LabelledImages.Image]) {
    self.images = images
  }

  var score: Evaluator.Score { state.withLock { $0.score } }

  func next() -> LabelledImages.Image? {
    state.withLock { state in
      guard state.next < images.count else { return nil }
      defer { state.next += 1 }
      return images[state.next]
    }
  }

  func count(
    _ outcome: Result<[Float], any Error>, of image: LabelledImages.Image
  ) -> Evaluator.Score {
    state.withLock { state in
      switch outcome {
      case .success(let probabilities):
        state.score.count(probabilities, classIndex: image.classIndex)
      case .failure(let error): state.score.unreadable.append("\(error)")
      }
      return state.score
    }
  }
}
