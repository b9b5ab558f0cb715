/// A supported picture format, recognised by the first bytes and never by the file's name.
public enum ImageFormat: String, Hashable, Sendable, CustomStringConvertible {
  /// Portable Network Graphics, w3.org/TR/png.
  case png = "PNG"
  /// JPEG, ITU-T T.81.
  case jpeg = "JPEG"

  /// The format's name.
  public var description: String { rawValue }

  /// The endings of pictures' names, in lower case.
  public static let endings: Set = ["png", "jpg", "jpeg"]

  /// Whether a file's name has the ending of a picture.
  public static func isNamed(_ name: String) -> Bool {
    name.split(separator: ".").count > 1
      && endings.contains(name.split(separator: ".").last.map { $0.lowercased() } ?? "")
  }

  /// Finds the format of a file that begins with `bytes`, even a few; nil for another format.
  public init?(of bytes: some Collection<UInt8>) {
    let start = bytes.prefix(8)
    guard !start.isEmpty else { return nil }
    let formats: [(ImageFormat, [UInt8])] = [
      (.png, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]), (.jpeg, [0xFF, 0xD8, 0xFF]),
    ]
    for (format, signature) in formats where signature.starts(with: start.prefix(signature.count)) {
      self = format
      return
    }
    return nil
  }

  /// Returns a phrase for the kind of a file that is no picture, with advice where there is any.
  static func appearance(of bytes: some Collection<UInt8>) -> String {
    let start = Array(bytes.prefix(4096))
    for (place, signature, name) in foreign
    where start.dropFirst(place).starts(with: signature.unicodeScalars.map { UInt8($0.value) }) {
      return name
    }
    if start.allSatisfy({ $0 == 0 }) { return "nothing but zeros" }
    if isText(start) { return "a text" }
    let shown = start.prefix(8).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
    return "data of another kind (it begins with \(shown.joined(separator: " ")))"
  }

  private static let convert = "; convert it to PNG or JPEG first"

  /// The offset of a signature, the signature, and a phrase for the format.
  private static let foreign: [(Int, String, String)] = [
    (1, "PNG", "a PNG that was changed in transfer (its first eight bytes are damaged)"),
    (0, "GIF8", "a GIF" + convert),
    (8, "WEBP", "a WebP picture" + convert),
    (4, "ftypavif", "an AVIF picture" + convert),
    (4, "ftypqt", "a QuickTime film"),
    (4, "ftypmp4", "an MPEG-4 film"),
    (4, "ftypisom", "an MPEG-4 film"),
    (4, "ftypM4V", "an MPEG-4 film"),
    (4, "ftyp", "a HEIC picture, as phones make them" + convert),
    (4, "JXL ", "a JPEG XL picture" + convert),
    (4, "jP  ", "a JPEG 2000 picture" + convert),
    (0, "II*\0", "a TIFF or a camera's raw file" + convert),
    (0, "MM\0*", "a TIFF or a camera's raw file" + convert),
    (0, "BM", "a BMP" + convert),
    (0, "8BPS", "a Photoshop file" + convert),
    (0, "P4\n", "a PBM picture" + convert),
    (0, "P5\n", "a PGM picture" + convert),
    (0, "P6\n", "a PPM picture" + convert),
    (0, "qoif", "a QOI picture" + convert),
    (0, "\0\0\u{1}\0", "an icon" + convert),
    (0, "%PDF", "a PDF" + convert),
    (0, "<svg", "an SVG drawing" + convert),
    (0, "<!DOCTYPE html", "a web page"),
    (0, "<html", "a web page"),
    (0, "PK\u{3}\u{4}", "a zip archive"),
    (0, "\u{1F}\u{8B}", "a gzip archive"),
    (0, "\u{7F}ELF", "a program"),
    (4, "TFL3", "a TFLite model"),
    (0, "{", "JSON, perhaps a saved session; those are opened at the start"),
  ]

  /// Whether the bytes are UTF-8 without control characters, except those for layout.
  private static func isText(_ bytes: [UInt8]) -> Bool {
    let layout: Set<UInt8> = [0x09, 0x0A, 0x0C, 0x0D, 0x1B]
    if bytes.contains(where: { $0 < 0x20 && !layout.contains($0) }) { return false }
    // The end may cut a character.
    return (0..<4).contains { String(validating: bytes.dropLast($0), as: UTF8.self) != nil }
  }
}
