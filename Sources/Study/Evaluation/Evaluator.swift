import Folders
import Images
import MobileNet
import Synchronization

/// Classifies labelled images and keeps what was answered to each.
public struct Evaluator: Sendable {
  /// What was counted so far.
  public struct Progress: Equatable, Sendable {
    /// The images that were classified.
    public var images = 0
    /// Those whose most likely class was right.
    public var top1 = 0
    /// Those that could not be read.
    public var unreadable = 0

    /// How often the first answer was right, 0…1.
    public var top1Share: Double { images == 0 ? 0 : Double(top1) / Double(images) }
  }

  private let walk: ImageWalk<PrecisionNetwork>

  /// Makes ready to classify with `checkpoint` at `resolution` on `threads` threads.
  public init(
    _ checkpoint: Checkpoint, precision: Precision = .float, resolution: Resolution, threads: Int
  ) throws(NetworkError) {
    walk = try ImageWalk(
      checkpoint, precision: precision, resolution: resolution, threads: threads)
  }

  /// Classifies `images`; tells `progress` the count after each of them, from any thread.
  public func evaluate(
    _ images: [LabelledImages.Image], progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) -> Evaluation {
    let state = Mutex(
      (
        answers: [ImageResult?](repeating: nil, count: images.count), errors: [Int: ImageError](),
        progress: Progress()
      ))
    walk.run(images.map(\.path)) { index, input, thread in
      let answer = input.map { input in
        let probabilities = walk.networks[thread].probabilities(of: input.tensor).values
        return ImageResult(images[index], probabilities)
      }
      let now = state.withLock { state in
        switch answer {
        case .success(let answer):
          state.answers[index] = answer
          state.progress.images += 1
          state.progress.top1 += answer.isRight ? 1 : 0
        case .failure(let error):
          state.errors[index] = error
          state.progress.unreadable += 1
        }
        return state.progress
      }
      progress(now)
    }
    return state.withLock { state in
      Evaluation(
        answers: state.answers.compactMap(\.self),
        unreadable: state.errors.sorted { $0.key < $1.key }.map {
          Evaluation.Unreadable(image: images[$0.key].name, reason: "\($0.value)")
        })
    }
  }
}
