/// Tensors as NumPy reads them: the .npy format, version 1.0.
///
/// numpy.org/doc/stable/reference/generated/numpy.lib.format.html
public enum NumPyFile {
  /// The bytes of a file that holds `tensor` as float32, height × width × channels.
  public static func bytes(of tensor: Tensor) -> [UInt8] {
    let shape = tensor.shape
    var header =
      "{'descr': '<f4', 'fortran_order': False, "
      + "'shape': (\(shape.height), \(shape.width), \(shape.channels)), }"
    // Magic, version and length take 10 bytes; with them the header ends on 64 bytes.
    let unpadded = 10 + header.utf8.count + 1
    header += String(repeating: " ", count: (64 - unpadded % 64) % 64) + "\n"
    let length = header.utf8.count
    var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8)
    bytes.reserveCapacity(10 + length + 4 * shape.count)
    bytes += [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)]
    bytes += header.utf8
    tensor.withUnsafeBufferPointer { bytes.append(contentsOf: UnsafeRawBufferPointer($0)) }
    return bytes
  }
}
