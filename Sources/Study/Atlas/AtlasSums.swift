import Kernels

/// The sums over the images seen so far; they do not depend on the images' order.
struct AtlasSums: Equatable, Sendable {
  let channels: Int
  let top: Int
  let classes: Int

  /// Whether each image of the whole list was seen.
  var seen: [Bool]
  /// Whether each image was seen and could not be used.
  var skipped: [Bool]
  /// The largest values, in descending order, channels × top; −∞ where there are fewer.
  var topValues: [Float]
  /// The indices of the images with the largest values; −1 where there are fewer.
  var topImages: [Int32]
  /// The places of the largest values: row · width + column.
  var topPlaces: [Int32]
  /// The sum over images of each channel's mean.
  var means: FixedPointSums
  /// The sum over images of each channel's squared mean.
  var meanSquares: FixedPointSums
  /// The sum over images of each channel's mean square.
  var squares: FixedPointSums
  /// The number of zeros of each channel.
  var zeros: [Int64]
  /// The histogram of each channel's largest value on an image: channels × bins.
  var histograms: [UInt32]
  /// The sum over a class's images of each channel's mean: classes × channels, in units of 2⁻²⁴.
  var classMeans: [Int64]
  /// The number of images of each class.
  var classCounts: [Int64]

  static let classUnit: Double = 16_777_216
  /// The limit of the means, below which no sum can overflow.
  static let limit: Float = 1_048_576

  /// Starts with no image of `plan` seen.
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

  /// The number of images that were seen and used.
  var used: Int { zip(seen, skipped).count { $0.0 && !$0.1 } }

  /// Marks `image` as unusable.
  mutating func skip(_ image: Int) {
    seen[image] = true
    skipped[image] = true
  }

  /// Adds the channels' `summary` on `image`, of class `label` if known; returns false and adds
  /// nothing if a number is not finite or too large.
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

  /// Returns the index at which `value` belongs among the largest of a channel; nil if it is
  /// smaller than all of them.
  ///
  /// Of equal values, that of the earlier image comes first.
  private func topPlace(for value: Float, of image: Int, in channel: Int) -> Int? {
    // Most values are smaller than the last of the largest.
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

  /// Adds the sums of `others`, which have the same plan and other images.
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
