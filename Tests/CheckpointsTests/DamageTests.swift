import Foundation
import MobileNet
import Testing

@testable import Checkpoints

/// Broken files get an error that says so: never a trap, never memory that a lie asked for.
@Suite(.serialized)
struct DamageTests {
  /// The formats that are one file.
  static let files = FixtureTests.all.filter { !$0.isFolder }

  @Test(arguments: files)
  func cutOffFilesAreRefused(fixture: Fixture) throws {
    let whole = try Data(contentsOf: URL(filePath: fixture.path))
    let lengths = Array(0..<64) + (1..<64).map { whole.count * $0 / 64 }
    for length in lengths {
      if case .success = read(whole.prefix(length)) {
        Issue.record("\(length) of \(whole.count) bytes were enough")
      }
    }
  }

  @Test(arguments: files)
  func changedFilesAreReadOrRefused(fixture: Fixture) throws {
    let whole = try Data(contentsOf: URL(filePath: fixture.path))
    var random = SplitMix64(state: 20_240_601)
    // Large files take long to read; the ones of a format are all of the same kind.
    for round in 0..<min(400, 400 * 60_000 / whole.count) {
      var data = whole
      // Where the structure is: near one end in most formats.
      let reach = round % 2 == 0 ? whole.count : min(whole.count, 4096)
      for _ in 0...Int.random(in: 0..<3, using: &random) {
        var place = Int.random(in: 0..<reach, using: &random)
        if round % 4 == 1 { place = whole.count - 1 - place }
        switch Int.random(in: 0..<3, using: &random) {
        case 0: data[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1: data[place] = UInt8.random(in: 0...255, using: &random)
        default:
          for byte in place..<min(place + 4, whole.count) { data[byte] = 0xFF }
        }
      }
      if case .failure(let error) = read(data) { #expect(!error.description.isEmpty) }
    }
    #expect(try peakMemory() < 1 << 30)
  }

  /// The most bytes that this process ever had in memory.
  private func peakMemory() throws -> Int {
    var usage = rusage()
    #if canImport(Darwin)
      #expect(getrusage(RUSAGE_SELF, &usage) == 0)
      return usage.ru_maxrss
    #else
      #expect(getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0)
      return usage.ru_maxrss * 1024
    #endif
  }

  private func read(_ data: Data) -> Result<ImportedCheckpoint, ImportError> {
    Result { () throws(ImportError) in
      try CheckpointReader.inspect(CheckpointFile(name: "damaged", data: data))
    }
  }
}

/// Vigna's generator: the same numbers on every machine.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
