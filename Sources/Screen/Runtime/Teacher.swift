import Explorer
import Files
import Foundation
import Images
import Learning
import Research

/// Writes the pictures of a person's own classes, and the network learned from them.
enum Teacher {
  /// Carries out `request`; returns news, or nil if there is none.
  static func perform(_ request: TeachingRequest, _ library: any Library) -> News? {
    do {
      switch request {
      case .record(let photo, let picture, let folder):
        let bytes = try PNGFile.bytes(of: photo.pixels)
        try WholeFile.write(Data(bytes), to: folder.path(of: picture))
        return .recorded(picture, problem: nil)
      case .keep(let collection, let folder):
        try folder.keep(collection)
        return nil
      case .export(let collection, let folder):
        let target = Saver.freePath("taught")
        try folder.export(collection, to: target)
        return .saved("\(collection.count) pictures copied to \(target)/")
      case .save(let learned):
        let path = Saver.freePath("taught", "safetensors")
        try library.write(learned.value, to: path)
        return .saved("saved \(path)")
      case .use(let learned, let folder):
        let path = folder.path + "/taught.safetensors"
        try library.write(learned.value, to: path)
        return .learned(path: path)
      }
    } catch {
      guard case .record(_, let picture, let folder) = request else { return .failed("\(error)") }
      return .recorded(
        picture, problem: "\(folder.path(of: picture)): can't be written: \(error.reason)")
    }
  }
}
