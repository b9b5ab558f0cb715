import Files
import Foundation
import Testing

@testable import Downloads

/// The list of what can be fetched, and lists that are not one.
struct PublishedCatalogueTests {
  @Test func theBundledCatalogueIsComplete() throws {
    let catalogue = try PublishedCatalogue.bundled()
    let keras = catalogue.checkpoints.filter { $0.format == "Keras" }
    #expect(keras.count == 16)
    #expect(Set(keras.map(\.width)) == [0.25, 0.5, 0.75, 1])
    #expect(Set(keras.map(\.resolution)) == [128, 160, 192, 224])
    for entry in keras {
      // Keras writes 0.75 as 7_5 in the names of its files.
      let width =
        entry.width == 1 ? "1_0" : entry.width == 0.75 ? "7_5" : entry.width == 0.5 ? "5_0" : "2_5"
      #expect(entry.file.url.hasSuffix("/mobilenet_\(width)_\(entry.resolution)_tf.h5"))
    }
    for entry in catalogue.checkpoints {
      #expect(entry.file.name.hasSuffix(entry.classes == nil ? "-features" : "\(entry.resolution)"))
      #expect(entry.accuracy?.source.isEmpty != true)
      #expect(entry.file.url.hasPrefix("https://"))
    }
  }

  /// The three classifiers, the feature extractor and the labels, where they are.
  @Test(.enabled(if: zooFolder != nil, "MOBILENET_ZOO names no folder"))
  func knownChecksumsAreThoseOfTheFiles() throws {
    let folder = try #require(zooFolder)
    let catalogue = try PublishedCatalogue.bundled()
    let files = catalogue.checkpoints.map(\.file) + [try #require(catalogue.labels)]
    var checked = 0
    for file in files {
      let name = try #require(file.url.split(separator: "/").last)
      let path = "\(folder)/\(name)"
      guard let sum = file.sha256, FileManager.default.fileExists(atPath: path) else { continue }
      #expect(SHA256.digits(ofFile: path) == sum)
      let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
      #expect(size == file.bytes)
      checked += 1
    }
    #expect(checked == 5)
  }

  @Test(arguments: [
    ("[", "is not a catalogue: it is not JSON"),
    (#"{"checkpoints": [{"name": "a", "url": "https://b"}]}"#, "checkpoints.0 has no format"),
    (entry(name: "../a"), "../a is not a name"),
    (entry(url: "file:///etc/passwd"), "file:///etc/passwd is not an http address"),
    (entry(sum: "12"), "a SHA-256 has 64 hexadecimal digits"),
    (#"{"checkpoints": []"#, "it is not JSON"),
  ])
  func whatIsWrongWithACatalogueIsNamed(text: String, problem: String) throws {
    let path = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString).json"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    let error = #expect(throws: DownloadError.self) { try PublishedCatalogue(path: path) }
    #expect(error?.description.contains(problem) == true, "\(String(describing: error))")
  }

  private static func entry(
    name: String = "a", url: String = "https://b", sum: String? = nil
  ) -> String {
    let checksum = sum.map { #", "sha256": "\#($0)""# } ?? ""
    return #"{"checkpoints": [{"name": "\#(name)", "url": "\#(url)", "format": "x", "#
      + #""width": 1, "resolution": 224\#(checksum)}]}"#
  }
}

private let zooFolder = ProcessInfo.processInfo.environment["MOBILENET_ZOO"]
