/// An HDF5 file, with the features that h5py uses for Keras, in its oldest or newest version.
///
/// The layout is that of "HDF5 File Format Specification Version 3.0", whose sections the types
/// here are named after. Numbers are little endian; addresses and lengths have eight bytes.
struct HDF5File: Sendable {
  /// The root group, which contains all others.
  let root: HDF5Group

  private static let signature: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]

  /// Whether `bytes` begin with the signature of an HDF5 file.
  static func recognizes(_ bytes: Bytes) -> Bool { bytes.has(signature) }

  /// Reads the superblock.
  init(_ bytes: Bytes) throws(ImportError) {
    let version = try bytes.load(UInt8.self, at: 8)
    // The offsets of the sizes of addresses and lengths, of the base address, of the file's end,
    // and of the root group.
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
