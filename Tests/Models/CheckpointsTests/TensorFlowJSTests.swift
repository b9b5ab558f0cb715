import Foundation
import MobileNet
import Testing

@testable import Checkpoints

/// A `model.json` that is another network, or whose shards are not what it says.
struct TensorFlowJSTests {
  /// MobileNet v2's bottlenecks have no activation.
  @Test func aMissingActivationIsNoticed() throws {
    let linear = try error { json in
      var layers = json.layers
      let place = json.place(of: "conv_pw_2_relu")
      layers[place]["class_name"] = "Dropout"
      json.layers = layers
    }
    #expect(
      linear
        == .anotherNetwork(
          layer: "conv_pw_2",
          found: "a 1×1 convolution from 8 to 12 channels without an activation",
          expected: "ReLU or ReLU6 after it"))
  }

  @Test func aBranchIsNoticed() throws {
    let residual = try error { json in
      var layers = json.layers
      layers[json.place(of: "conv_pw_2")]["inbound_nodes"] = [[["conv1_relu", 0, 0, [:]]]]
      json.layers = layers
    }
    #expect(
      residual
        == .anotherNetwork(
          layer: "conv_pw_2", found: "a branch",
          expected: "a 1×1 convolution of 8 channels (pair 2)"))
  }

  @Test func anotherPaddingIsSaidInWords() throws {
    let padded = try error { json in
      var layers = json.layers
      let place = json.place(of: "conv_pad_2")
      var config = layers[place]["config"] as? [String: Any] ?? [:]
      config["padding"] = [[0, 2], [0, 2]]
      layers[place]["config"] = config
      json.layers = layers
    }
    #expect(
      padded
        == .anotherNetwork(
          layer: "conv_dw_2", found: "padded by 0 rows before and 2 after, stride 2",
          expected: "1 row before and 1 after, or TensorFlow's SAME"))
  }

  @Test func aMissingShardIsNamed() throws {
    let missing = try error(withShards: 2) { _ in }
    #expect(
      missing == .damaged(format: "TensorFlow.js", problem: "group1-shard3of3.bin is missing"))
  }

  @Test func shardsElsewhereAreRefused() throws {
    let elsewhere = try error { json in
      json.root["weightsManifest"] = [
        ["paths": ["../secret"], "weights": [Any]()] as [String: Any]
      ]
    }
    #expect(
      elsewhere
        == .damaged(
          format: "TensorFlow.js",
          problem: "a part of it lies in ../secret, not beside the file"))
  }

  @Test func aGraphWithoutAnInputIsRefused() throws {
    let graph = Data(#"{"format": "graph-model", "modelTopology": {"node": []}}"#.utf8)
    #expect(
      throws: ImportError.unsupported(
        format: "TensorFlow graph", feature: "a graph without a placeholder for its input")
    ) {
      try CheckpointReader.inspect(CheckpointFile(name: "model.json", data: graph))
    }
  }

  /// The fixture's model.json, to be changed.
  private struct Model {
    var root: [String: Any]

    var layers: [[String: Any]] {
      get {
        let topology = root["modelTopology"] as? [String: Any]
        let model = topology?["model_config"] as? [String: Any]
        let config = model?["config"] as? [String: Any]
        return config?["layers"] as? [[String: Any]] ?? []
      }
      set {
        root["modelTopology"] = [
          "model_config": [
            "class_name": "Functional", "config": ["name": "changed", "layers": newValue],
          ] as [String: Any]
        ]
      }
    }

    func place(of name: String) -> Int {
      layers.firstIndex { ($0["config"] as? [String: Any])?["name"] as? String == name } ?? -1
    }
  }

  /// The facts about the fixture after `change`.
  private func error(
    withShards count: Int = 3, _ change: (inout Model) -> Void
  ) throws -> ImportError? {
    let folder = URL(filePath: Fixture("tensorflowjs").path)
    let json = try Data(contentsOf: folder.appending(path: "model.json"))
    let root = try JSONSerialization.jsonObject(with: json) as? [String: Any]
    var model = Model(root: try #require(root))
    change(&model)
    var shards: [String: Data] = [:]
    for number in 1...count {
      let name = "group1-shard\(number)of3.bin"
      shards[name] = try Data(contentsOf: folder.appending(path: name))
    }
    let file = CheckpointFile(
      name: "model.json", data: try JSONSerialization.data(withJSONObject: model.root),
      neighbours: shards)
    do throws(ImportError) {
      _ = try CheckpointReader.inspect(file)
      return nil
    } catch {
      return error
    }
  }
}
