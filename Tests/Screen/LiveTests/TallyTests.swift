import Live
import Testing

@Suite struct TallyTests {
  @Test func paceIsWhatHappenedBetweenTwoTallies() {
    var earlier = Tally()
    (earlier.read, earlier.inferred, earlier.layers) = (10, 10, [20, 40])
    var later = earlier
    (later.read, later.inferred, later.drawn, later.skipped) = (70, 40, 15, 30)
    (later.decoding, later.preparing, later.inferring, later.drawing) = (30, 15, 240, 30)
    later.layers = [50, 190]
    let pace = Pace(later, since: earlier, seconds: 0.5)
    #expect((pace.read, pace.inferred, pace.drawn) == (120, 60, 30))
    #expect((pace.decoding, pace.preparing, pace.inferring, pace.drawing) == (0.5, 0.5, 8, 2))
    #expect(pace.between.skipped == 30)
    #expect(pace.layers == [1, 5])
    let still = Pace(later, since: later, seconds: 1)
    #expect(still.read == 0 && still.decoding == 0 && still.layers.isEmpty)
  }
}
