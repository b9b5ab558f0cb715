import Dispatch
import Synchronization

/// The class that a channel separates best from the others, by the area under the ROC curve: the
/// probability that an image of the class has a larger mean than one of another class, ties
/// counting half.
///
/// Hanley and McNeil, "The Meaning and Use of the Area under a ROC Curve", 1982.
public struct Separation: Equatable, Sendable {
  /// The class; among equals, the first.
  public let classIndex: Int
  /// The area under the curve, 0…1.
  public let area: Double

  /// Finds the best of `classes` classes for `values`, each with its label; nil if all labels are
  /// equal.
  init?(_ values: [(value: Float, label: Int)], classes: Int) {
    // Each key has the value in its upper half, in the order of floats, and the label in the lower.
    let keys = values.map { value, label in
      // Positive and negative zero are equal.
      let bits = (value + 0).bitPattern
      let key = bits >> 31 == 0 ? bits | 1 << 31 : ~bits
      return UInt64(key) << 32 | UInt64(label)
    }
    let sorted = Self.sortedByUpperHalf(keys)
    // Ranks are doubled, so that those of ties are whole numbers too.
    var ranks = [Int](repeating: 0, count: classes)
    var counts = ranks
    var first = 0
    while first < sorted.count {
      var end = first + 1
      while end < sorted.count, sorted[end] >> 32 == sorted[first] >> 32 { end += 1 }
      for entry in sorted[first..<end] {
        let label = Int(truncatingIfNeeded: entry & 0xFFFF_FFFF)
        ranks[label] += first + end + 1
        counts[label] += 1
      }
      first = end
    }
    var best: Separation?
    for index in 0..<classes where counts[index] > 0 && counts[index] < sorted.count {
      let (own, others) = (counts[index], sorted.count - counts[index])
      let area = Double(ranks[index] - own * (own + 1)) / Double(2 * own * others)
      if area > best?.area ?? -1 { best = Separation(classIndex: index, area: area) }
    }
    guard let best else { return nil }
    self = best
  }

  /// Returns `keys` sorted by their upper halves: a radix sort, eight bits at a time, the lowest
  /// first.
  private static func sortedByUpperHalf(_ keys: [UInt64]) -> [UInt64] {
    var (from, to) = (keys, keys)
    for shift in stride(from: 32, to: 64, by: 8) {
      var starts = [Int](repeating: 0, count: 257)
      for key in from { starts[Int(key >> shift & 255) &+ 1] &+= 1 }
      // All keys have the same digit.
      guard !starts.contains(keys.count) else { continue }
      for digit in 1..<256 { starts[digit] &+= starts[digit &- 1] }
      for key in from {
        let digit = Int(key >> shift & 255)
        to[starts[digit]] = key
        starts[digit] &+= 1
      }
      swap(&from, &to)
    }
    return from
  }

  init(classIndex: Int, area: Double) {
    self.classIndex = classIndex
    self.area = area
  }

  /// Returns the separation of every channel by `values` on `images`; `labels` has the class of
  /// each image of the list.
  static func all(
    _ values: ImageValues, images: [Int], labels: [Int], classes: Int, channels: Int
  ) throws(AtlasError) -> [Separation?] {
    // As many channels at a time as fit into 16 MB.
    let block = min(max((4 << 20) / max(images.count, 1), 8), 512)
    let starts = Array(stride(from: 0, to: channels, by: block))
    let state = Mutex(
      (found: [Separation?](repeating: nil, count: channels), failure: AtlasError?.none))
    DispatchQueue.concurrentPerform(iterations: starts.count) { index in
      let range = starts[index]..<min(starts[index] + block, channels)
      do throws(AtlasError) {
        var rows: [Float] = []
        for image in images { rows += try values.read(image: image, channels: range) }
        let own = range.indices.map { channel in
          let place = channel - range.lowerBound
          return Separation(
            images.indices.map { (rows[$0 * range.count + place], labels[images[$0]]) },
            classes: classes)
        }
        state.withLock { $0.found.replaceSubrange(range, with: own) }
      } catch {
        state.withLock { $0.failure = error }
      }
    }
    let (found, failure) = state.withLock { $0 }
    if let failure { throw failure }
    return found
  }
}
