import Checkpoints
import Images
import MobileNet
import Tensors
import Testing
import Weights

@testable import Lessons

/// The gradient that a lesson speaks of is borne out by a small change, or the lesson says that it is
/// not.
@Suite struct MeasurableGradientTests {
  private func network(_ name: String, side: Int) throws -> (Checkpoint, Network) {
    let weights = try #require(BundledWeights.named(name))
    let checkpoint = try CheckpointReader.read(path: weights.path)
    return (
      checkpoint, try Network(checkpoint, resolution: Resolution(side: side), threads: 1)
    )
  }

  /// The logit of `answer`, less the mean of all, by a loop of the test's own.
  private func number(_ trace: Trace, _ answer: Int) -> Double {
    let sums = trace.output(at: trace.layers.count - 2).values
    return Double(sums[answer]) - sums.reduce(0) { $0 + Double($1) } / Double(sums.count)
  }

  /// The change of the number for each unit of a value, measured by the test itself.
  private func slope(
    _ network: Network, _ trace: Trace, _ layer: Int, _ place: TellingValue, by change: Float
  ) -> Double {
    let output = trace.output(at: layer)
    let answer =
      trace.output(at: trace.layers.count - 1).values.enumerated()
      .max { $0.element < $1.element }?.offset ?? 0
    func moved(by change: Float) -> Double {
      var values = output.values
      values[
        (place.row * output.shape.width + place.column) * output.shape.channels + place.channel] +=
        change
      let changed = Tensor(shape: output.shape, values: values)
      return number(network.rerun(trace, from: layer, replacing: changed), answer)
    }
    return (moved(by: change) - moved(by: -change)) / (2 * Double(change))
  }

  /// Answers whether the point shows on `trace`.
  private func isShown(
    _ network: Network, _ checkpoint: Checkpoint, _ trace: Trace, layer: Int, channel: Int?
  ) throws -> Bool {
    let place = try TellingValue.measurable(
      network, trace, checkpoint: checkpoint, layer: layer, channel: channel)
    #expect(channel == nil || place.channel == channel)
    var subject = Subject(
      trace, checkpoint: checkpoint, position: layer, row: place.row, column: place.column,
      channel: place.channel)
    let found = try Backpropagation(
      network, trace, position: layer, row: place.row, column: place.column,
      channel: place.channel)
    subject.backpropagation = found
    let lesson = try #require(Topic.backpropagation.lesson(about: subject))
    let said = lesson.steps.map(\.text).joined(separator: " ")
    let slope = slope(network, trace, layer, place, by: found.change)
    let gradient = Double(found.gradient)
    let isBorneOut = abs(slope - gradient) <= 0.05 * abs(gradient)
    #expect(isBorneOut || !place.shows, "\(place): \(slope), \(gradient)")
    #expect(said.contains("One pass back finds") == (found.verdict == .confirmed))
    #expect(isBorneOut || found.verdict != .confirmed, "\(place): \(slope), \(gradient)")
    #expect(
      found.verdict == .confirmed || said.contains("right only for smaller steps")
        || said.contains("rounding to 32 bits"), "\(said)")
    if place.shows {
      // It is a value that both steps leave above 0.
      let value = trace.output(at: layer)[place.row, place.column, place.channel]
      #expect(value > found.change)
    }
    return place.shows
  }

  @Test(arguments: [1, 4, 12, 25])
  func onNearlyEveryPhotoItIsBorneOut(layer: Int) throws {
    let (checkpoint, network) = try network("mobilenet-0.25", side: 96)
    let photos = try ManyPhotos.inputs(of: checkpoint, side: 96)
    #expect(photos.count >= 100)
    var shown = 0
    for (number, photo) in photos.enumerated() {
      let trace = network.run(photo)
      if try isShown(network, checkpoint, trace, layer: layer, channel: nil) { shown += 1 }
      // In a channel that somebody chose there may be nothing to measure.
      let channel = number % trace.layers[layer].output.channels
      _ = try isShown(network, checkpoint, trace, layer: layer, channel: channel)
    }
    #expect(shown >= photos.count * 95 / 100, "\(shown) of \(photos.count)")
  }

  /// The network and the layer that the program begins with.
  @Test(.enabled(if: !ManyPhotos.own.isEmpty, "MOBILENET_PHOTOS names no photos"))
  func onPhotosOfTheUsualSideToo() throws {
    let (checkpoint, network) = try network("mobilenet-1.0", side: 224)
    for path in ManyPhotos.own {
      let pixels = try DecodedImage(contentsOf: path).resized(width: 224, height: 224)
      let trace = network.run(checkpoint.preprocessing.tensor(of: pixels))
      #expect(
        try isShown(network, checkpoint, trace, layer: 1, channel: nil), "\(path)")
    }
  }
}
