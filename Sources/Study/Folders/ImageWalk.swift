import Dispatch
import Images
import MobileNet
import Synchronization

/// Runs images from their files through a network, several at a time.
///
/// Each thread decodes and runs images of its own: while one reads, another computes, and no layer
/// waits for another thread.
public struct ImageWalk<Runner: Sendable>: Sendable {
  /// The network of each thread; the weights are shared.
  public let networks: [Runner]
  private let preprocessing: Preprocessing
  private let resolution: Resolution

  /// Reads each of `paths` and calls `body`, from several threads, with the path's index, the input
  /// or the error, and the index of the thread, which is that of its network too.
  ///
  /// Returns when all images are done or `stops` returns true.
  public func run(
    _ paths: [String], stops: @escaping @Sendable () -> Bool = { false },
    body: @escaping @Sendable (Int, Result<PreparedInput, ImageError>, Int) -> Void
  ) {
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: networks.count) { thread in
      while !stops() {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < paths.count else { return }
        body(index, Result { () throws(ImageError) in try read(paths[index]) }, thread)
      }
    }
  }

  /// Reads the image at `path` and prepares it as the network's input.
  private func read(_ path: String) throws(ImageError) -> PreparedInput {
    let image = try DecodedImage(
      contentsOf: path, forSide: preprocessing.shorterSide(for: resolution))
    return PreparedInput(image, preprocessing: preprocessing, resolution: resolution)
  }
}

extension ImageWalk<Network> {
  /// Prepares to run `checkpoint` at `resolution` on `threads` threads.
  public init(_ checkpoint: Checkpoint, resolution: Resolution, threads: Int) throws(NetworkError) {
    guard threads >= 1 else { throw .threads(threads) }
    let first = try Network(checkpoint, resolution: resolution, threads: 1)
    networks = [first] + (1..<threads).map { _ in Network(sharingWeightsWith: first) }
    (preprocessing, self.resolution) = (checkpoint.preprocessing, resolution)
  }
}

extension ImageWalk<PrecisionNetwork> {
  /// Prepares to run `checkpoint` in `precision` at `resolution` on `threads` threads.
  public init(
    _ checkpoint: Checkpoint, precision: Precision, resolution: Resolution, threads: Int
  ) throws(NetworkError) {
    guard threads >= 1 else { throw .threads(threads) }
    let first = try PrecisionNetwork(
      checkpoint, precision: precision, resolution: resolution, threads: 1)
    networks = [first] + (1..<threads).map { _ in first.sharingWeights() }
    (preprocessing, self.resolution) = (checkpoint.preprocessing, resolution)
  }
}
