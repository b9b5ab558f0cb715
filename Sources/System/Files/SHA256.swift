import CDigest
import Foundation

/// The hash function SHA-256 (FIPS 180-4), computed piece by piece.
///
/// Foundation has none outside Apple's systems, and the packages that have one bring a whole
/// library.
public struct SHA256 {
  private var state: [UInt32] = [
    0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A, 0x510E_527F, 0x9B05_688C, 0x1F83_D9AB,
    0x5BE0_CD19,
  ]
  /// The bytes of the last block, as long as it is not full.
  private var rest: [UInt8] = []
  private var count = 0
  /// The message schedule of a block.
  private var words = [UInt32](repeating: 0, count: 64)

  private let usesInstructions: Bool

  /// Starts a hash of no bytes.
  public init() { self.init(usesInstructions: CDHasSHA256()) }

  /// Starts a hash that is computed with the processor's SHA instructions, which are much faster,
  /// or without.
  init(usesInstructions: Bool) {
    self.usesInstructions = usesInstructions
    rest.reserveCapacity(64)
  }

  /// Returns the hash of `bytes` in hexadecimal digits.
  public static func digits(of bytes: some Sequence<UInt8>) -> String {
    var hash = SHA256()
    hash.update(Array(bytes))
    return hash.digits()
  }

  /// Returns the hash of the file at `path` in hexadecimal digits; nil if the file can't be read.
  public static func digits(ofFile path: String) -> String? {
    let descriptor = open(FileName.bytes(of: path), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    var hash = SHA256()
    do {
      while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty {
        hash.update([UInt8](piece))
      }
    } catch {
      return nil
    }
    return hash.digits()
  }

  /// Adds `bytes` to the hashed data.
  public mutating func update(_ bytes: [UInt8]) {
    count += bytes.count
    var start = 0
    if !rest.isEmpty {
      start = min(64 - rest.count, bytes.count)
      rest += bytes[..<start]
      if rest.count < 64 { return }
      compress(rest, at: 0, count: 1)
      rest.removeAll(keepingCapacity: true)
    }
    let blocks = (bytes.count - start) / 64
    compress(bytes, at: start, count: blocks)
    start += 64 * blocks
    rest += bytes[start...]
  }

  /// Returns the hash of all bytes so far in hexadecimal digits.
  public func digits() -> String {
    var last = self
    // A one bit, zeros up to the end of a block, and there the number of bits.
    let zeros = (119 - count % 64) % 64
    let length = (0..<8).map { UInt8(truncatingIfNeeded: (count * 8) >> (56 - 8 * $0)) }
    last.update([0x80] + [UInt8](repeating: 0, count: zeros) + length)
    let digits = Array("0123456789abcdef")
    return String(
      last.state.flatMap { word in
        stride(from: 28, through: 0, by: -4).map { digits[Int(word >> UInt32($0) & 15)] }
      })
  }

  /// Adds `count` blocks of 64 bytes, beginning at `start`.
  private mutating func compress(_ bytes: [UInt8], at start: Int, count: Int) {
    guard usesInstructions else {
      for block in 0..<count { compress(bytes, at: start + 64 * block) }
      return
    }
    bytes[start...].withUnsafeBufferPointer { blocks in
      CDAddBlocks(&state, blocks.baseAddress, count, Self.constants)
    }
  }

  private mutating func compress(_ block: [UInt8], at start: Int) {
    for index in 0..<16 {
      let offset = start + 4 * index
      words[index] =
        UInt32(block[offset]) << 24 | UInt32(block[offset + 1]) << 16
        | UInt32(block[offset + 2]) << 8 | UInt32(block[offset + 3])
    }
    for index in 16..<64 {
      let (early, late) = (words[index - 15], words[index - 2])
      let first = early.rotated(7) ^ early.rotated(18) ^ early >> 3
      let second = late.rotated(17) ^ late.rotated(19) ^ late >> 10
      words[index] = words[index - 16] &+ first &+ words[index - 7] &+ second
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for index in 0..<64 {
      let choice = e & f ^ ~e & g
      let majority = a & b ^ a & c ^ b & c
      let first = e.rotated(6) ^ e.rotated(11) ^ e.rotated(25)
      let second = a.rotated(2) ^ a.rotated(13) ^ a.rotated(22)
      let sum = h &+ first &+ choice &+ Self.constants[index] &+ words[index]
      (h, g, f, e) = (g, f, e, d &+ sum)
      (d, c, b, a) = (c, b, a, sum &+ second &+ majority)
    }
    for (index, value) in [a, b, c, d, e, f, g, h].enumerated() { state[index] &+= value }
  }

  /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
  private static let constants: [UInt32] = {
    let primes = (2...311).filter { number in
      !(2..<number).contains { number % $0 == 0 }
    }
    return primes.map { prime in
      // The integer cube root of prime · 2⁹⁶, whose lower 32 bits are the fraction.
      var root: UInt64 = 0
      for bit in stride(from: 34, through: 0, by: -1) {
        let candidate = root | 1 << UInt64(bit)
        let square = candidate.multipliedFullWidth(by: candidate)
        // candidate³ ≤ prime · 2⁹⁶, with candidate < 2³⁵ and so candidate² < 2⁷⁰.
        let low = square.low.multipliedFullWidth(by: candidate)
        let high = square.high * candidate + low.high
        if high < UInt64(prime) << 32 { root = candidate }
      }
      return UInt32(truncatingIfNeeded: root)
    }
  }()
}

extension UInt32 {
  /// Returns the value rotated right by `bits`.
  fileprivate func rotated(_ bits: UInt32) -> UInt32 { self >> bits | self << (32 - bits) }
}
