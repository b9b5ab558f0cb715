import Foundation
import MobileNet
import Testing

@testable import Checkpoints

/// The settings of a step that bear on its numbers are used, or the step is refused by name.
struct StatedStepTests {
  private func tensor(_ name: String, _ shape: [Int], _ numbers: [Float]) throws -> StoredTensor {
    try StoredTensor(
      name: name, shape: shape, bytes: Bytes(numbers.map(\.bitPattern), format: ""), type: .float32)
  }

  private func operation(_ chain: LayerChain) -> LayerDescription.Operation? {
    chain.layers.last?.operation
  }

  // MARK: every format

  @Test func whatComesBetweenPaddingAndItsConvolutionMayNotChangeZeros() throws {
    var chain = LayerChain(format: "a format")
    chain.pad(before: 0, after: 0)
    try chain.calculate(.add, [1], step: "sum")
    #expect(chain.layers.isEmpty && chain.input.offset == [1])
    chain.pad(before: 1, after: 1)
    try chain.calculate(.add, [1], step: "another sum")
    #expect(operation(chain) == .other("arithmetic between padding and its convolution"))
  }

  @Test func aPoolingOfAPaddedMapIsNoneOfTheWholeMap() throws {
    var chain = LayerChain(format: "a format")
    chain.pad(before: 1, after: 1)
    try chain.pool(nil, step: "pool")
    #expect(operation(chain) == .other("what reads a padded map, but no convolution"))
  }

  @Test(
    arguments: [
      ([1, 64, 64, 1], [1, 64, 64], true), ([0, 64, 64, 3], [-1, 64, 64, 3], true),
      ([1, 4096], [1, 64, 64, 1], true), ([1, 64, 64, 3], [1, 3, 64, 64], false),
      ([1, 64, 64, 3], [1, 32, 128, 3], false), ([1, 64, 64, 3], nil, false),
    ] as [([Int], [Int]?, Bool)])
  func aShapeMayNotMixRowsColumnsAndChannels(before: [Int], after: [Int]?, isFine: Bool) throws {
    var chain = LayerChain(format: "a format")
    try chain.reshape(from: before, to: after, step: "shape")
    #expect(chain.layers.isEmpty == isFine)
    if !isFine { #expect(operation(chain) == .other("another shape")) }
    var pooled = LayerChain(format: "a format")
    try pooled.pool(nil, step: "pool")
    try pooled.reshape(from: before, to: after, step: "shape")
    #expect(pooled.layers.count == 1)
  }

  @Test func aSoftmaxIsOneOfClasses() throws {
    var chain = LayerChain(format: "a format")
    try chain.softmax(along: 0, step: "images")
    #expect(chain.head == nil && operation(chain) == .other("a softmax along axis 0"))
    try chain.softmax(along: -1, step: "classes")
    #expect(chain.head == .softmax)
  }

  @Test func onlyPixelsStayTheSameAsIntegers() throws {
    var chain = LayerChain(format: "a format")
    try chain.truncate(step: "pixels")
    #expect(chain.layers.isEmpty)
    try chain.calculate(.divide, [255], step: "parts")
    try chain.truncate(step: "cut")
    #expect(operation(chain) == .other("a cast to integers"))
  }

  // MARK: TorchScript

  @Test func torchsSettingsAreRead() throws {
    let one = ScriptValue.number(1)
    let refused: [(String, [ScriptValue], [String: ScriptValue], String)] = [
      ("div", [.number(2)], ["rounding_mode": .text("floor")], "div with rounding_mode floor"),
      ("add", [.number(2)], ["alpha": .number(3)], "add with alpha 3.0"),
      ("dropout", [.number(0.5), .boolean(true)], [:], "dropout for training"),
      ("avg_pool2d", [.number(2)], ["divisor_override": .number(3)], "a divisor of its own"),
      ("constant_pad_nd", [.list([one, one, one, one]), .number(2)], [:], "padding with 2.0"),
      ("view", [.list([one, .number(-1)])], [:], "another shape"),
      ("softmax", [.number(0)], [:], "a softmax along axis 0"),
      (
        "batch_norm", [.none, .none, .none, .none, .boolean(true)], [:], "a batch norm for training"
      ),
    ]
    for (function, others, named, words) in refused {
      var chain = ScriptChain()
      _ = try chain.take(
        "torch.\(function)", ScriptArguments([.made(0)] + others, named: named), step: "x")
      guard case .other(let found)? = chain.chain.layers.last?.operation else {
        Issue.record("\(function) is taken")
        continue
      }
      #expect(found.contains(words))
    }
  }

  @Test func addmmsFactorsAreWeights() throws {
    var chain = ScriptChain()
    _ = try chain.take(
      "torch.addmm",
      ScriptArguments(
        [.tensor(tensor("b", [2], [1, 2])), .made(0), .tensor(tensor("w", [1, 2], [3, 4]))],
        named: ["beta": .number(0.5), "alpha": .number(2)]), step: "x")
    let layer = try #require(chain.chain.layers.last)
    #expect(try layer.biases?.floats() == [0.5, 1])
    #expect(try layer.filter?.floats() == [6, 8])
  }

  // MARK: TensorFlow

  private func node(_ text: String) throws -> TensorFlowNode {
    TensorFlowNode(try JSON(Data(text.utf8)))
  }

  /// Keras 2's grayscale_to_rgb computes its counts from the number of axes, Keras 3's repeat adds an
  /// axis and leaves it again.
  @Test(arguments: [
    """
    {"name": "rank", "op": "Rank", "input": ["x"]}
    {"name": "less", "op": "Sub", "input": ["rank", "one"]}
    {"name": "size", "op": "ExpandDims", "input": ["less", "zero"]}
    {"name": "ones", "op": "Fill", "input": ["size", "one"]}
    {"name": "counts", "op": "ConcatV2", "input": ["ones", "three", "zero"]}
    {"name": "tile", "op": "Tile", "input": ["x", "counts"]}
    """,
    """
    {"name": "spread", "op": "ExpandDims", "input": ["x", "axis"]}
    {"name": "counts", "op": "Pack", "input": ["one", "one", "one", "one", "three"]}
    {"name": "tile", "op": "Tile", "input": ["spread", "counts"]}
    {"name": "shape", "op": "Shape", "input": ["x"]}
    {"name": "back", "op": "Reshape", "input": ["tile", "shape"]}
    """,
  ])
  func aChannelIsRepeatedByComputedCounts(lines: String) throws {
    var nodes = [
      try node(
        #"{"name": "x", "op": "Placeholder", "attr": {"shape": {"shape": {"dim": [{"size": "-1"}, "#
          + #"{"size": "64"}, {"size": "64"}, {"size": "1"}]}}}}"#)
    ]
    let constants: [String: Float] = ["zero": 0, "one": 1, "three": 3, "axis": 4]
    for name in constants.keys { nodes.append(try node(#"{"name": "\#(name)", "op": "Const"}"#)) }
    for line in lines.split(separator: "\n") { nodes.append(try node(String(line))) }
    var graph = try TensorFlowChain(nodes) { name throws(ImportError) in
      try constants[name].map { number throws(ImportError) in
        try StoredTensor(
          name: name, shape: [], bytes: Bytes([number.bitPattern], format: ""), type: .float32)
      }
    }
    try graph.run()
    #expect(graph.chain.layers.isEmpty, "\(graph.chain.layers.map(\.operation))")
    #expect(graph.chain.input.repeatsBrightness)
  }

  @Test(arguments: [
    (#"{"name": "a", "op": "PadV2", "input": ["x", "amounts", "filling"]}"#, "padding with 2.0"),
    (
      #"{"name": "a", "op": "Mul", "input": ["x", "filling"]}"# + "\n"
        + #"{"name": "b", "op": "Cast", "input": ["a"], "attr": {"DstT": {"type": "DT_INT32"}}}"#,
      "a cast to integers"
    ),
    (#"{"name": "a", "op": "Mean", "input": ["x", "places"]}"#, "a mean over axes"),
    (
      #"{"name": "a", "op": "MatMul", "input": ["x", "filling"]}"# + "\n"
        + #"{"name": "b", "op": "MatMul", "input": ["x", "filling"]}"#,
      "read by 2 layers"
    ),
    (#"{"name": "a", "op": "Reshape", "input": ["x", "turned"]}"#, "another shape"),
  ])
  func tensorFlowsSettingsAreRead(lines: String, words: String) throws {
    var nodes = [
      try node(
        #"{"name": "x", "op": "Placeholder", "attr": {"shape": {"shape": {"dim": [{"size": "1"}, "#
          + #"{"size": "64"}, {"size": "64"}, {"size": "3"}]}}}}"#)
    ]
    let constants: [String: [Float]] = [
      "filling": [2], "amounts": [0, 0, 1, 1, 1, 1, 0, 0], "places": [2, 3],
      "turned": [1, 3, 64, 64],
    ]
    for name in constants.keys { nodes.append(try node(#"{"name": "\#(name)", "op": "Const"}"#)) }
    for line in lines.split(separator: "\n") { nodes.append(try node(String(line))) }
    var graph = try TensorFlowChain(nodes) { name throws(ImportError) in
      try constants[name].map { numbers throws(ImportError) in
        try StoredTensor(
          name: name, shape: [numbers.count], bytes: Bytes(numbers.map(\.bitPattern), format: ""),
          type: .float32)
      }
    }
    try graph.run()
    guard case .other(let found)? = graph.chain.layers.last?.operation else {
      Issue.record("it is taken")
      return
    }
    #expect(found.contains(words))
  }

  // MARK: ncnn

  @Test(arguments: [
    ("InnerProduct x 1 1 data x 0=1 2=1 9=6", "without an activation"),
    ("Pooling x 1 1 data x 0=1 7=1 8=2", "adaptive pooling to another size"),
    ("Padding x 1 1 data x 0=1 1=1 2=1 3=1 7=1", "another padding"),
    ("Flatten x 1 1 data x", "another shape"),
  ])
  func ncnnsSettingsAreRead(line: String, words: String) throws {
    let text = "7767517\n2 2\nInput data 0 1 data 0=64 1=64 2=3\n\(line)\n"
    var chain = NCNNChain(Bytes(Data(count: 64), format: "ncnn"))
    for layer in try NCNNLayer.all(in: Bytes(Data(text.utf8), format: "ncnn")) {
      try chain.append(layer)
    }
    let last = try #require(chain.chain.layers.last)
    if case .other(let found) = last.operation {
      #expect(found.contains(words))
    } else {
      #expect(last.nonlinearity == .other("activation 6"))
    }
  }

  @Test func ncnnsLimitsThatAreNotWrittenAreNone() throws {
    let text = """
      7767517
      3 3
      Input data 0 1 data 0=64 1=64 2=3
      InnerProduct x 1 1 data x 0=1 2=1
      Clip y 1 1 x y 1=6
      """
    var chain = NCNNChain(Bytes(Data(count: 64), format: "ncnn"))
    for layer in try NCNNLayer.all(in: Bytes(Data(text.utf8), format: "ncnn")) {
      try chain.append(layer)
    }
    guard case .other? = chain.chain.layers.last?.nonlinearity else {
      Issue.record("a clip without a lower limit is taken for a ReLU6")
      return
    }
  }
}
