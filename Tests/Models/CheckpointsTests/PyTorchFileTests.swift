import Foundation
import MobileNet
import Testing

@testable import Checkpoints

/// Files of torch.save: what is taken of them, and that nothing in them is run.
struct PyTorchFileTests {
  /// The fixture's pickle calls os.system("true").
  @Test func aPickleThatCallsAProgramIsRefusedByItsName() {
    #expect(
      throws: ImportError.unsupported(
        format: "PyTorch", feature: "a pickle that calls posix.system when it is opened")
    ) {
      try CheckpointReader.inspect(CheckpointFile(path: Fixture("wish.pth").path))
    }
  }

  @Test(arguments: ["builtins.eval", "subprocess.Popen", "torch.hub.load", "runpy._run_code"])
  func everyCallOfWhatIsNoDataIsRefused(function: String) throws {
    let parts = function.split(separator: ".")
    let module = parts.dropLast().joined(separator: ".")
    // GLOBAL module name, MARK, a text, TUPLE, REDUCE, STOP.
    let pickle = Data("c\(module)\n\(parts[parts.count - 1])\n(Vx\ntR.".utf8)
    var machine = PickleMachine(Bytes(pickle, format: "PyTorch"))
    #expect(
      throws: ImportError.unsupported(
        format: "PyTorch", feature: "a pickle that calls \(function) when it is opened")
    ) { try machine.run() }
  }

  @Test func aWholeModuleSaysItsActivationAndWhereStridesBegin() throws {
    let found = try CheckpointReader.inspect(path: Fixture("module.pt").path)
    #expect(found.checkpoint.architecture.activation == .relu6)
    #expect(found.sources.activation == .layers && found.sources.padding == .layers)
    #expect(found.checkpoint.architecture.isShallow)
  }

  @Test func aStateDictSaysNeither() throws {
    let found = try CheckpointReader.inspect(path: Fixture("state-dict.pth").path)
    #expect(found.sources.activation == .convention(of: "PyTorch"))
    #expect(found.sources.padding == .convention(of: "PyTorch"))
  }

  @Test func aChangedArrayIsFoundByItsChecksum() throws {
    var bytes = try Data(contentsOf: URL(filePath: Fixture("state-dict.pth").path))
    let found = try Fixture("state-dict.pth").read()
    let classifier = try #require(
      found.architecture.layers(resolution: 64).first { $0.name == "fc7" })
    // Storages are stored as they are: the classifier's first weights stand there once.
    let weights = try #require(found.weights(of: classifier)).weights.prefix(8)
    let pattern = Array(weights).withUnsafeBytes { Data($0) }
    let place = try #require(bytes.range(of: pattern))
    bytes[place.lowerBound] ^= 1
    let error = #expect(throws: ImportError.self) {
      try CheckpointReader.inspect(CheckpointFile(name: "state-dict.pth", data: bytes))
    }
    #expect("\(try #require(error))".contains("other bytes than its checksum says"))
  }
}
