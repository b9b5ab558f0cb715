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

  /// Deeper nesting can't be freed on a thread's stack: tuples, lists from the inside and from the
  /// outside (BINPUT and BINGET of the last one), dictionaries, objects.
  @Test(arguments: ["tuples", "lists", "lists from the outside", "dictionaries", "objects"])
  func aPickleOfTooManyLevelsIsRefused(kind: String) throws {
    func many(_ steps: String) -> String { String(repeating: steps, count: 50_000) }
    let steps =
      switch kind {
      case "tuples": "K\u{1}" + many("\u{85}")
      case "lists": many("]") + many("a")
      case "lists from the outside": "]q\u{0}" + many("h\u{0}]q\u{0}a0h\u{0}")
      case "dictionaries": many("}K\u{1}") + "N" + many("s")
      default: many("cargparse\nNamespace\n)\u{81}}K\u{1}") + "N" + many("sb")
      }
    let bytes = Data((steps + ".").unicodeScalars.map { UInt8($0.value) })
    var machine = PickleMachine(Bytes(bytes, format: "PyTorch"))
    let error = #expect(throws: ImportError.self) { try machine.run() }
    #expect(error?.description.contains("too many levels") == true, "\(String(describing: error))")
  }

  /// BINPUT and BINGET of a container that is put into itself.
  @Test(arguments: [
    "]q\u{0}h\u{0}a.", "}q\u{0}K\u{1}h\u{0}s.", "cargparse\nNamespace\n)\u{81}q\u{0}}Vx\nh\u{0}sb.",
  ])
  func aContainerMayLieInItself(steps: String) throws {
    let bytes = Data(steps.unicodeScalars.map { UInt8($0.value) })
    var machine = PickleMachine(Bytes(bytes, format: "PyTorch"))
    #expect(try machine.run().level == 2)
    let file = CheckpointFile(name: "self.pkl", data: Data([0x80, 2]) + bytes)
    #expect(throws: ImportError.self) { try CheckpointReader.inspect(file) }
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

  /// As trainings keep them, in a dictionary or in one that it holds.
  @Test(arguments: ["classes", "class_to_idx", "idx_to_class"], [false, true])
  func theClassesOfATrainingAreItsLabels(key: String, isInside: Bool) {
    let names = ["owl", "cat", "dog"]
    let classes = PickleDictionary()
    for (number, name) in names.enumerated() {
      key == "class_to_idx"
        ? classes.set(.text(name), .integer(number)) : classes.set(.integer(number), .text(name))
    }
    let list = PickleList()
    list.elements = names.map { .text($0) }
    let training = PickleDictionary()
    training.set(.text("epoch"), .integer(3))
    training.set(.text(key), key == "classes" ? .list(list) : .dictionary(classes))
    let whole = PickleDictionary()
    whole.set(.text("args"), .dictionary(training))
    #expect(PickledLabels.find(in: .dictionary(isInside ? whole : training)) == names)
    #expect(PickledLabels.find(in: .integer(3)) == nil)
  }

  /// A module of somebody's own, of which the activation is the only thing that is wrong.
  @Test func anActivationThatNoMobileNetHasIsNamed() throws {
    var bytes = try Data(contentsOf: URL(filePath: Fixture("module-old.pt").path))
    // GLOBAL module, name: another class.
    let place = try #require(bytes.range(of: Data("ctorch.nn.modules.activation\nReLU6\n".utf8)))
    bytes.replaceSubrange(place, with: Data("ctorch.nn.modules.activation\nGELU\n".utf8))
    let error = #expect(throws: ImportError.self) {
      try CheckpointReader.inspect(CheckpointFile(name: "module.pt", data: bytes))
    }
    #expect(error?.description.contains("followed by GELU") == true)
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
