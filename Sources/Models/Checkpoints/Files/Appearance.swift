import Foundation

/// Phrases for files that are no checkpoint in a supported format, with advice.
enum Appearance {
  /// Returns a phrase for `file`: "a Git LFS pointer, not the file itself; git lfs pull fetches
  /// it".
  static func of(_ file: CheckpointFile) -> String {
    if file.isFolder { return folder(file) }
    guard !file.data.isEmpty else { return "an empty file" }
    if let standIn = standIn(file.data) { return standIn }
    for (place, signature, words) in signatures
    where file.data.dropFirst(place).starts(with: signature.unicodeScalars.map { UInt8($0.value) })
    {
      return words
    }
    if file.data.first == 0x80, let protocolNumber = file.data.dropFirst().first,
      2...5 ~= protocolNumber
    {
      return "a Python pickle that torch.save did not write; save its arrays with torch.save"
    }
    let bytes = file.bytes(format: "ZIP")
    if ZipArchive.recognizes(bytes) { return archive(bytes) }
    let start = file.data.prefix(4096)
    if start.allSatisfy({ $0 == 0 }) { return "nothing but zeros" }
    guard !start.contains(0), let text = decoded(start) else {
      let shown = start.prefix(8).map {
        ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true)
      }
      return "data of another kind (it begins with \(shown.joined(separator: " ")))"
    }
    return self.text(text)
  }

  /// The phrase for what was saved in the place of a file; nil for anything else.
  static func standIn(_ data: Data) -> String? {
    let start = data.prefix(512).drop { [9, 10, 13, 32].contains($0) }
    if start.starts(with: "version https://git-lfs".utf8) {
      return "a Git LFS pointer, not the file itself; git lfs pull fetches it"
    }
    let tag = String(decoding: start.prefix(14), as: UTF8.self).lowercased()
    guard tag == "<!doctype html" || tag.hasPrefix("<html") else { return nil }
    return "a web page, not the file that it links to; use the download link"
  }

  /// Decodes a text whose last character may be cut.
  private static func decoded(_ start: Data) -> String? {
    (0..<4).lazy.compactMap { String(data: start.dropLast($0), encoding: .utf8) }.first
  }

  private static func folder(_ file: CheckpointFile) -> String {
    let names = file.neighbourNames
    guard !names.isEmpty else { return "an empty folder" }
    if names.contains("keras_metadata.pb") || names.contains("saved_model.pb") {
      return "a TensorFlow SavedModel without its variables"
    }
    if names.contains("coremldata.bin") { return "a Core ML model" + compiled }
    let parts = file.checkpointNames
    if parts.count > 1 {
      let some = parts.prefix(3).joined(separator: ", ") + (parts.count > 3 ? " …" : "")
      return "a folder with several checkpoints (\(some)); name the one that is meant"
    }
    return "a folder without a checkpoint that is known; name the file in it"
  }

  private static func archive(_ bytes: Bytes) -> String {
    guard let names = try? ZipArchive(bytes).names else { return "a damaged zip archive" }
    if names.contains(where: { $0.hasSuffix("constants.pkl") || $0.contains("/code/") }) {
      return "TorchScript of another network than is known"
    }
    if names.contains(where: { $0.hasSuffix("archive_format") || $0.contains("/data/weights/") }) {
      return "a program of torch.export (.pt2); save the network's state_dict() with torch.save"
    }
    if names.contains(where: { $0.hasSuffix(".npy") }) {
      return "arrays of NumPy (.npz), of which nobody knows which layers they are"
    }
    if names.contains(where: { $0.hasSuffix("config.json") || $0.hasSuffix("model.json") }) {
      return "a zip archive with a model in it; unpack it and name the folder"
    }
    return "a zip archive; unpack it and name the file in it"
  }

  private static func text(_ text: String) -> String {
    let start = text.drop { $0.isWhitespace }
    let lowercase = start.prefix(512).lowercased()
    if start.hasPrefix("[net]") {
      return "a Darknet network's description without weights; convert both to ONNX"
    }
    if text.contains("unsigned char"), text.contains("0x") {
      return "a model as an array in C; open the .tflite that it was made of"
    }
    if start.hasPrefix("{") || start.hasPrefix("[") {
      return "JSON that describes no network that is known"
    }
    if text.contains("layer {") || text.contains("layers {") || text.contains("input_dim:") {
      return "a Caffe network's description without weights; open the .caffemodel beside it"
    }
    if text.contains("node {") {
      return
        "a TensorFlow graph as text (.pbtxt), without weights; open the checkpoint or frozen .pb"
    }
    if lowercase.hasPrefix("<?xml") || lowercase.hasPrefix("<net") {
      return "XML that describes no network"
    }
    if lowercase.contains("model_checkpoint_path") {
      return "TensorFlow's list of checkpoints; open the .index file that it names"
    }
    return "a text"
  }

  static let picture = "a picture"
  private static let unpack = "; unpack it first"
  private static let compiled = ", compiled for one kind of chip; open what it was compiled from"

  /// The offset of a signature, the signature, and the phrase for such files.
  private static let signatures: [(Int, String, String)] = [
    (0, "GGUF", "a GGUF file, of a language model"),
    (0, "RKNN", "an RKNN model" + compiled),
    (0, "ftrt", "a TensorRT engine" + compiled),
    (0, "ptrt", "a TensorRT engine" + compiled),
    (0, "\u{12}\u{1}\0\0\0\0\0\0", "weights of MXNet; convert them to ONNX"),
    (0, "\0\0\0\0\u{2}\0\0\0", "weights of Darknet; convert them to ONNX"),
    (0, "\u{1F}\u{8B}", "a gzip archive" + unpack),
    (0, "BZh", "a bzip2 archive" + unpack),
    (1, "7zXZ", "an xz archive" + unpack),
    (0, "7z", "a 7z archive" + unpack),
    (0, "Rar!", "a RAR archive" + unpack),
    (257, "ustar", "a tar archive" + unpack),
    (0, "\u{7F}ELF", "a program"),
    (0, "%PDF", "a PDF"),
    (0, "\u{93}NUMPY", "an array of NumPy, of which nobody knows which layer it is"),
    (1, "PNG", picture), (0, "GIF8", picture), (8, "WEBP", picture), (6, "JFIF", picture),
    (6, "Exif", picture),
  ]
}
