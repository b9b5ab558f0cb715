import Checkpoints
import Files
import Foundation
import Weights

/// The catalogue of checkpoints that can be fetched, from a JSON file.
public struct PublishedCatalogue: Decodable, Sendable {
  /// The file of ImageNet's labels, which most published checkpoints lack.
  public let labels: PublishedFile?
  /// The checkpoints, in the order of display.
  public let checkpoints: [PublishedCheckpoint]

  /// Returns the bundled catalogue.
  public static func bundled() throws(DownloadError) -> PublishedCatalogue {
    try PublishedCatalogue(path: BundledWeights.publishedPath)
  }

  /// Reads the file at `path`; throws an error that states what is wrong with it.
  public init(path: String) throws(DownloadError) {
    let data: Data
    do {
      data = try FileBytes.contents(of: path, limit: 16 << 20)
    } catch {
      throw .catalogue(path: path, problem: "cannot be read: \(error)")
    }
    do {
      self = try JSONDecoder().decode(PublishedCatalogue.self, from: data)
    } catch {
      throw .catalogue(path: path, problem: "is not a catalogue: \(error.reason)")
    }
    for file in checkpoints.map(\.file) + (labels.map { [$0] } ?? []) {
      if let problem = Self.problem(of: file) { throw .catalogue(path: path, problem: problem) }
    }
    let names = checkpoints.map(\.file.name)
    if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
      throw .catalogue(path: path, problem: "has two checkpoints called \(twice)")
    }
  }

  /// Returns the checkpoint called `name`.
  public func checkpoint(_ name: String) throws(DownloadError) -> PublishedCheckpoint {
    guard let found = checkpoints.first(where: { $0.file.name == name }) else {
      throw .unknownName(name)
    }
    return found
  }

  /// Returns the problem of an entry, whose name becomes a file name and whose checksum is compared
  /// as text; nil if there is none.
  private static func problem(of file: PublishedFile) -> String? {
    let letters = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")
    guard !file.name.isEmpty, file.name.first != ".", file.name.allSatisfy(letters.contains) else {
      return "\(file.name) is not a name; letters, digits, - _ . are"
    }
    guard file.url.hasPrefix("https://") || file.url.hasPrefix("http://") else {
      return "\(file.name): \(file.url) is not an http address"
    }
    let digits = Set("0123456789abcdef")
    if let sum = file.sha256, sum.count != 64 || !sum.allSatisfy(digits.contains) {
      return "\(file.name): a SHA-256 has 64 hexadecimal digits, in small letters"
    }
    return nil
  }
}
