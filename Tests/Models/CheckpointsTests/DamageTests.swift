import Foundation
import MobileNet
import Testing

@testable import Checkpoints

/// Broken files get an error that says so: never a trap, never memory that a lie asked for.
@Suite(.serialized)
struct DamageTests {
  /// Each file of each format.
  static let files =
    FixtureTests.all.filter { !$0.isFolder }.map { Victim(fixture: $0) } + [
      Victim(fixture: Fixture("tensorflowjs-uint8"), part: "model.json"),
      Victim(fixture: Fixture("tensorflowjs-uint8"), part: "group1-shard1of1.bin"),
      Victim(fixture: Fixture("mlpackage"), part: "Manifest.json"),
      Victim(fixture: Fixture("mlpackage"), part: "Data/com.apple.CoreML/model.mlmodel"),
      Victim(fixture: Fixture("forge"), part: "conv6_sep_w.bin"),
      Victim(fixture: Fixture("timm"), part: "model.safetensors"),
      Victim(fixture: Fixture("mlprogram"), part: "Data/com.apple.CoreML/model.mlmodel"),
      Victim(fixture: Fixture("mlprogram"), part: "Data/com.apple.CoreML/weights/weight.bin"),
      Victim(fixture: Fixture("mlprogram-groups3"), part: "Data/com.apple.CoreML/model.mlmodel"),
      Victim(fixture: Fixture("mlprogram-blocks4"), part: "Data/com.apple.CoreML/model.mlmodel"),
      Victim(fixture: Fixture("mlprogram-pairs4"), part: "Data/com.apple.CoreML/model.mlmodel"),
      Victim(fixture: Fixture("mlprogram-integers"), part: "Data/com.apple.CoreML/model.mlmodel"),
      Victim(fixture: Fixture("savedmodel-functions"), part: "saved_model.pb"),
      Victim(fixture: Fixture("slim"), part: "model.ckpt.index"),
      Victim(fixture: Fixture("slim"), part: "model.ckpt.data-00000-of-00001"),
      Victim(fixture: Fixture("savedmodel"), part: "saved_model.pb"),
      Victim(fixture: Fixture("savedmodel"), part: "variables/variables.index"),
      Victim(fixture: Fixture("tensorflowjs-graph"), part: "model.json"),
      Victim(fixture: Fixture("ncnn-half"), part: "net.param"),
      Victim(fixture: Fixture("ncnn-half"), part: "net.bin"),
      Victim(fixture: Fixture("openvino"), part: "net.xml"),
      Victim(fixture: Fixture("openvino"), part: "net.bin"),
    ]

  @Test(arguments: files)
  func cutOffFilesAreRefused(victim: Victim) throws {
    let whole = try victim.whole()
    let lengths = Array(0..<64) + (1..<64).map { whole.count * $0 / 64 }
    for length in lengths {
      if case .success = try victim.read(whole.prefix(length)) {
        Issue.record("\(length) of \(whole.count) bytes were enough")
      }
    }
  }

  @Test(arguments: files)
  func changedFilesAreReadOrRefused(victim: Victim) throws {
    let whole = try victim.whole()
    var random = SplitMix64(state: 20_240_601)
    for round in 0..<victim.rounds(whole.count) {
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
      if case .failure(let error) = try victim.read(data) { #expect(!error.description.isEmpty) }
    }
    // A sanitizer keeps memory that was freed, to see who still uses it.
    if ProcessInfo.processInfo.environment["ASAN_OPTIONS"] == nil {
      #expect(try peakMemory() < 1 << 30)
    }
  }

  @Test(arguments: ["[0,-1]", "[-4,0]", "[8,4]", "[0,9223372036854775807]", "[0]"])
  func placesThatLieAreRefused(offsets: String) throws {
    let header = Data(
      "{\"conv1.weight\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":\(offsets)}}".utf8)
    let length = withUnsafeBytes(of: UInt64(header.count).littleEndian) { Data($0) }
    let file = Victim(fixture: Fixture("project.safetensors"))
    guard case .failure(let error) = try file.read(length + header + Data(count: 16)) else {
      Issue.record("\(offsets) was read")
      return
    }
    #expect(error.description.contains("conv1.weight"))
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
}

/// A file to be damaged, and what lies beside it.
struct Victim: CustomTestStringConvertible {
  let fixture: Fixture
  /// Which file it is, if the fixture is a folder.
  var part: String?

  var testDescription: String { "\(fixture.testDescription) \(part ?? "")" }

  /// The number of ways in which a file of so many bytes is damaged; large ones take long to read.
  func rounds(_ count: Int) -> Int { min(400, 400 * 60_000 / count) }

  /// The file as it should be.
  func whole() throws -> Data { try contents(of: part) }

  /// The result of reading these bytes in the file's place.
  func read(_ data: Data) throws -> Result<ImportedCheckpoint, ImportError> {
    var file = CheckpointFile(name: "damaged", data: data)
    if let part {
      var files: [String: Data] = [:]
      for name in try FileManager.default.subpathsOfDirectory(atPath: fixture.path) {
        files[name] = try? contents(of: name)
      }
      files[part] = data
      file = CheckpointFile(folder: "damaged", files: files)
    }
    return Result { () throws(ImportError) in try CheckpointReader.inspect(file) }
  }

  private func contents(of part: String?) throws -> Data {
    let url = URL(filePath: fixture.path)
    return try Data(contentsOf: part.map { url.appending(path: $0) } ?? url)
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
