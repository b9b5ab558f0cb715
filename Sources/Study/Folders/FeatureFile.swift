import Files
import Foundation
import MobileNet
import Synchronization
import Tensors

/// What a layer made of every image of a folder, in a .npy file with a row for each.
///
/// Rows go to the disk as they come, so that memory does not grow with the folder.
public struct FeatureFile: Sendable {
  private let walk: ImageWalk<Network>
  private let position: Int
  private let shape: Shape

  /// Makes ready to write the output of the layer at `position` of the networks of `walk`.
  public init(walk: ImageWalk<Network>, position: Int) {
    self.walk = walk
    self.position = position
    shape = walk.networks[0].layers[position].output
  }

  /// The extent of the array for so many images: images × channels, or images × height × width ×
  /// channels where a channel has several values.
  private func extent(_ images: Int) -> [Int] {
    shape.places == 1
      ? [images, shape.channels] : [images, shape.height, shape.width, shape.channels]
  }

  /// Writes `path` and answers with the images that have a row, in order; `note` hears why others
  /// have none, and `progress` how many are done, from any thread.
  public func write(
    _ folder: ImageFolder, to path: String, note: @escaping @Sendable (String) -> Void,
    progress: @escaping @Sendable (Int) -> Void
  ) throws(FolderError) -> [String] {
    let target = FileName.destination(of: path)
    let partial = FileName.bytes(of: target + ".partial")
    let descriptor = open(partial, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Self.unwritable(path, errno) }
    defer {
      close(descriptor)
      unlink(partial)
    }
    let head = NumPyFile.header(shape: extent(folder.images.count)).count
    let size = 4 * shape.count
    let state = Mutex(
      (hasRow: [Bool](repeating: false, count: folder.images.count), done: 0, problem: Int32(0)))
    walk.run(
      folder.images.map { folder.path(of: $0) }, stops: { state.withLock { $0.problem != 0 } }
    ) { index, input, thread in
      var hasRow = false
      var problem: Int32 = 0
      switch input {
      case .success(let input):
        let output = walk.output(of: input.tensor, position: position, thread: thread)
        problem = output.withUnsafeBufferPointer {
          Self.write(UnsafeRawBufferPointer($0), to: descriptor, at: head + index * size)
        }
        hasRow = problem == 0
      case .failure(let error): note("\(error), left out")
      }
      let done = state.withLock { state in
        state.hasRow[index] = hasRow
        if problem != 0 { state.problem = problem }
        state.done += 1
        return state.done
      }
      progress(done)
    }
    let (hasRow, problem) = state.withLock { ($0.hasRow, $0.problem) }
    guard problem == 0 else { throw Self.unwritable(path, problem) }
    let rows = hasRow.indices.filter { hasRow[$0] }
    guard !rows.isEmpty else { throw .noImages(folder: folder.path) }
    try moveTogether(rows, in: descriptor, head: head, size: size, path)
    guard rename(partial, FileName.bytes(of: target)) == 0 else {
      throw Self.unwritable(path, errno)
    }
    return rows.map { folder.images[$0] }
  }

  /// Moves `rows` together and writes the header that counts them.
  private func moveTogether(
    _ rows: [Int], in descriptor: Int32, head: Int, size: Int, _ path: String
  ) throws(FolderError) {
    var row = [UInt8](repeating: 0, count: size)
    for (place, index) in rows.enumerated() where place != index {
      let moved = row.withUnsafeMutableBytes { row in
        pread(descriptor, row.baseAddress, size, off_t(head + index * size)) == size
          && pwrite(descriptor, row.baseAddress, size, off_t(head + place * size)) == size
      }
      guard moved else { throw Self.unwritable(path, errno) }
    }
    let header = NumPyFile.header(shape: extent(rows.count), length: head)
    guard ftruncate(descriptor, off_t(head + rows.count * size)) == 0,
      header.withUnsafeBytes({ pwrite(descriptor, $0.baseAddress, head, 0) }) == head
    else { throw Self.unwritable(path, errno) }
  }

  /// Writes all of `bytes` from `offset` on; answers why the system does not, or 0.
  private static func write(
    _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, at offset: Int
  ) -> Int32 {
    var done = 0
    while done < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
      let count = pwrite(descriptor, rest.baseAddress, rest.count, off_t(offset + done))
      if count < 0, errno != EINTR { return errno }
      // A full disk takes what still fits, and says so only the next time.
      done += max(count, 0)
    }
    return 0
  }

  private static func unwritable(_ path: String, _ problem: Int32) -> FolderError {
    .unwritable(path, reason: String(cString: strerror(problem)).lowercased())
  }
}

extension ImageWalk<Network> {
  /// What the layer at `position` makes of `input` on the network of `thread`.
  func output(of input: Tensor, position: Int, thread: Int) -> Tensor {
    let network = networks[thread]
    // The last layer's output takes no recording.
    return position == network.layers.count - 1
      ? network.probabilities(of: input) : network.run(input).output(at: position)
  }
}
