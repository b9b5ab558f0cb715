import Files
import Foundation

/// An image that comes with the program, and what to look for in it.
public struct BundledSample: Hashable, Sendable {
  /// What people call it, `zone-plate` for example.
  public let name: String
  /// A line on what to look for.
  public let lookFor: String
  /// Where its file is.
  public let path: String

  /// All of them, in the order of `samples.json`.
  public static let all: [BundledSample] = {
    struct Row: Decodable {
      let file: String
      let lookFor: String
    }
    let folder = resources.appendingPathComponent("Images")
    let list = folder.appendingPathComponent("samples.json")
    guard let data = try? Data(contentsOf: list),
      let rows = try? JSONDecoder().decode([Row].self, from: data)
    else { return [] }
    return rows.map { row in
      BundledSample(
        name: String(row.file.prefix { $0 != "." }), lookFor: row.lookFor,
        path: folder.appendingPathComponent(row.file).path)
    }
  }()

  /// The folder that all of it is in.
  public static var resources: URL { ResourceFolder.of("Samples", source: #filePath) }

  /// The one called `name`; nil when there is none.
  public static func named(_ name: String) -> BundledSample? { all.first { $0.name == name } }
}
