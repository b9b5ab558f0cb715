/// An HDF5 file, as much of it as h5py writes for Keras, in its oldest or newest version.
///
/// What lies where is told by "HDF5 File Format Specification Version 3.0", whose sections the
/// types here are named after. Numbers are little endian; addresses and lengths have eight bytes.
struct HDF5File: Sendable {
  /// What all others lie in.
  let root: HDF5Group

  private static let signature: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]

  /// Whether `bytes` begin like an HDF5 file.
  static func recognizes(_ bytes: Bytes) -> Bool { bytes.has(signature) }

  /// Reads the superblock.
  init(_ bytes: Bytes) throws(ImportError) {
    let version = try bytes.load(UInt8.self, at: 8)
    // The sizes of addresses and lengths; the base address; the file's end; the root group's place.
    let (sizes, base, end, root) =
      switch version {
      case 0: (13, 24, 40, 64)
      case 1: (13, 28, 44, 68)
      case 2, 3: (9, 12, 28, 36)
      default: throw bytes.damaged("its superblock has version \(version)")
      }
    guard try bytes.load(UInt16.self, at: sizes) == 0x0808,
      try bytes.load(UInt64.self, at: base) == 0
    else {
      throw .unsupported(
        format: bytes.format, feature: "HDF5 with addresses that are short or begin elsewhere")
    }
    let length: UInt64 = try bytes.load(at: end)
    guard length <= UInt64(bytes.count) else {
      throw bytes.damaged("it should have \(length) bytes, there are \(bytes.count)")
    }
    var reader = ByteReader(bytes, at: root)
    let address = try reader.next(UInt64.self)
    self.root = try HDF5Group(HDF5Object(bytes, at: address))
  }
}
