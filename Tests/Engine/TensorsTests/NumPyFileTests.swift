import Foundation
import Testing

@testable import Tensors

@Suite struct NumPyFileTests {
  /// numpy.save wrote the same bytes for numpy.arange(12, dtype="<f4").reshape(2, 3, 2).
  @Test func theBytesAreThoseOfNumPy() throws {
    let tensor = Tensor(
      shape: Shape(height: 2, width: 3, channels: 2), values: (0..<12).map(Float.init))
    let bytes = NumPyFile.bytes(of: tensor)
    let expected = try #require(
      Data(
        base64Encoded: """
          k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzog
          KDIsIDMsIDIpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg
          ICAgICAgIAoAAAAAAACAPwAAAEAAAEBAAACAQAAAoEAAAMBAAADgQAAAAEEAABBBAAAgQQAAMEE=
          """, options: .ignoreUnknownCharacters))
    #expect(Data(bytes) == expected)
  }
}
