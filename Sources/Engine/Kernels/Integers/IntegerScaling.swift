import Tensors

/// The biases, factors and shifts of channels, in the order in which integer kernels read them.
///
/// Channels are divided into blocks of `registers` × `lanes`. CIntegerKernels.h states the channel
/// of each lane, and the numbers of a register.
struct IntegerScaling: Sendable {
  /// The number of 32-bit numbers of a block.
  let blockCount: Int

  private let storage: Storage

  /// Packs the scaling of `channels`, which may repeat, and end with nil for the unused part of a
  /// block.
  init(_ filter: IntegerFilter, biases: [Int32], channels: [Int?], lanes: Int, registers: Int) {
    let size = lanes * registers
    precondition(channels.count.isMultiple(of: size))
    blockCount = 7 * size
    storage = Storage(uninitialized: channels.count / size * blockCount)
    let base = UnsafeMutableRawPointer(storage.base)
    for block in 0..<channels.count / size {
      for register in 0..<registers {
        let first = base + 4 * (block * blockCount + register * 7 * lanes)
        for lane in 0..<lanes {
          let place = 4 * registers * (lane / 4) + 4 * register + lane % 4
          let channel = channels[block * size + place]
          let factor = channel.map { filter.factors[$0] } ?? Requantization(0)
          let shift = -factor.exponent
          func store(_ number: Int32, _ kind: Int) {
            first.storeBytes(of: number, toByteOffset: 4 * (kind * lanes + lane), as: Int32.self)
          }
          store(channel.map { biases[$0] } ?? 0, 0)
          store(factor.multiplier, 1)
          store(Int32(shift), 2)
          // ((sum · multiplier + 2³⁰) >> 31 + 2^(shift − 1)) >> shift, as one sum and one shift.
          let right = 1...31 ~= shift ? UInt64(shift) : 1
          let isOdd = lane % 2
          func store(_ number: UInt64, _ kind: Int) {
            let place = 4 * (kind + isOdd) * lanes + 8 * (lane / 2)
            first.storeBytes(of: number, toByteOffset: place, as: UInt64.self)
          }
          store(UInt64(1) << 30 + UInt64(1) << (30 + right), 3)
          // An odd lane's result belongs in the upper half of 64 bits.
          store(isOdd == 1 ? right - 1 : 31 + right, 5)
        }
      }
    }
  }

  /// The memory of the packed numbers, in bytes.
  var byteCount: Int { storage.count * MemoryLayout<Float>.stride }

  /// Returns the first number of a block; valid as long as the scaling is.
  func block(_ index: Int) -> UnsafePointer<Int32> {
    UnsafePointer(
      UnsafeMutableRawPointer(storage.base).assumingMemoryBound(to: Int32.self)
        + index * blockCount)
  }
}
