import Cells
import Explorer
import Files
import Foundation
import Images
import Lessons
import Live
import Reports
import Tensors

/// Writes files of the screen's content to the working folder.
enum Saver {
  /// Writes a file of `kind`; an older file of the same name is kept.
  static func save(_ kind: SaveKind, of state: ExplorerState) -> News {
    if kind == .session, state.album.path == "-" {
      return .failed("A photo from a pipe cannot be opened again, so no session was saved.")
    }
    let path = freePath(name(of: state) + ending(of: kind, state), kind.suffix)
    do {
      try WholeFile.write(try contents(kind, of: state), to: path)
      return .saved("saved \(path)")
    } catch {
      return .failed("\(path): cannot be written: \(error.reason)")
    }
  }

  /// Writes the recorded frames of a stream: the channel that `state` shows, or in the last layers
  /// the predictions.
  static func record(_ frames: [RecordedFrame], of state: ExplorerState) -> News {
    let recording = Recording(frames)
    let isAnswer =
      state.selection.layer == state.layers.classifier || state.layer.givesProbabilities
    let checkpoint = state.model.checkpoint
    let name = name(of: state)
    do {
      if isAnswer {
        let path = freePath(name, "csv")
        let text = recording.predictions { checkpoint.label($0) }
        try WholeFile.write(Data(text.utf8), to: path)
        return .saved("recorded \(recording.extent): \(path)")
      }
      guard let stack = recording.channel else { return .failed("No frame of this channel yet.") }
      let path = freePath(name, "npy")
      try WholeFile.write(Data(NumPyFile.bytes(of: stack.tensor)), to: path)
      return .saved("recorded \(stack.extent): \(path)")
    } catch {
      return .failed("\(name): cannot be written: \(error.reason)")
    }
  }

  /// Returns the screen's cells as on a page, whatever the terminal can show.
  private static func screen(of state: ExplorerState) -> CellBuffer {
    var state = state
    let glyphs = state.view.capabilities.glyphs
    state.view.capabilities = Capabilities(colors: .trueColor, unicode: true, glyphs: glyphs)
    return render(state).cells
  }

  private static func contents(_ kind: SaveKind, of state: ExplorerState) throws -> Data {
    switch kind {
    case .text: return Data((screen(of: state).text + "\n").utf8)
    case .lesson: return Data((state.lessonText + "\n").utf8)
    case .page, .worksheet:
      let page = HandOut(
        title: "\(state.photo.name) · \(state.model.checkpoint.name)",
        photo: try PNGFile.bytes(of: state.photo.prepared.pixels), parts: state.lessonParts,
        tellsAnswers: kind == .page)
      return Data(page.html.utf8)
    case .ansi:
      return Data(
        (screen(of: state).ansi(.init(colors: .trueColor, unicode: true)) + "\n").utf8)
    case .svg: return Data(screen(of: state).svg.utf8)
    case .heatmap: return Data(try PNGFile.bytes(of: state.heatmapPixels ?? state.photo.pixels))
    case .activation:
      return Data(NumPyFile.bytes(of: state.output ?? state.photo.prepared.tensor))
    case .session:
      return Data((try JSONReport(SavedSession(state)).text() + "\n").utf8)
    }
  }

  /// Returns the base of a file's name: `cat-conv4_1_sep-17` for channel 17 of that layer.
  private static func name(of state: ExplorerState) -> String {
    let image = state.photo.name.split(separator: ".").first.map(String.init) ?? "image"
    // A photo from a pipe is called `standard input`, and spaces in names are a nuisance in a
    // shell.
    return "\(image.replacing(" ", with: "-"))-\(state.layer.name)-\(state.channel)"
  }

  /// The end of the name of a lesson's file: the topic, if there is a single one.
  private static func ending(of kind: SaveKind, _ state: ExplorerState) -> String {
    let topics = state.toldTopics
    let topic = topics.count == 1 ? topics[0].rawValue : "lessons"
    switch kind {
    case .lesson: return "-\(state.lessonTopic.rawValue)"
    case .page: return "-\(topic)"
    case .worksheet: return "-\(topic)-worksheet"
    case .text, .ansi, .svg, .heatmap, .activation, .session: return ""
    }
  }

  /// Returns a path in the working folder where nothing exists yet.
  static func freePath(_ name: String, _ suffix: String? = nil) -> String {
    func path(_ name: String) -> String { suffix.map { "\(name).\($0)" } ?? name }
    var number = 2
    var free = path(name)
    while FileName.kind(at: free) != nil {
      free = path("\(name)-\(number)")
      number += 1
    }
    return free
  }
}
