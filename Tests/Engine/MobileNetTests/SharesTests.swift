import Testing

@testable import Kernels

struct SharesTests {
  private struct Taken {
    let piece: Int
    let share: Int
  }

  @Test func eachPieceIsTakenOnceHoweverManyTake() {
    // Shares of different lengths, one of them empty.
    let ranges = [0..<70_000, 70_000..<70_000, 70_000..<100_000, 100_000..<100_001]
    let shares = Shares(count: 4)
    let pool = WorkerPool(count: 4)
    for _ in 0..<10 {
      for (share, range) in ranges.enumerated() { shares.set(share, range) }
      // Not a Mutex: the thread sanitizer does not see the order that the standard library's makes.
      let taken = PerWorker<[Taken]>(repeating: [], count: 4)
      pool.run { taker in
        var own: [Taken] = []
        shares.takeAll(by: taker) { own.append(Taken(piece: $0, share: $1)) }
        taken[taker] = own
      }
      let all = (0..<4).flatMap { taken[$0] }.sorted { $0.piece < $1.piece }
      let isEachThereOnce = all.map(\.piece) == Array(0..<100_001)
      #expect(isEachThereOnce)
      #expect(all.allSatisfy { ranges[$0.share].contains($0.piece) })
    }
  }

  @Test func ownPiecesComeFirstThenThoseOfWhoeverIsHeldUp() {
    let shares = Shares(count: 3)
    for share in 0..<3 { shares.set(share, share * 2..<share * 2 + 2) }
    #expect(shares.take(from: 0) == 0)
    var taken: [[Int]] = []
    shares.takeAll(by: 1) { piece, share in taken.append([piece, share]) }
    #expect(taken == [[2, 1], [3, 1], [4, 2], [5, 2], [1, 0]])
  }

  @Test func aShareIsEmptyUntilItIsSetAnew() {
    let shares = Shares(count: 1)
    #expect(shares.take(from: 0) == nil)
    shares.set(0, 7..<8)
    #expect(shares.take(from: 0) == 7)
    for _ in 0..<5 { #expect(shares.take(from: 0) == nil) }
    shares.set(0, 3..<5)
    #expect([shares.take(from: 0), shares.take(from: 0), shares.take(from: 0)] == [3, 4, nil])
  }
}
