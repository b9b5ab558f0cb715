import Folders
import Images
import MobileNet
import Synchronization
import Tensors

/// Computes the features of images: the input of a network's classifier.
public struct FeatureExtraction: Sendable {
  private let walk: ImageWalk<Network>
  /// Whether the mirrored image is a second view.
  public let isMirrored: Bool

  /// The features of an image's views, or the error that kept the image from being read.
  public typealias Outcome = Result<[Float], ImageError>

  /// Prepares to run the layers of `checkpoint` up to pool6 at `resolution`.
  public init(
    _ checkpoint: Checkpoint, resolution: Resolution, mirrored: Bool, threads: Int
  ) throws(NetworkError) {
    let backbone: Checkpoint
    do {
      backbone = try checkpoint.withoutClassifier()
    } catch {
      // A checkpoint that fits with its classifier fits without it.
      preconditionFailure("\(error)")
    }
    walk = try ImageWalk(backbone, resolution: resolution, threads: threads)
    isMirrored = mirrored
  }

  /// The number of features of a view: the channels of pool6.
  public var width: Int { walk.networks[0].layers.last?.output.channels ?? 0 }

  /// The rows and columns of the input.
  public var resolution: Resolution { walk.networks[0].resolution }

  /// The number of views of an image.
  public var views: Int { isMirrored ? 2 : 1 }

  /// Returns the outcome of each of `paths`, in order; `progress` receives the number of images
  /// done, from any thread.
  public func features(
    of paths: [String], progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) -> [Outcome] {
    let state = Mutex((outcomes: [Outcome?](repeating: nil, count: paths.count), done: 0))
    walk.run(paths) { index, input, thread in
      let outcome = input.map { input in
        let network = walk.networks[thread]
        let own = network.probabilities(of: input.tensor).values
        return isMirrored ? own + network.probabilities(of: input.tensor.mirrored).values : own
      }
      let done = state.withLock { state in
        state.outcomes[index] = outcome
        state.done += 1
        return state.done
      }
      progress(done)
    }
    return state.withLock { $0.outcomes.compactMap(\.self) }
  }
}

extension Tensor {
  /// The tensor with left and right exchanged.
  var mirrored: Tensor {
    let (width, channels) = (shape.width, shape.channels)
    let storage = Storage(uninitialized: shape.count)
    storage.withUnsafeMutableBufferPointer { target in
      withUnsafeBufferPointer { source in
        for row in 0..<shape.height {
          for column in 0..<width {
            let from = (row * width + column) * channels
            let to = (row * width + width - 1 - column) * channels
            for channel in 0..<channels { target[to + channel] = source[from + channel] }
          }
        }
      }
    }
    return Tensor(shape: shape, storage: storage)
  }
}
