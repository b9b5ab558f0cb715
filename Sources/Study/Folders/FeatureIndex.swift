import Files
import Foundation
import MobileNet

/// The rows of an array that `FeatureFile` wrote, with the image of each.
public struct FeatureIndex: Sendable {
  /// The images, one for each row.
  public let images: [String]
  /// The number of values in a row.
  public let width: Int
  /// The layer and network that made the rows; nil where the table does not name them.
  public let maker: Maker?
  private let path: String
  private let data: Data
  private let start: Int

  /// An image and its similarity to a given row.
  public struct Neighbour: Equatable, Sendable {
    /// The image.
    public let image: String
    /// The cosine of the angle between both rows: 1 for the same image.
    public let cosine: Double
  }

  /// Opens the .npy file at `path` and the CSV file of the same name, which lists the image of each
  /// row.
  public init(path: String) throws(FolderError) {
    self.path = path
    let table = (path as NSString).deletingPathExtension + ".csv"
    data = try Self.contents(of: path)
    guard data.count > 10, data.starts(with: [0x93] + Array("NUMPY".utf8) + [1, 0]) else {
      throw .damaged(path, problem: "is no .npy array of version 1")
    }
    start = 10 + Int(data[data.startIndex + 8]) + Int(data[data.startIndex + 9]) << 8
    let header = String(decoding: data.dropFirst(10).prefix(start - 10), as: UTF8.self)
    let shape = header.firstMatch(of: /'shape': \((\d+), (\d+)\)/)
    guard header.contains("'<f4'"), header.contains("'fortran_order': False"), let shape,
      let rows = Int(shape.1), let width = Int(shape.2), width > 0, width < 1 << 24,
      rows < 1 << 32, data.count - start == rows * width * 4
    else { throw .damaged(path, problem: "is no array of float32, images × channels") }
    self.width = width
    let lines = FileName.text(of: try Self.contents(of: table)).csvRows.dropFirst()
    images = lines.compactMap { $0.count == 2 || $0.count == 5 ? $0[1] : nil }
    maker = lines.first.flatMap { Maker(Array($0.dropFirst(2))) }
    guard images.count == rows, lines.count == rows else {
      throw .damaged(table, problem: "names \(lines.count) rows, \(path) has \(rows)")
    }
  }

  /// Throws if the table names another maker than `other`.
  public func require(_ other: Maker) throws(FolderError) {
    if let maker, maker != other {
      throw .damaged(path, problem: "has rows of \(maker), not of \(other)")
    }
  }

  /// Returns the `count` images whose rows are most similar to `row`, the nearest first.
  public func nearest(to row: [Float], count: Int) throws(FolderError) -> [Neighbour] {
    guard row.count == width else {
      throw .damaged(path, problem: "has rows of \(width) numbers, the network makes \(row.count)")
    }
    let own = row.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    let cosines = data.withUnsafeBytes { bytes in
      images.indices.map { index in
        var (product, square) = (0.0, 0.0)
        for column in 0..<width {
          let value = bytes.loadUnaligned(
            fromByteOffset: start + 4 * (index * width + column), as: Float.self)
          product += Double(value) * Double(row[column])
          square += Double(value) * Double(value)
        }
        return square > 0 && own > 0 ? product / (square.squareRoot() * own) : 0
      }
    }
    return images.indices.sorted { (-cosines[$0], $0) < (-cosines[$1], $1) }.prefix(count).map {
      Neighbour(image: images[$0], cosine: cosines[$0])
    }
  }

  /// The origin of the rows: a layer of a network, at a resolution.
  public struct Maker: Equatable, Sendable, CustomStringConvertible {
    /// The first digits of `Checkpoint.digest()`.
    private let network: String
    private let layer: String
    private let side: String

    /// Describes the layer called `layer` of the network with `digest`, at `resolution`.
    public init(digest: String, layer: String, resolution: Resolution) {
      network = String(digest.prefix(12))
      self.layer = layer
      side = resolution.code
    }

    /// Reads the columns after a row's image; nil unless there are three.
    init?(_ columns: [String]) {
      guard columns.count == 3 else { return nil }
      (network, layer, side) = (columns[0], columns[1], columns[2])
    }

    /// The names of the columns that describe the maker.
    public static let columns = ["network", "layer", "side"]
    /// The maker's values for `columns`.
    public var fields: [String] { [network, layer, side] }

    /// The layer, the network and the side, in words.
    public var description: String {
      "\(layer) of the network \(network) at \(side.replacing("x", with: "×"))"
    }
  }

  private static func contents(of path: String) throws(FolderError) -> Data {
    do throws(FileBytesError) {
      return try FileBytes.contents(of: path, limit: .max)
    } catch {
      throw .unread(path, error)
    }
  }
}

extension String {
  /// The fields of each line of the text, read as comma-separated values (RFC 4180).
  var csvRows: [[String]] {
    var rows: [[String]] = []
    var (row, field) = ([String](), "")
    var (isQuoted, wasQuote) = (false, false)
    for character in self {
      if isQuoted, character == "\"" {
        (isQuoted, wasQuote) = (false, true)
      } else if isQuoted {
        field.append(character)
      } else if character == "\"" {
        // Two quotes within quotes stand for one.
        if wasQuote { field.append(character) }
        (isQuoted, wasQuote) = (true, false)
      } else if character == "," {
        row.append(field)
        (field, wasQuote) = ("", false)
      } else if character.isNewline {
        rows.append(row + [field])
        (row, field, wasQuote) = ([], "", false)
      } else {
        field.append(character)
      }
    }
    return field.isEmpty && row.isEmpty ? rows : rows + [row + [field]]
  }
}
