/// The counts and summed times of a stream since its beginning.
public struct Tally: Equatable, Sendable {
  /// The number of frames read.
  public var read = 0
  /// The number of frames that the network ran on.
  public var inferred = 0
  /// The number of frames drawn.
  public var drawn = 0
  /// The number of frames replaced by newer ones.
  public var skipped = 0
  /// The milliseconds spent reading frames, without waiting for the source.
  public var decoding = 0.0
  /// The milliseconds spent preparing input.
  public var preparing = 0.0
  /// The milliseconds spent running the network.
  public var inferring = 0.0
  /// The milliseconds spent drawing, and sending what changed.
  public var drawing = 0.0
  /// The seconds from the beginning of the first run to the end of the latest.
  public var span = 0.0
  /// The milliseconds spent in each layer.
  public var layers: [Double] = []

  /// Makes a tally of nothing.
  public init() {}
}

/// The pace of a stream: the difference of two tallies.
public struct Pace: Equatable, Sendable {
  /// The counts and times between the two tallies.
  public let between: Tally
  /// The seconds between the two tallies.
  public let seconds: Double
  /// The mean milliseconds of each layer; empty if the network did not run.
  public let layers: [Double]

  /// Compares `tally` with one that is `seconds` older.
  public init(_ tally: Tally, since earlier: Tally, seconds: Double) {
    var between = Tally()
    between.read = tally.read - earlier.read
    between.inferred = tally.inferred - earlier.inferred
    between.drawn = tally.drawn - earlier.drawn
    between.skipped = tally.skipped - earlier.skipped
    between.decoding = tally.decoding - earlier.decoding
    between.preparing = tally.preparing - earlier.preparing
    between.inferring = tally.inferring - earlier.inferring
    between.drawing = tally.drawing - earlier.drawing
    self.between = between
    self.seconds = seconds
    let runs = Double(between.inferred)
    // Other weights may have other layers.
    let isSame = tally.layers.count == earlier.layers.count
    layers =
      runs == 0
      ? []
      : tally.layers.indices.map {
        (tally.layers[$0] - (isSame ? earlier.layers[$0] : 0)) / runs
      }
  }

  /// The frames read a second.
  public var read: Double { rate(between.read) }
  /// The runs a second.
  public var inferred: Double { rate(between.inferred) }
  /// The frames drawn a second.
  public var drawn: Double { rate(between.drawn) }
  /// The mean milliseconds of reading a frame.
  public var decoding: Double { mean(between.decoding, between.read) }
  /// The mean milliseconds of preparing input.
  public var preparing: Double { mean(between.preparing, between.inferred) }
  /// The mean milliseconds of a run.
  public var inferring: Double { mean(between.inferring, between.inferred) }
  /// The mean milliseconds of drawing a frame.
  public var drawing: Double { mean(between.drawing, between.drawn) }

  private func rate(_ count: Int) -> Double { seconds > 0 ? Double(count) / seconds : 0 }

  private func mean(_ milliseconds: Double, _ count: Int) -> Double {
    count > 0 ? milliseconds / Double(count) : 0
  }
}
