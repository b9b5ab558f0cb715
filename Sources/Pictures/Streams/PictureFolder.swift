import Files
import Foundation
import Images

/// A folder of PNG and JPEG pictures, in the order of the numbers in their names: `frame-9.png`
/// comes before `frame-10.png`.
final class PictureFolder: FrameStream {
  let name: String
  let rate: Double? = PPMStream.usualRate
  let isLive = false
  let waited = 0.0
  private let paths: [String]
  private var number = 0

  /// Lists the folder at `path`; nil if there is no folder.
  init?(path: String) throws(StreamError) {
    guard FileName.kind(at: path) == .folder else { return nil }
    name = path
    guard let names = try? FileName.names(in: path) else {
      throw .unreadable(source: path, reason: "the folder cannot be read")
    }
    paths =
      names
      .filter { PictureFiles.isPicture("\(path)/\($0)") }
      .sorted { $0.compare($1, options: .numeric) == .orderedAscending }
      .map { path + "/" + $0 }
    if paths.isEmpty {
      throw .unreadable(source: path, reason: "the folder holds no PNG or JPEG files")
    }
  }

  func next(into frame: inout RawFrame?) throws(StreamError) -> Bool {
    guard paths.indices.contains(number) else { return false }
    do {
      let pixels = try Pixels(contentsOf: paths[number])
      let format = FrameFormat(width: pixels.width, height: pixels.height, layout: .rgb)
      frame = RawFrame(number: number, format: format, bytes: pixels.bytes)
    } catch {
      throw .badPicture(reason: "\(error)")
    }
    number += 1
    return true
  }
}
