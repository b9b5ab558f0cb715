import Foundation
import Testing

@testable import Files

/// The examples that NIST publishes with the standard, and lengths around the end of a block.
struct SHA256Tests {
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func examplesOfTheStandard(text: String, digits: String) {
    #expect(SHA256.digits(of: text.utf8) == digits)
  }

  /// By coreutils: `head -c 55 /dev/zero | tr '\0' '#' | sha256sum`.
  @Test(arguments: [
    (
      55, "5e05eafe9747366b117d353deab020f077068db3df2ddfe9e95b23d7cd373027"
    ),
    (
      56, "3014fa5d519c61d18893db43e458478f294de1c4b845fbd47879a70453ed193b"
    ),
    (
      63, "ac6c737be71f8dfd6fed6c15527d1c6bd31ad2032e3af95775dcd9c190d7a8fc"
    ),
    (
      64, "ca73cfd25fa6d3e074fff97d8176328a4f83cf4b99aa96cf3778ddba81785f22"
    ),
    (
      119, "5c03fd580bc069e7c2498c532c9b52ecbb38b83c2da6cd415970a5167aa2e8d8"
    ),
    (
      120, "c5523ca1a466596c91f82ad462c5c3c8d1b5dc76b985a00b7d3e470eaa6b98dd"
    ),
  ])
  func lengthsAroundTheEndOfABlock(count: Int, digits: String) {
    #expect(SHA256.digits(of: Array(repeating: UInt8(ascii: "#"), count: count)) == digits)
  }

  @Test func aMillionLetters() {
    #expect(
      SHA256.digits(of: Array(repeating: UInt8(ascii: "a"), count: 1_000_000))
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func piecesMakeTheSameHashAsTheWhole() {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * $0) }
    for size in [1, 63, 64, 65, 200] {
      var hash = SHA256()
      for start in stride(from: 0, to: bytes.count, by: size) {
        hash.update(Array(bytes[start..<min(start + size, bytes.count)]))
      }
      #expect(hash.digits() == SHA256.digits(of: bytes))
    }
  }

  /// On a processor without instructions for it, and on any other.
  @Test func theProcessorsInstructionsMakeTheSame() {
    let bytes = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 * $0 >> 3) }
    var hash = SHA256(usesInstructions: false)
    hash.update(bytes)
    #expect(hash.digits() == SHA256.digits(of: bytes))
  }
}
