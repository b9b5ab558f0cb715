/// The rows and columns of a network's input: most are square.
public struct Resolution: Hashable, Sendable {
  /// The number of rows.
  public let height: Int
  /// The number of columns.
  public let width: Int

  /// An input of `height` rows and `width` columns.
  public init(height: Int, width: Int) {
    self.height = height
    self.width = width
  }

  /// A square input.
  public init(side: Int) { self.init(height: side, width: side) }

  /// The allowed sides of a network's input.
  ///
  /// The strides halve a side five times; odd sides are rounded up.
  public static let sides = 16...1024

  /// The allowed sides in words.
  public static let sidesAllowed = "a side from \(sides.lowerBound) to \(sides.upperBound)"

  /// The allowed resolutions in words.
  public static let allowed = "\(sidesAllowed), or rows and columns as 192x256"

  /// Whether both sides are within `sides`.
  public var isAllowed: Bool { Self.sides ~= height && Self.sides ~= width }

  /// Whether there are as many rows as columns.
  public var isSquare: Bool { height == width }

  /// The form used in files and options: `224` or `192x256`.
  public var code: String { isSquare ? "\(height)" : "\(height)x\(width)" }

  /// Rows and columns, for squares as well: `192×256`, `224×224`.
  public var rowsByColumns: String { "\(height)×\(width)" }

  /// Rows and columns in words: `224×224`, or `192 rows × 256 columns`, as pictures are usually
  /// measured columns first.
  public var spelled: String {
    isSquare ? rowsByColumns : "\(height) rows × \(width) columns"
  }

  /// The side of a square with the same number of pixels.
  public var meanSide: Double { (Double(height) * Double(width)).squareRoot() }

  /// Returns a resolution with both sides changed by `step`, clamped to `sides`.
  public func changed(by step: Int) -> Resolution {
    func within(_ side: Int) -> Int {
      min(max(side, Self.sides.lowerBound), Self.sides.upperBound)
    }
    return Resolution(height: within(height + step), width: within(width + step))
  }
}

extension Resolution: LosslessStringConvertible {
  /// Reads `224`, `192x256` and `192×256`, rows first.
  public init?(_ description: String) {
    let sides = description.split(omittingEmptySubsequences: false) { "x×X".contains($0) }
      .map { Int($0) }
    guard let height = sides[0], let width = sides[sides.count - 1], sides.count <= 2 else {
      return nil
    }
    self.init(height: height, width: width)
  }

  /// `224`, or rows and columns: `192×256`.
  public var description: String { isSquare ? "\(height)" : rowsByColumns }
}

extension Resolution: ExpressibleByIntegerLiteral {
  /// A square input.
  public init(integerLiteral side: Int) { self.init(side: side) }
}

extension Resolution: Comparable {
  /// Orders resolutions by the number of pixels, then by height.
  public static func < (left: Resolution, right: Resolution) -> Bool {
    (left.meanSide, left.height) < (right.meanSide, right.height)
  }
}

extension Resolution: Codable {
  /// Reads a number, or text as `192x256`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let side = try? container.decode(Int.self) {
      self.init(side: side)
    } else if let read = Resolution(try container.decode(String.self)) {
      self = read
    } else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "expected \(Self.allowed)")
    }
  }

  /// Writes a number for a square, and text as `192x256` otherwise.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if isSquare {
      try container.encode(height)
    } else {
      try container.encode(code)
    }
  }
}
