import Images
import Testing

/// Pictures that were cut off or changed, by accident or to do harm.
struct DamagedPictureTests {
  private static let victims = [
    "rgb8.png", "palette8-transparent-interlaced.png", "orientation6.png", "baseline.jpg",
    "progressive.jpg", "ycck.jpg", "orientation7.jpg",
  ]

  private func complaint(about bytes: [UInt8]) -> String? {
    do {
      _ = try DecodedImage(decoding: bytes, name: "it")
      return nil
    } catch {
      return error.description
    }
  }

  @Test(arguments: victims)
  func cutOffAnywhereItIsAnErrorOrComplete(name: String) throws {
    let bytes = try Fixtures.bytes(of: name)
    let whole = try Pixels(decoding: bytes, name: name)
    for count in 1..<bytes.count {
      do {
        let pixels = try Pixels(decoding: Array(bytes[..<count]), name: name)
        // What follows the last row may be missing: a checksum, the end marker.
        #expect(count >= bytes.count - 16 && pixels == whole, "\(count) bytes")
      } catch {
        guard case .truncated(name, _, count, _) = error else {
          Issue.record("\(count) bytes: \(error)")
          continue
        }
      }
    }
  }

  @Test func truncationIsPlaced() throws {
    let jpeg = try Fixtures.bytes(of: "baseline.jpg")
    #expect(
      complaint(about: Array(jpeg[..<1000]))
        == "it: the JPEG picture is cut off: the file ends after 1000 bytes, "
        + "when 14 of 29 rows are complete")
    #expect(
      complaint(about: Array(jpeg[..<100]))
        == "it: the JPEG picture is cut off: the file ends after 100 bytes, in its header")
    let progressive = try Fixtures.bytes(of: "progressive.jpg")
    #expect(
      complaint(about: Array(progressive[..<900]))
        == "it: the JPEG picture is cut off: the file ends after 900 bytes, "
        + "in scan 10 of the picture")
  }

  @Test(arguments: victims)
  func changedAtRandomItIsAnErrorOrAPicture(name: String) throws {
    let bytes = try Fixtures.bytes(of: name)
    var random = SplitMix64(state: UInt64(bytes.count))
    for _ in 0..<1500 {
      var changed = bytes
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        changed[Int.random(in: 0..<bytes.count, using: &random)] = .random(
          in: 0...255, using: &random)
      }
      // With wrong checksums little else of a PNG would be looked at.
      if name.hasSuffix(".png") { repairChecksums(of: &changed) }
      // Sizes that were changed are allowed to be large, but no larger than this.
      if let image = try? DecodedImage(decoding: changed, name: name, forSide: 4) {
        #expect(image.pixels.width * image.pixels.height <= ImageLimits.pixels)
      }
    }
  }

  @Test func tooManyPixelsAreRefusedByTheHeader() throws {
    var png = try Fixtures.bytes(of: "rgb8.png")
    // Width and height follow the signature, the chunk's length and its type; then a checksum.
    png.replaceSubrange(16..<24, with: [0, 1, 0x86, 0xA0, 0, 1, 0x86, 0xA0])
    repairChecksums(of: &png)
    #expect(
      complaint(about: png)
        == "it: the picture claims 100000×100000 pixels; the most are 100 megapixels and 65535 on a side"
    )
  }

  /// All of a JPEG in several scans has to be in memory, however small it is made: a progressive one,
  /// and one whose colours come one after another.
  @Test func tooManyPixelsInSeveralScansAreRefused() throws {
    var progressive = try Fixtures.bytes(of: "progressive.jpg")
    try claimSide(10_001, in: &progressive, marker: 0xC2)
    var baseline = try Fixtures.bytes(of: "baseline.jpg")
    try claimSide(10_001, in: &baseline, marker: 0xC0)
    let scan = try #require(
      baseline.indices.first { baseline[$0...].starts(with: [0xFF, 0xDA, 0, 12, 3]) })
    // The first scan holds one component: its length, their number, and one in place of three.
    baseline.replaceSubrange(scan + 2..<scan + 14, with: [0, 8, 1, 1, 0, 0, 63, 0])
    for jpeg in [progressive, baseline] {
      #expect(
        complaint(about: jpeg)
          == "it: the picture claims 10001×10001 pixels; the most are 100 megapixels and 65535 on a side"
      )
    }
  }

  /// Writes another width and height into the frame of a JPEG in colour.
  private func claimSide(_ side: UInt16, in jpeg: inout [UInt8], marker: UInt8) throws {
    let frame = try #require(
      jpeg.indices.first { jpeg[$0...].starts(with: [0xFF, marker, 0, 17]) })
    let bytes = [UInt8(side >> 8), UInt8(side & 0xFF)]
    // Length and precision come before height and width.
    jpeg.replaceSubrange(frame + 5..<frame + 9, with: bytes + bytes)
  }

  /// Memory is no reason to refuse a JPEG whose rows are made smaller one after another.
  @Test func aJPEGOfMoreThanAHundredMegapixelsIsMadeSmaller() throws {
    var jpeg = try Fixtures.bytes(of: "baseline.jpg")
    try claimSide(10_001, in: &jpeg, marker: 0xC0)
    let image = try DecodedImage(decoding: jpeg, name: "it")
    #expect(image.width == 10_001 && image.height == 10_001)
    #expect(image.pixels.width == 5001 && image.pixels.height == 5001)
  }

  /// A small file can ask for any number of walks over its picture.
  @Test func endlessScansAreRefused() throws {
    let bytes = try Fixtures.bytes(of: "gray-progressive.jpg")
    let lastScan = try #require(
      bytes.indices.last { bytes[$0...].starts(with: [0xFF, 0xDA]) })
    let scan = bytes[lastScan..<bytes.count - 2]
    let many = bytes.dropLast(2) + Array(repeatElement(scan, count: 200).joined())
    #expect(try #require(complaint(about: many + [0xFF, 0xD9])).hasSuffix("too many scans"))
  }

  @Test func harmlessDamageIsAWarning() throws {
    var bytes = try Fixtures.bytes(of: "baseline.jpg")
    let table = try #require(bytes.indices.first { bytes[$0...].starts(with: [0xFF, 0xC4]) })
    bytes.insert(contentsOf: [1, 2, 3], at: table)
    let image = try DecodedImage(decoding: bytes, name: "it")
    #expect(image.warnings.count == 1)
    #expect(image.warnings[0].contains("3 extraneous bytes"))
  }

  @Test func checksumsOfAPNGAreChecked() throws {
    var bytes = try Fixtures.bytes(of: "rgb8.png")
    bytes[bytes.count - 20] ^= 1
    #expect(
      try #require(complaint(about: bytes)).hasPrefix("it: the PNG picture is damaged at byte"))
  }

  private func repairChecksums(of png: inout [UInt8]) {
    var place = 8
    while place + 12 <= png.count {
      let length = png[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      let end = place + 8 + length
      guard end + 4 <= png.count else { return }
      png.replaceSubrange(end..<end + 4, with: crc32(png[place + 4..<end]))
      place = end + 4
    }
  }

  /// The checksum of a PNG's chunk, section D of its specification.
  private func crc32(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    var sum: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum >> 1 ^ (sum & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
    return withUnsafeBytes(of: (~sum).bigEndian) { Array($0) }
  }
}

/// Random numbers that are the same in each run.
private struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
