import Files
import Foundation
import MobileNet
import Synchronization
import Tensors

/// Writes a layer's output for every image of a folder to a .npy file, with a row per image.
///
/// Rows are written one by one, so that memory does not grow with the folder.
public struct FeatureFile: Sendable {
  private let walk: ImageWalk<Network>
  private let position: Int
  private let shape: Shape

  /// Prepares to write the output of the layer at `position` of the networks of `walk`.
  public init(walk: ImageWalk<Network>, position: Int) {
    self.walk = walk
    self.position = position
    shape = walk.networks[0].layers[position].output
  }

  /// Returns the array's shape for `images` images: images × channels, or images × height × width ×
  /// channels where a channel has several values.
  private func extent(_ images: Int) -> [Int] {
    shape.places == 1
      ? [images, shape.channels] : [images, shape.height, shape.width, shape.channels]
  }

  /// Writes the array to `path` and returns the images that have a row, in order; `note` receives
  /// the reasons why others have none, and `progress` the number of images done, from any thread.
  ///
  /// Nil, and no file, if `stops` returned true before all images were done.
  public func write(
    _ folder: ImageFolder, to path: String, stops: @escaping @Sendable () -> Bool = { false },
    note: @escaping @Sendable (String) -> Void, progress: @escaping @Sendable (Int) -> Void
  ) throws(FolderError) -> [String]? {
    let file: WholeFile
    do {
      file = try WholeFile(at: path)
    } catch {
      throw Self.unwritable(path, error.code.rawValue)
    }
    let descriptor = file.descriptor
    let head = NumPyFile.header(shape: extent(folder.images.count)).count
    let size = 4 * shape.count
    let state = Mutex(
      (hasRow: [Bool](repeating: false, count: folder.images.count), done: 0, problem: Int32(0)))
    let overflows = Overflows()
    walk.run(
      folder.images.map { folder.path(of: $0) },
      stops: { state.withLock { $0.problem != 0 } || stops() }
    ) { index, input, thread in
      var hasRow = false
      var problem: Int32 = 0
      switch input {
      case .success(let input):
        let output = walk.output(of: input.tensor, position: position, thread: thread)
        if output.isFinite {
          problem = output.withUnsafeBufferPointer {
            Self.write(UnsafeRawBufferPointer($0), to: descriptor, at: head + index * size)
          }
          hasRow = problem == 0
        } else {
          let reason = walk.networks[thread].run(input.tensor).overflow
          overflows.add(folder.images[index], reason)
        }
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
    overflows.tell(note)
    let (hasRow, done, problem) = state.withLock { ($0.hasRow, $0.done, $0.problem) }
    guard problem == 0 else { throw Self.unwritable(path, problem) }
    guard done == hasRow.count else { return nil }
    let rows = hasRow.indices.filter { hasRow[$0] }
    guard !rows.isEmpty else {
      throw .noneUsable(folder: folder.path, images: folder.images.count)
    }
    try moveTogether(rows, in: descriptor, head: head, size: size, path)
    do {
      try file.finish()
    } catch {
      throw Self.unwritable(path, error.code.rawValue)
    }
    return rows.map { folder.images[$0] }
  }

  /// Moves `rows` to the front of the file without gaps, and writes the header with their number.
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

  /// Writes all of `bytes` from `offset` on; returns 0, or the system's error number.
  private static func write(
    _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, at offset: Int
  ) -> Int32 {
    var done = 0
    while done < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
      let count = pwrite(descriptor, rest.baseAddress, rest.count, off_t(offset + done))
      if count < 0, errno != EINTR { return errno }
      // A full disk writes what still fits, and reports the error only at the next call.
      done += max(count, 0)
    }
    return 0
  }

  private static func unwritable(_ path: String, _ problem: Int32) -> FolderError {
    .unwritable(path, reason: String(cString: strerror(problem)).lowercased())
  }
}

extension ImageWalk<Network> {
  /// Returns the output of the layer at `position` for `input`, run on the network of `thread`.
  func output(of input: Tensor, position: Int, thread: Int) -> Tensor {
    let network = networks[thread]
    // The last layer's output needs no recorded trace.
    return position == network.layers.count - 1
      ? network.probabilities(of: input) : network.run(input).output(at: position)
  }
}
