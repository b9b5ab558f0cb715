import Foundation
import MobileNet
import Reports
import Testing

@Suite struct BenchmarkReportTests {
  @Test(arguments: [true, false]) func theJSONHasTheKeysThatScriptsRead(isRecorded: Bool) throws {
    let checkpoint = try Checkpoint.synthetic(Architecture(width: 0.25))
    let network = try Network(checkpoint, resolution: 64, threads: 1)
    let benchmark = Benchmark(network, isRecorded: isRecorded, seconds: 0)
    let text = try BenchmarkReport([benchmark]).json.text()
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let minimum = try #require(object["minimumMilliseconds"] as? Double)
    let median = try #require(object["medianMilliseconds"] as? Double)
    #expect(0 < minimum && minimum <= median)
    #expect(object["threads"] as? Int == 1)
    #expect(object["width"] as? Double == 0.25)
    #expect(object["resolution"] as? Int == 64)
    #expect(object["recorded"] as? Bool == isRecorded)
    #expect(object["instructionSet"] as? String == network.instructionSet.rawValue)
    #expect(try #require(object["peakGFLOPS"] as? Double) > 0)
    let kinds = try #require(object["kinds"] as? [[String: Any]])
    #expect(kinds.count == 6)
    let sum = kinds.compactMap { $0["milliseconds"] as? Double }.reduce(0, +)
    #expect(0 < sum && sum <= minimum)
    #expect(kinds.compactMap { $0["multiplyAdds"] as? Int }.reduce(0, +) == benchmark.multiplyAdds)
  }

  @Test func everyShareIsOfThePeakThatIsPrinted() throws {
    let checkpoint = try Checkpoint.synthetic(Architecture(width: 0.25))
    // Two threads have another peak than one.
    let benchmarks = try [1, 2].map { threads in
      Benchmark(try Network(checkpoint, resolution: 64, threads: threads), seconds: 0)
    }
    let lines = BenchmarkReport(benchmarks).text.split(separator: "\n").map(String.init)
    let peak = try #require(benchmarks.map(\.peakGigaOperations).max())
    let printed = lines[0].split(separator: " ").dropLast().last.flatMap { Double($0) }
    #expect(abs(try #require(printed) - peak) <= 0.051)
    for (line, benchmark) in zip(lines.dropFirst(2), benchmarks) {
      let share = try #require(line.split(separator: " ").dropLast().last.flatMap { Double($0) })
      #expect(abs(share - 100 * benchmark.gigaOperations / peak) <= 0.51)
    }
  }
}
