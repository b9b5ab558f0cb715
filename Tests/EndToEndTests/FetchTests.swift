import Foundation
import Synchronization
import Testing

/// Downloading from a server on this machine that misbehaves.
@Suite(.enabled(if: Program.hasCurl, "curl is not installed"), .serialized)
final class FetchTests {
  /// A checkpoint, and its SHA-256 by coreutils.
  private static let body =
    FileManager.default.contents(
      atPath: "Weights/Files/mobilenet-0.25.safetensors") ?? Data()
  private static let sum = "3105646e8685c292999c2321deae38a27076dec65ebcec789cd5f89e457bc532"

  private let folder = FileManager.default.temporaryDirectory.path + "/fetch-\(UUID().uuidString)"
  private let tag = ["ETag: \"one\""]

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private var environment: [String: String] {
    // A proxy that this machine may have knows nothing of this server.
    ["XDG_CACHE_HOME": folder, "no_proxy": "127.0.0.1"]
  }

  private func fetch(
    from server: LoopbackServer, sum: String? = FetchTests.sum, bytes: Int? = nil,
    _ options: String...
  ) throws -> Program.Outcome {
    try Program.run(
      try arguments(for: server, sum: sum, bytes: bytes) + options, environment: environment)
  }

  /// The command that fetches a file from `server`, of which a catalogue knows so much.
  private func arguments(
    for server: LoopbackServer, sum: String?, bytes: Int? = nil
  ) throws -> [String] {
    var entry: [String: Any] = [
      "name": "own-0.25", "format": "safetensors", "width": 0.25, "resolution": 96,
      "classes": 200, "url": server.address + "/some/weights.safetensors",
    ]
    entry["sha256"] = sum
    entry["bytes"] = bytes
    let catalogue = folder + "/catalogue.json"
    try JSONSerialization.data(withJSONObject: ["checkpoints": [entry]])
      .write(to: URL(fileURLWithPath: catalogue))
    return ["weights", "fetch", "own-0.25", "--catalogue", catalogue]
  }

  /// The complete files in the cache.
  private var kept: [String] {
    let path = folder + "/mobilenet-explorer/weights"
    return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  /// The rest of the file, as servers that can do so send it.
  @Sendable private static func rest(
    _ request: LoopbackServer.Request, headers: [String]
  ) -> LoopbackServer.Answer {
    guard request.start > 0 else { return .send(status: "200 OK", headers: headers, body: body) }
    return .send(
      status: "206 Partial Content", headers: headers + [range(request)],
      body: body.dropFirst(request.start))
  }

  @Sendable private static func range(_ request: LoopbackServer.Request) -> String {
    "Content-Range: bytes \(request.start)-\(body.count - 1)/\(body.count)"
  }

  private func serve(
    _ answer: @escaping @Sendable (LoopbackServer.Request, Int) -> LoopbackServer.Answer
  ) throws -> LoopbackServer { try LoopbackServer(answer) }

  @Test func whatWasFetchedHasItsNameEverywhere() throws {
    let server = try serve { request, _ in Self.rest(request, headers: []) }
    defer { server.close() }
    let outcome = try fetch(from: server, bytes: Self.body.count)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(kept == ["own-0.25.safetensors"])
    let again = try fetch(from: server)
    #expect(again.status == 0 && again.output.contains("is there already"))
    #expect(server.requests.count == 1)

    let image = "Samples/Images/circle.png"
    let own = try Program.run(
      ["classify", image, "--weights", "own-0.25"], environment: environment)
    let bundled = try Program.run(["classify", image, "--weights", "mobilenet-0.25"])
    #expect(own.status == 0 && own.output == bundled.output)
    let list = try Program.run(["weights"], environment: environment)
    #expect(list.output.contains("fetched") && list.output.contains("own-0.25"))
  }

  /// Where the server does not say how long the file is, it could send for ever.
  @Test func moreThanWasPublishedIsNotTaken() throws {
    let body = Data(count: 40_000_000)
    let server = try serve { _, _ in
      .slow(status: "200 OK", headers: ["Content-Length-Is: unknown"], body: body, piece: 200_000)
    }
    defer { server.close() }
    let start = ContinuousClock.now
    let outcome = try fetch(from: server, bytes: Self.body.count)
    #expect(outcome.status == 69)
    #expect(
      outcome.errors.contains("more came than the 536,128 bytes that may"),
      "\(outcome.errors)")
    // All of it would take ten seconds.
    #expect(ContinuousClock.now - start < .seconds(8))
    #expect(kept.isEmpty)
  }

  @Test func aBrokenConnectionIsTakenUpAgain() throws {
    let server = try serve { request, before in
      before == 0
        ? .cutOff(status: "200 OK", body: Self.body, after: 100_000)
        : Self.rest(request, headers: [])
    }
    defer { server.close() }
    #expect(try fetch(from: server).status == 0)
    #expect(server.requests.map(\.start) == [0, 100_000])
    #expect(kept == ["own-0.25.safetensors"])
  }

  @Test func theNextRunGoesOnWhereTheLastOneEnded() throws {
    let server = try serve { request, before in
      switch before {
      case 0: .cutOff(status: "200 OK", body: Self.body, after: 100_000)
      case 1:
        .cutOff(
          status: "206 Partial Content", headers: [Self.range(request)],
          body: Self.body.dropFirst(request.start), after: 0)
      default: Self.rest(request, headers: [])
      }
    }
    defer { server.close() }
    let first = try fetch(from: server)
    #expect(first.status == 69 && kept.isEmpty)
    #expect(try fetch(from: server).status == 0)
    #expect(server.requests.map(\.start) == [0, 100_000, 100_000])
  }

  @Test func aServerThatIgnoresRangesSendsAllAgain() throws {
    let server = try serve { _, before in
      before == 0
        ? .cutOff(status: "200 OK", body: Self.body, after: 100_000)
        : .send(status: "200 OK", body: Self.body)
    }
    defer { server.close() }
    #expect(try fetch(from: server).status == 0)
    #expect(server.requests.map(\.start) == [0, 100_000, 0])
  }

  @Test func redirectsAreFollowedButNotForEver() throws {
    let server = try serve { request, _ in
      request.path == "/there"
        ? Self.rest(request, headers: [])
        : .send(status: "302 Found", headers: ["Location: /there"], body: Data())
    }
    defer { server.close() }
    #expect(try fetch(from: server).status == 0)

    let loop = try serve { _, _ in
      .send(status: "302 Found", headers: ["Location: /some/weights.safetensors"], body: Data())
    }
    defer { loop.close() }
    let outcome = try fetch(from: loop, sum: String(repeating: "0", count: 64))
    #expect(outcome.status == 69 && outcome.errors.contains("redirected more than 10 times"))

    let file = try serve { _, _ in
      .send(status: "302 Found", headers: ["Location: file:///etc/hostname"], body: Data())
    }
    defer { file.close() }
    #expect(try fetch(from: file, sum: String(repeating: "0", count: 64)).status == 69)
  }

  @Test(arguments: [("404 Not Found", "404"), ("503 Service Unavailable", "503")])
  func anAnswerThatIsNoFileIsNamed(status: String, word: String) throws {
    let server = try serve { _, _ in .send(status: status, body: Data("sorry".utf8)) }
    defer { server.close() }
    let outcome = try fetch(from: server)
    #expect(outcome.status == 69 && outcome.errors.contains(word), "\(outcome.errors)")
    #expect(kept.isEmpty)
  }

  @Test func wrongBytesAreNotKept() throws {
    var wrong = Self.body
    wrong[200_000] ^= 1
    let server = try serve { [wrong] _, _ in .send(status: "200 OK", body: wrong) }
    defer { server.close() }
    let outcome = try fetch(from: server)
    #expect(outcome.status == 65 && outcome.errors.contains("expected \(Self.sum)"))
    #expect(kept.isEmpty)
  }

  @Test func anotherLengthIsNotKept() throws {
    let server = try serve { _, _ in .send(status: "200 OK", body: Self.body) }
    defer { server.close() }
    let tooLong = try fetch(from: server, sum: nil, bytes: 1000, "--yes")
    #expect(tooLong.status == 69 && tooLong.errors.contains("more came than the 1,000 bytes"))
    #expect(kept.isEmpty)
    let tooShort = try fetch(from: server, sum: nil, bytes: Self.body.count + 1, "--yes")
    #expect(tooShort.status == 65, "\(tooShort.errors)")
    #expect(tooShort.errors.contains("bytes came, expected"), "\(tooShort.errors)")
    #expect(kept.isEmpty)

    let boaster = try serve { _, _ in
      .stall(
        status: "200 OK", headers: ["Content-Length: 99999999999"], body: Self.body, after: 10)
    }
    defer { boaster.close() }
    #expect(try fetch(from: boaster, "--timeout", "20").status == 69)
  }

  @Test func twoProgramsThatFetchTheSameShareIt() throws {
    let server = try serve { _, _ in
      .slow(status: "200 OK", body: Self.body, piece: Self.body.count / 30)
    }
    defer { server.close() }
    let outcomes = Mutex<[Program.Outcome?]>([])
    let command = try arguments(for: server, sum: Self.sum)
    DispatchQueue.concurrentPerform(iterations: 2) { [environment] _ in
      let outcome = try? Program.run(command, environment: environment)
      outcomes.withLock { $0.append(outcome) }
    }
    let all = outcomes.withLock { $0.compactMap(\.self) }
    #expect(all.map(\.status) == [0, 0])
    #expect(all.count { $0.output.contains("own-0.25: fetched") } == 1)
    #expect(all.count { $0.errors.contains("waiting for it") } == 1)
    #expect(server.requests.count == 1)
    let path = folder + "/mobilenet-explorer/weights/own-0.25.safetensors"
    #expect(FileManager.default.contents(atPath: path) == Self.body)
    let partial = folder + "/mobilenet-explorer/partial"
    #expect(try FileManager.default.contentsOfDirectory(atPath: partial) == [])
  }

  /// The server answers one after another, so the second download begins when the first connection
  /// has ended: curl itself would wait for half a minute.
  @Test func curlEndsWithTheProgramThatStartedIt() throws {
    let server = try serve { request, before in
      before == 0
        ? .stall(status: "200 OK", body: Self.body, after: 1000)
        : Self.rest(request, headers: [])
    }
    defer { server.close() }
    let first = Process()
    first.executableURL = URL(fileURLWithPath: Program.path)
    first.arguments = try arguments(for: server, sum: Self.sum)
    first.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    first.standardError = FileHandle.nullDevice
    try first.run()
    let partial = folder + "/mobilenet-explorer/partial/own-0.25"
    let deadline = ContinuousClock.now + .seconds(20)
    while (FileManager.default.contents(atPath: partial) ?? Data()).isEmpty, .now < deadline {
      usleep(20_000)
    }
    kill(first.processIdentifier, SIGKILL)
    first.waitUntilExit()
    let start = ContinuousClock.now
    #expect(try fetch(from: server).status == 0)
    #expect(ContinuousClock.now - start < .seconds(20))
    // The second goes on where the first one was killed.
    #expect(server.requests.count == 2 && server.requests[1].start > 0)
    let path = folder + "/mobilenet-explorer/weights/own-0.25.safetensors"
    #expect(FileManager.default.contents(atPath: path) == Self.body)
  }

  @Test func aCacheThatLeadsNowhereIsNamed() throws {
    let server = try serve { _, _ in .send(status: "200 OK", body: Self.body) }
    defer { server.close() }
    try FileManager.default.createSymbolicLink(
      atPath: folder + "/mobilenet-explorer", withDestinationPath: "gone")
    let outcome = try fetch(from: server)
    #expect(outcome.status == 73, "\(outcome.errors)")
    #expect(
      outcome.errors.contains("it is a link to gone, which is not there"), "\(outcome.errors)")
  }

  @Test func silenceEndsTheWait() throws {
    let server = try serve { _, _ in .stall(status: "200 OK", body: Self.body, after: 0) }
    defer { server.close() }
    let outcome = try fetch(from: server, "--timeout", "1")
    #expect(outcome.status == 69 && outcome.errors.contains("nothing came for 1 s"))
  }

  @Test func aSlowServerIsWaitedFor() throws {
    let server = try serve { _, _ in
      .slow(status: "200 OK", body: Self.body, piece: Self.body.count / 30)
    }
    defer { server.close() }
    #expect(try fetch(from: server, "--timeout", "1").status == 0)
  }

  @Test func anUnknownChecksumIsAskedAboutAndRemembered() throws {
    let server = try serve { request, before in
      before == 0 ? Self.rest(request, headers: []) : .send(status: "200 OK", body: Data([1]))
    }
    defer { server.close() }
    let refused = try fetch(from: server, sum: nil)
    #expect(refused.status == 69 && refused.errors.contains("--yes"))
    #expect(server.requests.isEmpty)
    #expect(try fetch(from: server, sum: nil, "--yes").status == 0)

    try FileManager.default.removeItem(
      atPath: folder + "/mobilenet-explorer/weights/own-0.25.safetensors")
    let other = try fetch(from: server, sum: nil)
    #expect(other.status == 65)
    #expect(other.errors.contains("the first time it was \(Self.sum)"), "\(other.errors)")
    #expect(kept.isEmpty)
  }

  @Test func whatIsNoCheckpointIsNotKeptNorRemembered() throws {
    let page = Data("<html>Sorry, this file has moved.</html>".utf8)
    let server = try serve { request, before in
      before == 0 ? .send(status: "200 OK", body: page) : Self.rest(request, headers: [])
    }
    defer { server.close() }
    let outcome = try fetch(from: server, sum: nil, "--yes")
    #expect(outcome.status == 65 && outcome.errors.contains("nothing was kept"))
    #expect(outcome.errors.contains("/some/weights.safetensors: "), "\(outcome.errors)")
    #expect(kept.isEmpty)
    #expect(try fetch(from: server, sum: nil, "--yes").status == 0)
  }

  @Test func halvesOfTwoFilesAreNotPutTogether() throws {
    var newer = Self.body
    newer[newer.count - 1] ^= 1
    let server = try serve { [newer, tag] request, before in
      switch before {
      case 0: return .cutOff(status: "200 OK", headers: tag, body: Self.body, after: 100_000)
      default:
        // The file has changed since, so the range is not what was asked for.
        return .send(
          status: "200 OK", headers: ["ETag: \"two\""],
          body: request.ifRange == "\"one\"" || request.start == 0 ? newer : Data())
      }
    }
    defer { server.close() }
    #expect(try fetch(from: server, sum: nil, "--yes").status == 0)
    let path = folder + "/mobilenet-explorer/weights/own-0.25.safetensors"
    #expect(FileManager.default.contents(atPath: path) == newer)
  }

  @Test func nobodyListening() throws {
    let server = try serve { _, _ in .send(status: "200 OK", body: Data()) }
    server.close()
    _ = try? fetch(from: server)
    let outcome = try fetch(from: server)
    #expect(outcome.status == 69 && outcome.errors.contains("127.0.0.1"))
  }
}
