/// Compressed films, recognised by their first bytes, for error messages.
enum Film {
  /// Returns the kind of a film that begins with `start`, such as "an MPEG-4 film"; nil for
  /// anything else.
  static func kind(_ start: [UInt8]) -> String? {
    for (place, signature, kind) in signatures
    where start.dropFirst(place).starts(with: signature) {
      return kind
    }
    return nil
  }

  private static let signatures: [(Int, [UInt8], String)] = [
    (4, Array("ftypqt".utf8), "a QuickTime film"),
    (4, Array("ftyp".utf8), "an MPEG-4 film"),
    (4, Array("moov".utf8), "a QuickTime film"),
    (4, Array("mdat".utf8), "a QuickTime film"),
    (0, [0x1A, 0x45, 0xDF, 0xA3], "a Matroska or WebM film"),
    (8, Array("AVI ".utf8), "an AVI film"),
    (0, Array("FLV".utf8), "a Flash film"),
    (0, Array("OggS".utf8), "an Ogg film"),
    (0, [0, 0, 1, 0xBA], "an MPEG film"),
    (0, [0, 0, 1, 0xB3], "an MPEG film"),
    (0, [0x47, 0x40], "an MPEG transport stream"),
    (0, [0, 0, 0, 1], "an H.264 or H.265 stream"),
    (0, [0xFF, 0xD8, 0xFF], "Motion JPEG, or a single picture"),
    (0, Array("GIF8".utf8), "a GIF"),
  ]
}
