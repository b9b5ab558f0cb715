extension Workers {
  /// The time of each half of some work, in milliseconds.
  public struct HalfTimes: Sendable {
    /// The time of the first half.
    public var first = 0.0
    /// The time of the second half.
    public var second = 0.0

    /// The time of both halves.
    var total: Double { first + second }
  }

  /// Does work in pieces of two halves, whose first half's results stay in the cache for the
  /// second.
  ///
  /// Each thread does the first half of a piece and then, part by part, the second. When no pieces
  /// are left, a thread takes parts of the other threads' pieces. No thread begins a piece after
  /// that, so the values between the halves stay in place. `none` is a placeholder for no piece.
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
  /// Divides the elapsed time in the ratio of the threads' own times.
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
