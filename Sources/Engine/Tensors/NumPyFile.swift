/// Writes tensors in NumPy's .npy format, version 1.0.
///
/// numpy.org/doc/stable/reference/generated/numpy.lib.format.html
public enum NumPyFile {
  /// Returns a file that holds `tensor` as float32, height × width × channels.
  public static func bytes(of tensor: Tensor) -> [UInt8] {
    var bytes = header(tensor.shape, type: "<f4")
    bytes.reserveCapacity(bytes.count + 4 * tensor.shape.count)
    tensor.withUnsafeBufferPointer { bytes.append(contentsOf: UnsafeRawBufferPointer($0)) }
    return bytes
  }

  /// Returns a file that holds the integers of `tensor` as uint8 or int8.
  public static func bytes(of tensor: QuantizedTensor) -> [UInt8] {
    let type = tensor.quantization.isSigned ? "|i1" : "|u1"
    return header(tensor.shape, type: type)
      + tensor.numbers.map { UInt8(truncatingIfNeeded: $0) }
  }

  /// Returns a file that holds `tensor` as float16.
  public static func bytes(of tensor: HalfTensor) -> [UInt8] {
    header(tensor.shape, type: "<f2") + tensor.bits.withUnsafeBytes { Array($0) }
  }

  private static func header(_ shape: Shape, type: String) -> [UInt8] {
    header(shape: [shape.height, shape.width, shape.channels], type: type)
  }

  /// Returns the header of a file of numbers with this shape, padded to a multiple of 64 bytes, or
  /// to `length`, a multiple of 64 with room for it.
  public static func header(
    shape: [Int], length: Int? = nil, type: String = "<f4"
  ) -> [UInt8] {
    let extent = shape.map { "\($0), " }.joined()
    var header =
      "{'descr': '\(type)', 'fortran_order': False, "
      + "'shape': (\(shape.count == 1 ? extent : String(extent.dropLast(2)))), }"
    // Magic, version and length take 10 bytes; with them the header ends at a multiple of 64 bytes.
    let unpadded = 10 + header.utf8.count + 1
    let whole = length ?? (unpadded + 63) / 64 * 64
    precondition(whole >= unpadded)
    header += String(repeating: " ", count: whole - unpadded) + "\n"
    let count = header.utf8.count
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(count & 0xFF), UInt8(count >> 8)]
      + Array(header.utf8)
  }
}
