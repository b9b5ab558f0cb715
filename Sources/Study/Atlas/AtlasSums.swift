import Kernels

/// What was seen of some images so far; the order in which they came leaves no trace.
struct AtlasSums: Equatable, Sendable {
  let channels: Int
  let top: Int
  let classes: Int

  /// Which images of the whole list were seen.
  var seen: [Bool]
  /// Those of them that could not be used.
  var skipped: [Bool]
  /// Channels × top: the largest values, the largest first; −∞ where there are fewer.
  var topValues: [Float]
  /// Whose they are, by place in the list; −1 where there are fewer.
  var topImages: [Int32]
  /// Where they are: row · width + column.
  var topPlaces: [Int32]
  /// Of each channel's mean over an image, over all images.
  var means: FixedPointSums
  /// Of the squares of those means.
  var meanSquares: FixedPointSums
  /// Of each channel's mean square over an image.
  var squares: FixedPointSums
  /// Zeros in all.
  var zeros: [Int64]
  /// Channels × bins: of each channel's largest value on an image.
  var histograms: [UInt32]
  /// Classes × channels: of each channel's mean over an image, in units of 2⁻²⁴.
  var classMeans: [Int64]
  /// The images of each class.
  var classCounts: [Int64]

  static let classUnit: Double = 16_777_216
  /// What a mean must be below so that no sum can overflow.
  static let limit: Float = 1_048_576

  /// Nothing seen of `plan`.
  init(_ plan: AtlasPlan) {
    channels = plan.channels
    top = plan.top
    classes = plan.classes.count
    seen = [Bool](repeating: false, count: plan.images.count)
    skipped = seen
    topValues = [Float](repeating: -.infinity, count: channels * top)
    topImages = [Int32](repeating: -1, count: channels * top)
    topPlaces = [Int32](repeating: 0, count: channels * top)
    means = FixedPointSums(count: channels)
    meanSquares = means
    squares = means
    zeros = [Int64](repeating: 0, count: channels)
    histograms = [UInt32](repeating: 0, count: channels * Histogram.bins)
    classMeans = [Int64](repeating: 0, count: channels * classes)
    classCounts = [Int64](repeating: 0, count: classes)
  }

  /// The images that were seen and used.
  var used: Int { zip(seen, skipped).count { $0.0 && !$0.1 } }

  /// Says that `image` cannot be used.
  mutating func skip(_ image: Int) {
    seen[image] = true
    skipped[image] = true
  }

  /// Adds what the channels did on `image`, of class `label` if that is known; false, and nothing is
  /// added, where a number is not finite or beyond all measure.
  mutating func add(_ summary: ChannelSummary, image: Int, label: Int?) -> Bool {
    guard summary.means.allSatisfy({ $0.magnitude < Self.limit }),
      summary.squares.allSatisfy({ $0 < Self.limit * Self.limit })
    else { return false }
    ReproducibleSums.count(
      summary.maxima.map { Int32(Histogram.bin($0)) }, in: &histograms, width: Histogram.bins)
    for channel in 0..<channels {
      let value = summary.maxima[channel]
      zeros[channel] &+= Int64(summary.zeros[channel])
      if let place = topPlace(for: value, of: image, in: channel) {
        insert(value, image, Int(summary.places[channel]), at: place, in: channel)
      }
    }
    means.add(summary.means)
    meanSquares.add(summary.means.map { $0 * $0 })
    squares.add(summary.squares)
    if let label {
      ReproducibleSums.add(
        summary.means, times: Self.classUnit, to: &classMeans, at: label * channels)
      classCounts[label] += 1
    }
    seen[image] = true
    return true
  }

  /// Where `value` comes among the largest of a channel; nil where it is none of them.
  ///
  /// Of equal values the one of the earlier image comes first.
  private func topPlace(for value: Float, of image: Int, in channel: Int) -> Int? {
    // Most values are smaller than all of them.
    guard value >= topValues[(channel + 1) * top - 1] else { return nil }
    func isBetter(_ place: Int) -> Bool {
      let (other, index) = (topValues[place], topImages[place])
      return value > other || value == other && (index < 0 || image < Int(index))
    }
    let (start, end) = (channel * top, (channel + 1) * top)
    guard isBetter(end - 1) else { return nil }
    return (start..<end).first(where: isBetter)
  }

  private mutating func insert(
    _ value: Float, _ image: Int, _ where: Int, at place: Int, in channel: Int
  ) {
    var index = (channel + 1) * top - 1
    while index > place {
      topValues[index] = topValues[index - 1]
      topImages[index] = topImages[index - 1]
      topPlaces[index] = topPlaces[index - 1]
      index -= 1
    }
    topValues[place] = value
    topImages[place] = Int32(image)
    topPlaces[place] = Int32(`where`)
  }

  /// Adds what `others`, of the same plan, saw of other images.
  mutating func add(_ others: AtlasSums) {
    for image in seen.indices where others.seen[image] {
      seen[image] = true
      skipped[image] = others.skipped[image]
    }
    for channel in 0..<channels {
      for from in channel * top..<(channel + 1) * top where others.topImages[from] >= 0 {
        let (value, image) = (others.topValues[from], Int(others.topImages[from]))
        guard let place = topPlace(for: value, of: image, in: channel) else { break }
        insert(value, image, Int(others.topPlaces[from]), at: place, in: channel)
      }
    }
    means.add(others.means)
    meanSquares.add(others.meanSquares)
    squares.add(others.squares)
    for index in zeros.indices { zeros[index] &+= others.zeros[index] }
    for index in histograms.indices { histograms[index] &+= others.histograms[index] }
    for index in classMeans.indices { classMeans[index] &+= others.classMeans[index] }
    for index in classCounts.indices { classCounts[index] &+= others.classCounts[index] }
  }
}
