import Folders
import MobileNet
import Research

/// The photos on which a network's activation ranges are measured.
struct RangePhotos {
  /// The photos' paths.
  let paths: [String]

  /// Keeps at most `count` of `paths`, evenly spread.
  init(_ paths: [String], most count: Int = 100) {
    let kept = min(count, paths.count)
    self.paths = (0..<kept).map { paths[$0 * paths.count / kept] }
  }

  /// Finds the images in `folder` at any depth and keeps at most `count` of them, evenly spread.
  init(folder: String, most count: Int = 100) throws {
    let found = try ImageFolder(folder)
    self.init(found.images.map { found.path(of: $0) }, most: count)
  }

  /// Returns the activation ranges of `network` on the photos; `each` is called after each photo
  /// with its index, its path and its trace.
  ///
  /// Leaves out photos that cannot be read, and says so with `note`; throws if none is left.
  func ranges(
    of network: Network, _ extent: ActivationRanges.Extent,
    each: (_ index: Int, _ path: String, _ trace: Trace) -> Void = { _, _, _ in },
    note: (String) -> Void = Console.note
  ) throws -> ActivationRanges {
    var ranges = ActivationRanges(layers: network.layers.count, extent: extent)
    for (index, path) in paths.enumerated() {
      let photo = Self.input(
        path, for: network.checkpoint, resolution: network.resolution, note: note)
      guard let input = photo else { continue }
      let trace = network.run(input.prepared.tensor)
      ranges.add(trace)
      each(index, path, trace)
    }
    guard ranges.photos > 0 else {
      throw Failure(.data, "\(paths.first ?? "no image"): no image to find ranges on could be read")
    }
    return ranges
  }

  /// Returns the image at `path` prepared for the network; nil, and a note, if it cannot be read.
  static func input(
    _ path: String, for checkpoint: Checkpoint, resolution: Resolution,
    note: (String) -> Void = Console.note
  ) -> Photo? {
    do {
      return try ImageInput(path).photo(for: checkpoint, resolution: resolution)
    } catch let failure as Failure {
      note(failure.reason)
      return nil
    } catch {
      return nil
    }
  }
}
