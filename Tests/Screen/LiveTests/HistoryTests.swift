import Tensors
import Testing

@testable import Live

@Suite struct HistoryTests {
  private func probabilities(_ values: Float...) -> Tensor {
    Tensor(shape: Shape(side: 1, channels: values.count), values: values)
  }

  @Test func classesAreSortedByHowLikelyTheyWereOfLate() {
    var history = ClassHistory()
    history.add(probabilities(0.5, 0.25, 0.25), second: 0)
    history.add(probabilities(0.25, 0.75, 0), second: 0)
    history.add(probabilities(0.25, 0, 0.75), second: 2)
    let trends = history.trends(top: 2)
    // By hand, 0.8² times the means of second 0, those of second 2 and the newest: 0.74, 0.32, 1.58.
    #expect(trends.map(\.classIndex) == [2, 0])
    #expect(trends.map(\.newest) == [0.75, 0.25])
    #expect(trends[1].seconds.suffix(4) == [nil, 0.375, nil, 0.25])
    #expect(trends[1].seconds.count == 60)
  }

  @Test func whatIsOlderThanAMinuteIsForgotten() {
    var history = ClassHistory()
    history.add(probabilities(1, 0), second: 0)
    history.add(probabilities(0, 0.5), second: 59)
    // What was a minute ago hardly counts.
    #expect(history.trends(top: 2).map(\.classIndex) == [1, 0])
    #expect(history.trends(top: 2)[1].seconds.first == 1)
    history.add(probabilities(0, 0.5), second: 60)
    let trends = history.trends(top: 2)
    #expect(trends.map(\.classIndex) == [1, 0])
    #expect(trends[1].seconds.compactMap { $0 } == [0, 0])
  }
}

@Suite struct RecordingTests {
  private func frame(_ number: Int, _ values: [Float]?) -> RecordedFrame {
    RecordedFrame(
      frame: number, seconds: Double(number) / 4,
      predictions: [.init(classIndex: 3, probability: 0.5)],
      plane: values.map { Plane(height: 1, width: 2, values: $0) })
  }

  @Test func aChannelIsAStackOfItsFrames() throws {
    let recording = Recording([frame(0, nil), frame(1, [1, 2]), frame(3, [3, 4])])
    let channel = try #require(recording.channel)
    #expect(channel.tensor.shape == Shape(height: 2, width: 1, channels: 2))
    #expect(channel.tensor.values == [1, 2, 3, 4])
    #expect(channel.extent == "0.5 s, 2 frames")
    #expect(recording.extent == "0.8 s, 3 frames")
    #expect(Recording([frame(0, nil)]).channel == nil)
  }

  @Test func answersAreLinesOfCSV() {
    let text = Recording([frame(2, nil)]).predictions { "the \"class\" \($0)" }
    #expect(
      text == "frame,seconds,rank,class,label,probability\n2,0.5,1,3,\"the \"\"class\"\" 3\",0.5\n")
  }
}
