import Foundation
import MobileNet
import Streams
import Synchronization
import Tensors
import Testing

@testable import Live

/// The frames that come out of a stream, and that nothing waits for those that nobody asked for.
@Suite struct PipelineTests {
  /// Looks at a pipeline until it has what is wanted; nil if that never comes.
  private func wait<Value>(for value: () throws -> Value?) rethrows -> Value? {
    let deadline = Date(timeIntervalSinceNow: 60)
    repeat {
      if let found = try value() { return found }
      usleep(1000)
    } while Date() < deadline
    return nil
  }

  private func pipeline(_ path: String, everyFrame: Bool = false, memory: Int? = nil) -> Pipeline {
    var options = Pipeline.Options()
    options.keepsEvery = everyFrame
    options.rate = 0
    options.memory = memory ?? options.memory
    return Pipeline(source: path, options: options) {}
  }

  private func end(of pipeline: Pipeline) -> Notice? {
    wait { pipeline.takeNotices().last }
  }

  @Test func everyFrameIsInferredInOrderAndIsWhatTheNetworkMakesOfIt() throws {
    let network = try Fixture.network()
    try Fixture.withFile(Fixture.y4m(0..<12)) { path in
      let pipeline = pipeline(path, everyFrame: true)
      pipeline.watch(WatchedChannel(layer: 2, channel: 3))
      pipeline.use(network, number: 7)
      pipeline.start()
      #expect(end(of: pipeline) == .ended(reason: nil))
      let tally = pipeline.tally
      #expect((tally.read, tally.inferred, tally.skipped) == (12, 12, 0))
      #expect(tally.layers.count == 30 && tally.layers.allSatisfy { $0 > 0 })
      let answer = try #require(pipeline.takeFrame())
      #expect((answer.network, answer.frame.number, answer.age) == (7, 11, 0))
      #expect(pipeline.takeFrame() == nil)

      // Grey 61 of 16…235, as BT.601 has it, is 52 of 0…255 everywhere.
      #expect(answer.prepared.pixels.bytes.allSatisfy { $0 == 52 })
      let own = network.run(answer.prepared.tensor)
      #expect(answer.trace.output(at: 29).values == own.output(at: 29).values)

      let recorded = pipeline.recorded
      // A machine that is very busy takes more than ten seconds.
      #expect(recorded.map(\.frame) == Array((12 - recorded.count)..<12))
      #expect(recorded.last?.plane == own.output(at: 2).plane(3))
      #expect(recorded.last?.predictions == own.predictions())
      pipeline.stop()
    }
  }

  @Test func newerFramesTakeThePlaceOfThoseNobodyHadTimeFor() throws {
    let network = try Fixture.network()
    try Fixture.withFile(Fixture.y4m(0..<200)) { path in
      let pipeline = pipeline(path)
      pipeline.start()
      // Nothing is inferred before there is a network; until then all but the last give way.
      #expect(wait { pipeline.tally.skipped == 199 ? true : nil } == true)
      pipeline.use(network, number: 0)
      #expect(end(of: pipeline) == .ended(reason: nil))
      #expect(pipeline.takeFrame()?.frame.number == 199)
      #expect(pipeline.tally.inferred == 1)
      pipeline.stop()
    }
  }

  @Test func pausedItStepsThroughKeptFramesAndThenThroughTheSource() throws {
    let network = try Fixture.network()
    // 40 frames, of which the memory holds 10.
    let size = Fixture.side * Fixture.side
    try Fixture.withFIFO { path in
      let pipeline = pipeline(path, everyFrame: true, memory: 10 * size)
      pipeline.use(network, number: 0)
      pipeline.start()
      let descriptor = open(path, O_WRONLY)
      func write(_ bytes: [UInt8]) { #expect(Foundation.write(descriptor, bytes, bytes.count) > 0) }
      func shows(_ number: Int, age: Int) -> Bool {
        let answer = wait { pipeline.takeFrame() }
        return answer?.frame.number == number && answer?.age == age
      }
      write(Fixture.y4m(0..<20))
      #expect(wait { pipeline.tally.inferred == 20 ? true : nil } == true)
      #expect(shows(19, age: 0))
      pipeline.pause(true)
      write(Fixture.frames(20..<22, size))
      for age in 1...9 {
        pipeline.step(back: true)
        #expect(shows(19 - age, age: age))
      }
      pipeline.step(back: true)
      #expect(wait { pipeline.takeNotices().last } == .atOldest(kept: 10))
      for age in (0...8).reversed() {
        pipeline.step(back: false)
        #expect(shows(19 - age, age: age))
      }
      #expect(pipeline.tally.inferred == 20)
      pipeline.step(back: false)
      #expect(shows(20, age: 0))
      pipeline.step(back: false)
      #expect(shows(21, age: 0))
      close(descriptor)
      pipeline.step(back: false)
      let notices = wait { () -> [Notice]? in
        let notices = pipeline.takeNotices()
        return notices.isEmpty ? nil : notices
      }
      #expect(notices?.allSatisfy { $0 == .atNewest || $0 == .ended(reason: nil) } == true)
      pipeline.step(back: true)
      #expect(shows(20, age: 1))
      pipeline.stop()
    }
  }

  @Test func otherWeightsLookAtTheSameFrame() throws {
    let first = try Fixture.network()
    let second = try Network(
      Checkpoint.synthetic(Architecture(width: 0.5, classes: 5)), resolution: 64, threads: 1)
    try Fixture.withFile(Fixture.y4m(0..<3)) { path in
      let pipeline = pipeline(path, everyFrame: true)
      pipeline.watch(WatchedChannel(layer: 0, channel: 12))
      pipeline.use(first, number: 1)
      pipeline.start()
      #expect(end(of: pipeline) == .ended(reason: nil))
      #expect(pipeline.takeFrame()?.network == 1)
      pipeline.use(second, number: 2)
      let answer = try #require(wait { pipeline.takeFrame() })
      #expect((answer.network, answer.frame.number) == (2, 2))
      #expect(answer.trace.layers == second.layers)
      #expect(pipeline.tally.inferred == 3)
      #expect(pipeline.recorded.isEmpty)
      pipeline.stop()
    }
  }

  /// The bytes of a stream, the number of its whole frames, and the reason for its end.
  static let broken: [(bytes: [UInt8], frames: Int, problem: String)] = [
    ([], 0, "ended without a frame"),
    (Array("GIF89a and more".utf8), 0, "a GIF; ffmpeg makes frames of it"),
    (Array("YUV4MPEG2 W9 H9 C420p10\n".utf8), 0, "C420p10, expected"),
    (Fixture.y4m(0..<3).dropLast(100), 2, "ended in the middle of frame 2"),
    (Fixture.y4m(0..<2) + Array("FROM here".utf8), 2, "frame 2"),
    (Fixture.y4m(0..<2) + [UInt8](repeating: 65, count: 5000), 2, "more than 1024 bytes"),
  ]

  @Test(arguments: broken)
  func aBrokenStreamSaysWhyAndItsFramesStay(
    bytes: [UInt8], frames: Int, problem: String
  ) throws {
    let network = try Fixture.network()
    try Fixture.withFile(bytes) { path in
      let pipeline = pipeline(path, everyFrame: true)
      pipeline.use(network, number: 0)
      pipeline.start()
      guard case .ended(let reason?)? = end(of: pipeline) else {
        Issue.record("it did not break off")
        return
      }
      #expect(reason.contains(problem))
      #expect(pipeline.tally.inferred == frames)
      #expect(pipeline.takeFrame()?.frame.number == (frames > 0 ? frames - 1 : nil))
      pipeline.stop()
    }
  }

  @Test func framesMayChangeTheirSizeOnTheWay() throws {
    let network = try Fixture.network()
    let bytes = Fixture.y4m(0..<2) + Fixture.y4m(2..<4, width: 90, height: 50)
    try Fixture.withFile(bytes) { path in
      let pipeline = pipeline(path, everyFrame: true)
      pipeline.use(network, number: 0)
      pipeline.start()
      #expect(end(of: pipeline) == .ended(reason: nil))
      let answer = try #require(pipeline.takeFrame())
      #expect((answer.frame.format.width, answer.frame.format.height) == (90, 50))
      #expect(answer.prepared.crop.left == 20 + 0.5 * 50 * (1 - cropFraction(network)))
      let picture = answer.frame.picture(longest: 45)
      #expect((picture.width, picture.height) == (45, 25))
      pipeline.stop()
    }
  }

  private func cropFraction(_ network: Network) -> Double {
    network.checkpoint.preprocessing.cropFraction
  }

  @Test func aSourceThatNobodyWritesIntoKeepsNothingFromEnding() throws {
    try Fixture.withFIFO { path in
      let pipeline = pipeline(path)
      pipeline.start()
      pipeline.use(try Fixture.network(), number: 0)
      pipeline.step(back: true)
      #expect(wait { pipeline.takeNotices().last } == .atOldest(kept: 0))
      #expect(pipeline.takeFrame() == nil && pipeline.tally == Tally())
      pipeline.stop()
    }
  }
}
