import Folders
import Images
import MobileNet
import Synchronization

/// Classifies labelled images and keeps the result of each.
public struct Evaluator: Sendable {
  /// The counts so far.
  public struct Progress: Equatable, Sendable {
    /// The number of images classified.
    public var images = 0
    /// The number of images whose most likely class was right.
    public var top1 = 0
    /// The number of images that could not be read, or have no answer.
    public var unreadable = 0

    /// The share of classified images whose most likely class was right, 0…1.
    public var top1Share: Double { images == 0 ? 0 : Double(top1) / Double(images) }
  }

  private let walk: ImageWalk<PrecisionNetwork>

  /// Prepares to classify with `checkpoint` at `resolution` on `threads` threads.
  public init(
    _ checkpoint: Checkpoint, precision: Precision = .float, resolution: Resolution, threads: Int
  ) throws(NetworkError) {
    walk = try ImageWalk(
      checkpoint, precision: precision, resolution: resolution, threads: threads)
  }

  /// Classifies `images`; `progress` receives the counts after each of them, from any thread.
  public func evaluate(
    _ images: [LabelledImages.Image], progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) -> Evaluation {
    let state = Mutex(
      (
        answers: [ImageResult?](repeating: nil, count: images.count), reasons: [Int: String](),
        progress: Progress()
      ))
    walk.run(images.map(\.path)) { index, input, thread in
      let answer: ImageResult?
      let reason: String
      switch input {
      case .success(let input):
        let network = walk.networks[thread]
        let probabilities = network.probabilities(of: input.tensor)
        let isAnswer = probabilities.isFinite
        answer = isAnswer ? ImageResult(images[index], probabilities.values) : nil
        reason = isAnswer ? "" : "\(images[index].path): \(network.run(input.tensor).absence)"
      case .failure(let error): (answer, reason) = (nil, "\(error)")
      }
      let now = state.withLock { state in
        if let answer {
          state.answers[index] = answer
          state.progress.images += 1
          state.progress.top1 += answer.isRight ? 1 : 0
        } else {
          state.reasons[index] = reason
          state.progress.unreadable += 1
        }
        return state.progress
      }
      progress(now)
    }
    return state.withLock { state in
      Evaluation(
        answers: state.answers.compactMap(\.self),
        unreadable: state.reasons.sorted { $0.key < $1.key }.map {
          Evaluation.Unreadable(image: images[$0.key].name, reason: $0.value)
        })
    }
  }
}
