import Foundation
import MobileNet
import Testing

@testable import Checkpoints

/// The facts in OpenVINO's files beside the layers.
struct OpenVINOTests {
  /// The fixture, with another text in the place of one of its XML.
  private func file(replacing text: String = "", by other: String = "") throws -> CheckpointFile {
    let folder = URL(filePath: Fixture("openvino").path)
    var xml = try String(contentsOf: folder.appending(path: "net.xml"), encoding: .utf8)
    if !text.isEmpty {
      xml.replaceSubrange(try #require(xml.firstRange(of: text)), with: other)
    }
    return CheckpointFile(
      folder: "ir",
      files: [
        "net.xml": Data(xml.utf8),
        "net.bin": try Data(contentsOf: folder.appending(path: "net.bin")),
      ])
  }

  /// Each of the two files stands for both.
  @Test func theFilesAreFoundByTheirCommonName() throws {
    let path = Fixture("openvino").path
    let whole = try CheckpointReader.read(path: path)
    for name in ["net.xml", "net.bin"] {
      let found = try CheckpointReader.read(path: "\(path)/\(name)")
      #expect(found.digest() == whole.digest())
    }
    #expect(CheckpointReader.mayRead(path: "\(path)/net.xml"))
  }

  @Test func whatTheModelAPIWritesIsTaken() throws {
    let labels = (0..<11).map { "kind_\($0)" }.joined(separator: " ")
    let information = """
      <rt_info><model_info><labels value="\(labels)" /><mean_values value="127.5" />
      <scale_values value="127.5 127.5 127.5" /><resize_type value="fit_to_window" />
      </model_info>
      """
    let found = try CheckpointReader.inspect(
      file(replacing: "</layers>", by: "</layers>\(information)</rt_info>"))
    #expect(found.checkpoint.labels == (0..<11).map { "kind \($0)" })
    let scales: [Float] = found.checkpoint.preprocessing.scale
    #expect(scales == Array(repeating: Float(1) / 127.5, count: 3))
    #expect(found.checkpoint.preprocessing.fitting == .pad)
    #expect(found.sources.preprocessing == .metadata)
  }

  @Test func anInputOfBytesIsPixels() throws {
    let found = try CheckpointReader.inspect(
      file(replacing: "element_type=\"f32\"", by: "element_type=\"u8\""))
    #expect(found.checkpoint.preprocessing.scale == [1, 1, 1])
    #expect(found.sources.preprocessing == .implied(by: "its input of bytes"))
  }

  @Test(arguments: [
    ("version=\"11\"", "version=\"7\"", "version 7"),
    ("type=\"Clamp\"", "type=\"HSwish\"", "followed by HSwish"),
    ("<data axis=\"1\" />", "<data axis=\"0\" />", "a softmax along axis 0"),
    ("</layers>", "</layer>", "ends layer, which did not begin"),
    ("element_type=\"f16\"", "element_type=\"nf4\"", "nf4"),
  ])
  func whatIsNotReadIsNamed(text: String, other: String, word: String) throws {
    let changed = try file(replacing: text, by: other)
    let error = #expect(throws: ImportError.self) { try CheckpointReader.inspect(changed) }
    #expect(error?.description.contains(word) == true, "\(String(describing: error))")
  }

  @Test func bothFilesAreNamedAsRead() throws {
    let path = Fixture("openvino").path
    #expect(try CheckpointReader.outline(path: "\(path)/net.xml").parts == ["\(path)/net.bin"])
    #expect(try CheckpointReader.outline(path: "\(path)/net.bin").parts == ["\(path)/net.xml"])
  }

  @Test(arguments: [
    ("version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "net.bin is a Git LFS pointer"),
    ("\n<!DOCTYPE html>\n<html></html>", "net.bin is a web page"),
  ])
  func whatStandsInForItsNumbersIsNamed(text: String, words: String) throws {
    let xml = try Data(
      contentsOf: URL(filePath: Fixture("openvino").path).appending(path: "net.xml"))
    let file = CheckpointFile(folder: "ir", files: ["net.xml": xml, "net.bin": Data(text.utf8)])
    let error = #expect(throws: ImportError.self) { try CheckpointReader.inspect(file) }
    #expect(error?.description.contains(words) == true, "\(String(describing: error))")
  }

  /// A byte order mark stands before what some editors write.
  @Test func aByteOrderMarkIsNoPartOfIt() throws {
    let changed = try file(replacing: "<?xml", by: "\u{FEFF}<?xml")
    let plain = try Fixture("openvino").read()
    #expect(try CheckpointReader.inspect(changed).checkpoint.digest() == plain.digest())
  }

  @Test func markupIsReadAsProgramsWriteIt() throws {
    let text = """
      <?xml version='1.0'?><!-- <a> --><!DOCTYPE a>
      <a b = "1 &lt; 2 &amp;gt;" c='"'>words<d/><d e="f" ></d></a>
      """
    let root = try MarkupElement.root(of: Bytes(Data(text.utf8), format: "XML"))
    #expect(root.attributes == ["b": "1 < 2 &gt;", "c": "\""])
    #expect(root.children.map(\.name) == ["d", "d"])
    #expect(root.children[1].attributes == ["e": "f"])
    for broken in ["<a>", "<a></b>", "<a b></a>", "<a b=1></a>", "<!-- ", "", "<a b='"] {
      #expect(throws: ImportError.self) {
        try MarkupElement.root(of: Bytes(Data(broken.utf8), format: "XML"))
      }
    }
    let deep = String(repeating: "<a>", count: 100_000)
    #expect(throws: ImportError.self) {
      try MarkupElement.root(of: Bytes(Data(deep.utf8), format: "XML"))
    }
  }
}
