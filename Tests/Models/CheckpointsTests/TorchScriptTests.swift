import Foundation
import MobileNet
import Testing

@testable import Checkpoints

/// TorchScript's code for a picture is read, and nothing of it is run.
struct TorchScriptTests {
  /// (pixels / 255 − mean) / deviation, and a sigmoid at the end.
  @Test(arguments: ["frozen.pt", "frozen-norms.pt"])
  func whatTheCodeDoesBeforeAndAfterTheLayersIsTaken(name: String) throws {
    let found = try CheckpointReader.inspect(path: Fixture(name).path)
    let (own, usual) = (found.checkpoint.preprocessing, Preprocessing.torchvision)
    for channel in 0..<3 {
      #expect(abs(own.scale[channel] - usual.scale[channel]) < 1e-8)
      #expect(abs(own.offset[channel] - usual.offset[channel]) < 1e-6)
    }
    #expect(found.sources.preprocessing == .implied(by: "the arithmetic before its first layer"))
    #expect(found.checkpoint.architecture.head == .sigmoid && found.sources.head == .layers)
    #expect(found.sources.padding == .layers && found.sources.activation == .layers)
  }

  @Test func labelsAreFoundAmongItsExtraFiles() throws {
    #expect(try Fixture("frozen-norms.pt").read().labels == (0..<11).map { "kind \($0)" })
  }

  /// Questions about shapes and types decide nothing; a text may hold anything.
  @Test func codeIsReadAsPythonReadsIt() throws {
    let code = """
      def f(x: Tensor,
          p: float=-0.5, # a remark
          q: Optional[Tensor]=None) -> Tensor:
        _0 = "if (x:\\" # no end"
        a, b = [1, 2], (3., )
        if torch.lt(p, 1e-05):
          y = torch.relu(x)
        else:
          pass
        return (m.layer).forward(y, key=b, )
      class A(Module):
        def f(self) -> int:
          return 5
      """
    let functions = try ScriptCode(Bytes(Data(code.utf8), format: "PyTorch")).functions
    #expect(Set(functions.keys) == ["f", "A.f"])
    let function = try #require(functions["f"])
    #expect(function.parameters.map(\.name) == ["x", "p", "q"])
    guard case .number(-0.5)? = function.parameters[1].standard else {
      Issue.record("p has another standard")
      return
    }
    #expect(function.body.count == 4)
  }

  @Test(arguments: [
    ("def f(x: Tensor) -> Tensor:\n  return " + String(repeating: "(", count: 4000), "nested"),
    ("def f(x: Tensor) -> Tensor:\n  return 'x", "does not end"),
    ("def f(x: Tensor) -> Tensor:\n  return 1.2.3", "1.2.3"),
  ])
  func codeThatIsNoneIsRefused(code: String, word: String) {
    let error = #expect(throws: ImportError.self) {
      try ScriptCode(Bytes(Data(code.utf8), format: "PyTorch"))
    }
    #expect(error?.description.contains(word) == true)
  }

  /// Its weights are kept for oneDNN, and not in the file.
  @Test func whatOptimizeForInferenceLeavesOutIsSaid() {
    var chain = ScriptChain()
    let error = #expect(throws: ImportError.self) {
      try chain.take(
        "ops.prim.ConstantMKLDNNTensor", ScriptArguments([], named: [:]), step: "weight")
    }
    #expect(error?.description.contains("optimize_for_inference") == true)
  }

  @Test func whatNoMobileNetDoesIsNamed() throws {
    var chain = ScriptChain()
    _ = try chain.take("torch.silu", ScriptArguments([.made(0)], named: [:]), step: "x")
    #expect(chain.chain.layers.last?.operation == .other("silu"))
    // What the network made a step before is read again.
    _ = try chain.take("torch.relu", ScriptArguments([.made(0)], named: [:]), step: "y")
    #expect(chain.chain.layers.last?.operation == .other("a branch (relu)"))
  }
}
