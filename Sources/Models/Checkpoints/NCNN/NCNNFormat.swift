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
    NCNNLayer.begins(file.bytes(format: name)) || parameters(beside: file) != nil
  }

  static func describe(_ file: CheckpointFile) throws(ImportError) -> NetworkDescription {
    let stem = file.isFolder ? parameters(beside: file)?.stem ?? "" : file.name
    let own = file.bytes(format: name)
    let text = NCNNLayer.begins(own) ? own : parameters(beside: file)?.text
    guard let text else { throw own.damaged("\(stem).param is missing beside it") }
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

  /// Returns the text of the layers beside a file of numbers, or in a folder, and the name of both
  /// files.
  private static func parameters(beside file: CheckpointFile) -> (stem: String, text: Bytes)? {
    let ending = ".param"
    let stem: String
    if file.isFolder {
      let names = file.neighbourNames.filter { $0.hasSuffix(ending) }
      guard names.count == 1 else { return nil }
      stem = String(names[0].dropLast(ending.count))
    } else {
      guard file.url.pathExtension.lowercased() == "bin" else { return nil }
      stem = file.name
    }
    guard file.hasNeighbour(stem + ending),
      let text = try? file.neighbour(stem + ending, format: name), NCNNLayer.begins(text)
    else { return nil }
    return (stem, text)
  }
}
