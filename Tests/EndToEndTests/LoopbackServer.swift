import Foundation

/// A web server on this machine that answers as a test wants, as badly as it wants.
final class LoopbackServer: @unchecked Sendable {
  /// A request to the server.
  struct Request: Sendable {
    let path: String
    /// The first byte that is wanted; 0 for all of it.
    let start: Int
    /// The validator that what is there had.
    let ifRange: String?
  }

  /// The action for a request.
  enum Answer: Sendable {
    /// A head and a body.
    case send(status: String, headers: [String] = [], body: Data)
    /// The same, but the connection breaks after so many bytes of the body.
    case cutOff(status: String, headers: [String] = [], body: Data, after: Int)
    /// The same, but after so many bytes nothing more comes.
    case stall(status: String, headers: [String] = [], body: Data, after: Int)
    /// The same, a piece every 50 milliseconds.
    case slow(status: String, headers: [String] = [], body: Data, piece: Int)
  }

  /// Where it listens, `http://127.0.0.1:40123`.
  let address: String

  private let socket: Int32
  private let answer: @Sendable (Request, Int) -> Answer
  private let lock = NSLock()
  private var asked: [Request] = []

  /// Listens on a free port; `answer` gets a request and how many there were before it.
  init(_ answer: @escaping @Sendable (Request, Int) -> Answer) throws {
    self.answer = answer
    #if canImport(Darwin)
      let socket = Darwin.socket(AF_INET, SOCK_STREAM, 0)
    #else
      let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #endif
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let port = try withUnsafeMutableBytes(of: &place) { bytes in
      guard let base = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self),
        bind(socket, base, length) == 0, listen(socket, 8) == 0,
        getsockname(socket, base, &length) == 0
      else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
      return UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 2, as: UInt16.self))
    }
    self.socket = socket
    address = "http://127.0.0.1:\(port)"
    Thread.detachNewThread { [self] in serve() }
  }

  /// Everything that was asked for, in order.
  var requests: [Request] { lock.withLock { asked } }

  /// Stops listening.
  func close() { shutdown(socket, Int32(SHUT_RDWR)) }

  private func serve() {
    while true {
      let client = accept(socket, nil, nil)
      guard client >= 0 else { break }
      #if canImport(Darwin)
        // There a flag of the socket, not of `send`, says that a broken connection is no signal.
        var isOn: Int32 = 1
        setsockopt(
          client, SOL_SOCKET, SO_NOSIGPIPE, &isOn, socklen_t(MemoryLayout<Int32>.size))
      #endif
      if let request = read(client) {
        let before = lock.withLock {
          asked.append(request)
          return asked.count - 1
        }
        reply(answer(request, before), to: client)
      }
      _ = Foundation.close(client)
    }
    _ = Foundation.close(socket)
  }

  private func read(_ client: Int32) -> Request? {
    var text = ""
    var buffer = [UInt8](repeating: 0, count: 4096)
    while !text.contains("\r\n\r\n") {
      let count = recv(client, &buffer, buffer.count, 0)
      guard count > 0 else { return nil }
      text += String(decoding: buffer[..<count], as: UTF8.self)
    }
    let lines = text.components(separatedBy: "\r\n")
    func value(_ name: String) -> String? {
      lines.first { $0.lowercased().hasPrefix(name + ":") }?
        .dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces)
    }
    let start = value("range")?.dropFirst("bytes=".count).split(separator: "-").first
    let words = lines[0].split(separator: " ")
    return Request(
      path: words.count > 1 ? String(words[1]) : "", start: start.flatMap { Int($0) } ?? 0,
      ifRange: value("if-range"))
  }

  private func reply(_ answer: Answer, to client: Int32) {
    switch answer {
    case .send(let status, let headers, let body):
      send(head(status, headers, body) + body, to: client)
    case .cutOff(let status, let headers, let body, let count):
      send(head(status, headers, body) + body.prefix(count), to: client)
    case .stall(let status, let headers, let body, let count):
      send(head(status, headers, body) + body.prefix(count), to: client)
      // Until the other side gives up.
      var byte: UInt8 = 0
      while recv(client, &byte, 1, 0) > 0 {}
    case .slow(let status, let headers, let body, let piece):
      send(head(status, headers, body), to: client)
      for start in stride(from: 0, to: body.count, by: piece) {
        guard send(body[start..<min(start + piece, body.count)], to: client) else { return }
        usleep(50_000)
      }
    }
  }

  private func head(_ status: String, _ headers: [String], _ body: Data) -> Data {
    let isSaid = headers.contains { $0.lowercased().hasPrefix("content-length") }
    let lines =
      ["HTTP/1.1 \(status)", "Connection: close"] + headers
      + (isSaid ? [] : ["Content-Length: \(body.count)"])
    return Data((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
  }

  /// Answers whether the other side took all of it.
  @discardableResult
  private func send(_ data: Data, to client: Int32) -> Bool {
    var rest = [UInt8](data)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { bytes in
        #if canImport(Darwin)
          Darwin.send(client, bytes.baseAddress, bytes.count, 0)
        #else
          Glibc.send(client, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
        #endif
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
