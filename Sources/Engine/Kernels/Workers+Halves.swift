extension Workers {
  /// The time of either half of some work, in milliseconds.
  public struct HalfTimes: Sendable {
    /// The time of the first half.
    public var first = 0.0
    /// The time of the second half.
    public var second = 0.0

    /// The time of both.
    var total: Double { first + second }
  }

  /// Does work that is cut into pieces, each of which has two halves: what the first one makes stays
  /// in the cache for the second.
  ///
  /// Each thread does the first half of a piece and then, part by part, the second. When no pieces
  /// are left, it takes parts of those that the others are still busy with. Nobody begins a piece
  /// after that, so that what lies between the two halves stays where it is. `none` is no piece.
  func divideInHalves<Piece>(
    pieces: Int, parts: Int, none: Piece, first: (_ index: Int, _ worker: Int) -> Piece,
    second: (_ part: Int, _ piece: Piece) -> Void
  ) -> HalfTimes {
    let watch = Stopwatch()
    let times = PerWorker<HalfTimes>(repeating: HalfTimes(), count: count)
    let current = PerWorker<Piece>(repeating: none, count: count)
    divide(
      pieces,
      { index, worker in
        let piece = first(index, worker)
        times[worker].first += watch.milliseconds - times[worker].total
        current[worker] = piece
        leftOver.set(worker, 0..<parts)
        while let part = leftOver.take(from: worker) { second(part, piece) }
        times[worker].second += watch.milliseconds - times[worker].total
      },
      finally: { worker in
        leftOver.takeAll(by: worker) { part, other in second(part, current[other]) }
        times[worker].second += watch.milliseconds - times[worker].total
      })
    return times.share(of: watch.milliseconds)
  }
}

extension PerWorker<Workers.HalfTimes> {
  /// Divides the time that passed as the threads say that they divided theirs.
  fileprivate func share(of milliseconds: Double) -> Workers.HalfTimes {
    var total = Workers.HalfTimes()
    for index in 0..<count {
      total.first += self[index].first
      total.second += self[index].second
    }
    let scale = milliseconds / max(total.total, .leastNormalMagnitude)
    return Workers.HalfTimes(first: total.first * scale, second: total.second * scale)
  }
}
