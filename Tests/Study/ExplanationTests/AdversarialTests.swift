import Explanation
import Images
import MobileNet
import Testing

struct AdversarialTests {
  private let network: Network
  private let pixels: Pixels

  init() throws {
    network = try Example().network
    let values = Checkpoint.syntheticValues(64 * 64 * 3, seed: 5, scale: 1)
    pixels = Pixels(
      width: 64, height: 64, bytes: values.map { UInt8(min(max(128 + 127 * $0, 0), 255)) })
  }

  private func logProbability(_ index: Int, _ bytes: [UInt8]) throws -> Double {
    let input = network.checkpoint.preprocessing.tensor(
      of: Pixels(width: 64, height: 64, bytes: bytes))
    let logits = network.run(input).output(at: 28)
    return Target.logProbability(index).value(of: logits)
  }

  @Test func everyColourGoesOneStepTheWayThatHelps() throws {
    let found = try AdversarialExample(network, pixels, aim: .toward(4), step: 3)
    let start = try logProbability(4, pixels.bytes)
    var agreeing = 0
    var counted = 0
    for index in stride(from: 0, to: pixels.bytes.count, by: 401) {
      let (before, after) = (Int(pixels.bytes[index]), Int(found.pixels.bytes[index]))
      #expect([min(before + 3, 255), max(before - 3, 0), before].contains(after))
      guard before != after, 10...245 ~= before else { continue }
      // A step of this colour alone, either way.
      var (more, less) = (pixels.bytes, pixels.bytes)
      more[index] += 10
      less[index] -= 10
      let helps = try logProbability(4, more) > logProbability(4, less)
      counted += 1
      agreeing += helps == (after > before) ? 1 : 0
    }
    // Ten grey levels may cross a kink of ReLU where one would not.
    #expect(counted > 20 && agreeing * 10 >= counted * 9, "\(agreeing) of \(counted)")
    #expect(try logProbability(4, found.pixels.bytes) > start)
  }

  @Test func roundsStayWithinTheStep() throws {
    for (step, rounds) in [(1, 1), (2, 10), (16, 3)] {
      let found = try AdversarialExample(
        network, pixels, aim: .away(from: 2), step: step, rounds: rounds)
      let differences = zip(found.pixels.bytes, pixels.bytes).map { abs(Int($0) - Int($1)) }
      #expect(differences.max() == step)
      #expect(try logProbability(2, found.pixels.bytes) < logProbability(2, pixels.bytes))
    }
  }

  @Test func theChangeIsGreyWhereThereIsNone() throws {
    let found = try AdversarialExample(network, pixels, aim: .toward(1), step: 2)
    let shown = found.difference(from: pixels).bytes
    for index in stride(from: 0, to: shown.count, by: 97) {
      let change = Int(found.pixels.bytes[index]) - Int(pixels.bytes[index])
      #expect(Int(shown[index]) == 128 + 127 * change / 2)
    }
  }

  @Test func aimsAreReachedByAnswers() {
    #expect(AdversarialExample.Aim.away(from: 3).isReached(by: 4))
    #expect(!AdversarialExample.Aim.away(from: 3).isReached(by: 3))
    #expect(AdversarialExample.Aim.toward(3).isReached(by: 3))
    #expect(!AdversarialExample.Aim.toward(3).isReached(by: nil))
  }

  @Test func aClassThatIsNotThereIsNamed() throws {
    #expect(throws: TargetError.noClass(10, classes: 10)) {
      try AdversarialExample(network, pixels, aim: .toward(10), step: 1)
    }
  }
}
