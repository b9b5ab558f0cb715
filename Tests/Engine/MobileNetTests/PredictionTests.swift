import MobileNet
import Testing

struct PredictionTests {
  @Test func theMostLikelyComeFirstAndOfEqualsTheLowerClass() {
    let probabilities: [Float] = [0.1, 0.3, 0.05, 0.3, 0.2, 0.05, 0]
    func classes(_ count: Int) -> [Int] {
      Prediction.top(count, of: probabilities).map(\.classIndex)
    }
    #expect(classes(3) == [1, 3, 4])
    #expect(classes(6) == [1, 3, 4, 0, 2, 5])
    #expect(classes(20) == [1, 3, 4, 0, 2, 5, 6])
    #expect(classes(0).isEmpty)
    #expect(Prediction.top(1, of: probabilities).first?.probability == 0.3)
  }
}
