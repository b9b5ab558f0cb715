import Kernels
import MobileNet
import Tensors
import Testing

@testable import Comparison

@Suite struct ComparedNetworkTests {
  // Iandola et al., table 1: output sides, parameters of each module and of all.
  @Test func squeezeNetIsThatOfItsTable() {
    let network = Graph.squeezeNet
    #expect(network.layers.parameters == 1_248_424)
    let table = [
      ("conv1", 111, 96, 14_208), ("maxpool1", 55, 96, 0), ("fire2", 55, 128, 11_920),
      ("fire3", 55, 128, 12_432), ("fire4", 55, 256, 45_344), ("maxpool4", 27, 256, 0),
      ("fire5", 27, 256, 49_440), ("fire6", 27, 384, 104_880), ("fire7", 27, 384, 111_024),
      ("fire8", 27, 512, 188_992), ("maxpool8", 13, 512, 0), ("fire9", 13, 512, 197_184),
      ("conv10", 13, 1000, 513_000), ("avgpool10", 1, 1000, 0),
    ]
    for (name, side, channels, count) in table {
      let layers = network.layers.filter {
        $0.name.split(separator: "/")[0] == name && $0.operation != .concatenation
      }
      let ends = layers.filter { !$0.name.hasSuffix("squeeze1x1") }
      #expect(layers.allSatisfy { $0.output.height == side }, "\(name)")
      #expect(ends.reduce(0) { $0 + $1.output.channels } == channels, "\(name)")
      #expect(layers.reduce(0) { $0 + $1.parameters } == count, "\(name)")
    }
  }

  // Simonyan and Zisserman, table 2: 138 million parameters. The sum of multiply-adds is counted by
  // hand from configuration D.
  @Test func vggIsThatOfItsTable() {
    let network = Graph.vgg16
    #expect(network.layers.parameters == 138_357_544)
    let convolutions: [(side: Int, input: Int, output: Int)] = [
      (224, 3, 64), (224, 64, 64), (112, 64, 128), (112, 128, 128), (56, 128, 256), (56, 256, 256),
      (56, 256, 256), (28, 256, 512), (28, 512, 512), (28, 512, 512), (14, 512, 512),
      (14, 512, 512), (14, 512, 512),
    ]
    let products = 25_088 * 4096 + 4096 * 4096 + 4096 * 1000
    let sum = convolutions.reduce(products) { $0 + 9 * $1.side * $1.side * $1.input * $1.output }
    #expect(network.layers.multiplyAdds == sum)
    // The paper's 15,300 M are the convolutions alone, within a third of a percent.
    #expect(abs(Double(sum - products) / 15_300e6 - 1) < 0.004)
  }

  // Szegedy et al. 2015, table 1: the output of each module, and what it says about its cost.
  @Test func googLeNetIsThatOfItsTable() {
    let network = Graph.googLeNet
    let table = [
      ("3a", 28, 256), ("3b", 28, 480), ("4a", 14, 512), ("4b", 14, 512), ("4c", 14, 512),
      ("4d", 14, 528), ("4e", 14, 832), ("5a", 7, 832), ("5b", 7, 1024),
    ]
    for (name, side, channels) in table {
      let ends = ["1x1", "3x3", "5x5", "pool_proj"].map { "inception_\(name)/\($0)" }
      let layers = network.layers.filter { ends.contains($0.name) }
      #expect(layers.count == 4)
      #expect(layers.allSatisfy { $0.output.height == side }, "\(name)")
      #expect(layers.reduce(0) { $0 + $1.output.channels } == channels, "\(name)")
      let joined = network.layers.first { $0.name == "inception_\(name)/output" }
      #expect(joined?.sources == layers.map(\.index) && joined?.output.channels == channels)
    }
    // With biases; 6.8 M in the table's column of weights, and "1.5 billion multiply-adds".
    #expect(network.layers.parameters == 6_998_552)
    #expect(abs(Double(network.layers.multiplyAdds) / 1_550e6 - 1) < 0.03)
  }

  // Howard et al., table 4; the paper leaves out the product at the end.
  @Test func mobileNetWithStandardConvolutionsIsThatOfThePaper() {
    let network = Graph.standardMobileNet
    #expect((network.layers.multiplyAdds - 1024 * 1000) / 1_000_000 == 4866)
    #expect((Double(network.layers.parameters) / 1e5).rounded() == 293)
  }

  @Test func whatIsPublishedIsNearWhatTheLayersAddUpTo() {
    for network in ComparedNetwork.all {
      guard let parameters = network.computedParameters, let adds = network.computedMultiplyAdds
      else { continue }
      #expect(abs(Double(parameters) / 1e6 / network.parameters.value - 1) < 0.035)
      let ratio = Double(adds) / 1e6 / network.multiplyAdds.value
      // The paper's figure for SqueezeNet is that of operations, two to a multiply-add.
      let expected = network.name.hasPrefix("SqueezeNet") ? 0.5 : 1
      #expect(abs(ratio / expected - 1) < 0.03, "\(network.name): \(ratio)")
    }
  }

  /// A small network with all kinds of layers, against its definition.
  @Test(arguments: InstructionSet.available)
  func aRunComputesWhatTheLayersSay(set: InstructionSet) {
    let network = Graph(side: 11) {
      $0.convolution("first", 5, side: 3, stride: 2)
      $0.branches(
        "both",
        { $0.convolution("one", 3, side: 1) },
        {
          $0.maxPooling("pool", side: 3, stride: 1, padding: 1)
          $0.convolution("three", 4, side: 3, padding: 1)
        })
      $0.averagePooling("mean")
      $0.fullyConnected("last", 2)
    }
    #expect(network.layers.map(\.output.height) == [5, 5, 5, 5, 5, 1, 1])
    let run = GraphRun(network, threads: 2, instructionSet: set)
    #expect(run.measure() > 0)

    let input = Checkpoint.syntheticValues(11 * 11 * 3, seed: 0, scale: 2).map { Double($0) }
    // Every channel of a layer is the same, because all of its weights and biases are.
    func window(
      _ values: [Double], side: Int, _ channels: Int, y: Int, x: Int, reach: Int
    ) -> Double {
      let weight = 1 / Double(reach * reach * channels)
      var sum = weight
      for row in y..<y + reach {
        for column in x..<x + reach where 0..<side ~= row && 0..<side ~= column {
          for channel in 0..<channels {
            sum += weight * values[(row * side + column) * channels + channel]
          }
        }
      }
      return max(sum, 0)
    }
    let places = (0..<25).map { ($0 / 5, $0 % 5) }
    let first = places.map { y, x in window(input, side: 11, 3, y: 2 * y, x: 2 * x, reach: 3) }
    let one = first.map { max($0 + 0.2, 0) }
    let pooled = places.map { y, x in
      places.indices.filter { abs(places[$0].0 - y) < 2 && abs(places[$0].1 - x) < 2 }
        .map { first[$0] }.max() ?? 0
    }
    let copies = pooled.flatMap { [Double](repeating: $0, count: 5) }
    let three = places.map { y, x in window(copies, side: 5, 5, y: y - 1, x: x - 1, reach: 3) }
    let mean = (3 * one.reduce(0, +) + 4 * three.reduce(0, +)) / 25
    let expected = (mean + 1) / 7
    let found = run.output.values.map { Double($0) }
    #expect(found.count == 2 && found.allSatisfy { abs($0 - expected) < 1e-4 }, "\(found)")
  }
}
