import Folders
import MobileNet
import Research

/// The photos on which the ranges of a network's outputs are found.
struct RangePhotos {
  /// Where they are.
  let paths: [String]

  /// At most `count` of `paths`, evenly spread.
  init(_ paths: [String], most count: Int = 100) {
    let kept = min(count, paths.count)
    self.paths = (0..<kept).map { paths[$0 * paths.count / kept] }
  }

  /// At most `count` of the images in `folder`, at any depth, evenly spread.
  init(folder: String, most count: Int = 100) throws {
    let found = try ImageFolder(folder)
    self.init(found.images.map { found.path(of: $0) }, most: count)
  }

  /// What `network` makes of each, as far as `extent` says; `each` hears of the number, the path and the
  /// run before it goes on.
  ///
  /// What cannot be read is noted and left out; throws where nothing is left.
  func ranges(
    of network: Network, _ extent: ActivationRanges.Extent,
    each: (_ index: Int, _ path: String, _ trace: Trace) -> Void = { _, _, _ in }
  ) throws -> ActivationRanges {
    var ranges = ActivationRanges(layers: network.layers.count, extent: extent)
    for (index, path) in paths.enumerated() {
      guard let input = Self.input(path, for: network.checkpoint, resolution: network.resolution)
      else {
        continue
      }
      let trace = network.run(input.prepared.tensor)
      ranges.add(trace)
      each(index, path, trace)
    }
    guard ranges.photos > 0 else {
      throw Failure(.data, "\(paths.first ?? "no image"): no image to find ranges on could be read")
    }
    return ranges
  }

  /// What the network gets of the image at `path`; nil, and a note, where it cannot be read.
  static func input(_ path: String, for checkpoint: Checkpoint, resolution: Resolution) -> Photo? {
    do {
      return try ImageInput(path).photo(for: checkpoint, resolution: resolution)
    } catch let failure as Failure {
      Console.note(failure.reason)
      return nil
    } catch {
      return nil
    }
  }
}
