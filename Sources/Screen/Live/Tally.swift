/// What happened to a stream from its beginning on: counts, and times summed up.
public struct Tally: Equatable, Sendable {
  /// Frames that came.
  public var read = 0
  /// Frames that the network ran on.
  public var inferred = 0
  /// Frames that were drawn.
  public var drawn = 0
  /// Frames that gave way to newer ones.
  public var skipped = 0
  /// Milliseconds of taking frames from the source, without waiting for it.
  public var decoding = 0.0
  /// Milliseconds of making the network's input of frames.
  public var preparing = 0.0
  /// Milliseconds of running the network.
  public var inferring = 0.0
  /// Milliseconds of drawing and of sending what changed.
  public var drawing = 0.0
  /// Seconds from the beginning of the first run to the end of the last.
  public var span = 0.0
  /// Milliseconds of each layer.
  public var layers: [Double] = []

  /// Nothing happened yet.
  public init() {}
}

/// How fast a stream goes: a tally compared with an earlier one.
public struct Pace: Equatable, Sendable {
  /// What happened between the two.
  public let between: Tally
  /// The time between the two, in seconds.
  public let seconds: Double
  /// Mean milliseconds of each layer of a run; none where the network did not run.
  public let layers: [Double]

  /// Compares `tally` with the `earlier` one of `seconds` before.
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

  /// Frames that came, a second.
  public var read: Double { rate(between.read) }
  /// Frames that the network ran on, a second.
  public var inferred: Double { rate(between.inferred) }
  /// Frames that were drawn, a second.
  public var drawn: Double { rate(between.drawn) }
  /// Mean milliseconds of taking a frame from the source.
  public var decoding: Double { mean(between.decoding, between.read) }
  /// Mean milliseconds of making the network's input.
  public var preparing: Double { mean(between.preparing, between.inferred) }
  /// Mean milliseconds of running the network.
  public var inferring: Double { mean(between.inferring, between.inferred) }
  /// Mean milliseconds of drawing.
  public var drawing: Double { mean(between.drawing, between.drawn) }

  private func rate(_ count: Int) -> Double { seconds > 0 ? Double(count) / seconds : 0 }

  private func mean(_ milliseconds: Double, _ count: Int) -> Double {
    count > 0 ? milliseconds / Double(count) : 0
  }
}
