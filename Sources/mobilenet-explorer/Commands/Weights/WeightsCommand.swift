import ArgumentParser
import Catalogue

struct WeightsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "weights",
    abstract: "List, examine, convert, quantise, compare and fetch checkpoints.",
    discussion: """
      EXAMPLES
        mobilenet-explorer weights
        mobilenet-explorer weights info my_model.onnx
        mobilenet-explorer weights convert my_model.onnx -o my_model.safetensors
        mobilenet-explorer weights quantize my.onnx --calibrate photos -o q.tflite
        mobilenet-explorer weights verify a.tflite photo.jpg --against b.onnx
        mobilenet-explorer weights fetch keras-0.5-160
        mobilenet-explorer photo.jpg --weights keras-0.5-160
      """,
    subcommands: [
      WeightsListCommand.self, WeightsInfoCommand.self, WeightsConvertCommand.self,
      WeightsQuantizeCommand.self,
      WeightsVerifyCommand.self, WeightsFetchCommand.self,
    ],
    defaultSubcommand: WeightsListCommand.self)
}

extension CompletionKind {
  /// Completes the names of bundled and fetched checkpoints, and files.
  static var weights: CompletionKind {
    .custom { _, _, prefix in
      WeightsCatalogue.all.map(\.name).filter { $0.hasPrefix(prefix) }
    }
  }
}
