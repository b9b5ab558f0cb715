import Files
import Foundation
import MobileNet

/// A quantised checkpoint in the project's own format: activation ranges beside the file of its
/// floats.
enum RangesFormat: CheckpointFormat {
  static let name = RangesFile.marker

  /// The largest file that is read, in bytes.
  private static let mostBytes = 1 << 20

  static func recognizes(_ file: CheckpointFile) -> Bool {
    guard file.data.first == UInt8(ascii: "{"), file.data.count < mostBytes,
      let json = try? JSON(file.data)
    else { return false }
    return json["format"]?.text == RangesFile.marker
  }

  static func describe(_ file: CheckpointFile) throws(ImportError) -> NetworkDescription {
    let own = try read(file.data)
    let floats = try file.neighbour(own.floats, format: name).contents
    guard SHA256.digits(of: floats) == own.floatsSHA256 else {
      throw damaged("\(own.floats) is not the file that its ranges were found with")
    }
    let beside = CheckpointFile(name: own.floats, data: floats)
    guard ProjectFormat.recognizes(beside) else {
      throw damaged("\(own.floats) is not a \(ProjectFormat.name) file")
    }
    var description = try ProjectFormat.describe(beside)
    description.name = own.name
    description.inputSize = Sourced(
      own.resolution, .metadata)
    description.accuracy = own.accuracy ?? []
    description.provenance.removeAll { $0.name == Checkpoint.accuracyFact }
    description.provenance += [
      Checkpoint.Fact(name: "quantised", value: own.quantised),
      Checkpoint.Fact(name: "floats", value: "\(own.floats), beside this file"),
    ]
    if let source = own.accuracySource, !description.accuracy.isEmpty {
      description.provenance.append(Checkpoint.Fact(name: Checkpoint.accuracyFact, value: source))
    }
    description.integers = { (checkpoint: Checkpoint) throws(ImportError) in
      try own.integers(of: checkpoint)
    }
    return description
  }

  /// Reads and checks the file, except for the ranges, which are checked with the network.
  private static func read(_ data: Data) throws(ImportError) -> RangesFile {
    let own: RangesFile
    do {
      own = try JSONDecoder().decode(RangesFile.self, from: data)
    } catch {
      throw damaged(error.reason(reading: data))
    }
    guard own.version == RangesFile.version else {
      throw .unsupported(format: name, feature: "version \(own.version) of the format")
    }
    guard own.resolution.isAllowed else {
      throw damaged("resolution is \(own.resolution), expected \(Resolution.allowed)")
    }
    guard own.isSigned || !own.isPerChannel else {
      throw damaged("uint8 has one scale a layer, not one a channel")
    }
    guard (own.accuracy ?? []).allSatisfy({ 0...100 ~= $0.top1 && 0...100 ~= $0.top5 }) else {
      throw damaged("an accuracy is not between 0 and 100 percent")
    }
    return own
  }

  static func damaged(_ problem: String) -> ImportError {
    .damaged(format: name, problem: problem)
  }
}
