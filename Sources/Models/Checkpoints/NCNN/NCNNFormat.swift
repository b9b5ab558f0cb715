import Foundation
import MobileNet

/// ncnn's two files: the layers as text in `.param`, their numbers one after another in `.bin`; or
/// a folder with one of each.
///
/// The text begins with a number that marks its version; the other file has no mark, so their
/// common name connects the two.
enum NCNNFormat: CheckpointFormat {
  static let name = "ncnn"

  static func recognizes(_ file: CheckpointFile) -> Bool {
    pair(file) != nil
  }

  static func describe(_ file: CheckpointFile) throws(ImportError) -> NetworkDescription {
    let own = file.bytes(format: name)
    guard let (stem, text) = pair(file) else {
      throw own.damaged("\(file.name).param is missing beside it")
    }
    let isNumbers = !file.isFolder && !NCNNLayer.begins(own)
    let numbers = isNumbers ? own : try file.neighbour("\(stem).bin", format: name)
    var chain = NCNNChain(numbers)
    for layer in try NCNNLayer.all(in: text) { try chain.append(layer) }
    var description = NetworkDescription(name: stem)
    description.take(chain.chain)
    description.inputSize = chain.inputSize.map {
      Sourced($0, .implied(by: "the shape of its input"))
    }
    return description
  }

  private static func pair(_ file: CheckpointFile) -> (stem: String, text: Bytes)? {
    file.pair(ending: ".param", format: name, begins: NCNNLayer.begins)
  }
}
