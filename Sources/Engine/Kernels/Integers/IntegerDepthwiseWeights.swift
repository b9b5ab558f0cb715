import CKernels
import Tensors

/// The 3×3 kernels of a depthwise layer of integers, in the order in which the kernels read them.
///
/// Blocks of channels continue across the channels of neighbouring places: a block may begin in one
/// place and end in the next, until a block begins with channel 0 again.
struct IntegerDepthwiseWeights: Sendable {
  /// The number of channels.
  let channels: Int
  /// The number of channels of a block.
  let blockChannels: Int
  /// The number of blocks before the order of channels repeats.
  let blocks: Int
  /// Whether the kernels can compute a row of places as if it were a single place.
  let isPeriodic: Bool
  /// The number of bytes whose sum is a weight; 1 for words.
  let terms: Int
  /// The range of the output bytes.
  let range: CKByteRange

  private let blockBytes: Int
  private let weights: Storage
  private let scaling: IntegerScaling

  /// Packs nine weights for each output of `filter`.
  init(_ filter: IntegerFilter, kernels: IntegerKernelSet) {
    channels = filter.biases.count
    blockChannels = kernels.blockChannels
    range = filter.range
    let period =
      channels / Self.commonDivisor(channels, kernels.blockChannels)
      * kernels.blockChannels
    isPeriodic = period <= 16 * channels
    let count = isPeriodic ? period : channels
    blocks = (count + kernels.blockChannels - 1) / kernels.blockChannels
    let order: [Int?] = (0..<blocks * kernels.blockChannels).map { [channels] place in
      place < count ? place % channels : nil
    }
    let bytes = kernels.readsBytes ? filter.weights.map(Self.bytes) : []
    terms = bytes.map(\.count).max() ?? 1
    blockBytes = 3 * kernels.blockChannels * (kernels.readsBytes ? 4 * terms : 16)
    weights = Storage(bytes: blocks * blockBytes)
    UnsafeMutableRawPointer(weights.base)
      .initializeMemory(as: UInt8.self, repeating: 0, count: blocks * blockBytes)
    scaling = IntegerScaling(
      filter, biases: filter.biases(inputOffset: kernels.inputOffset), channels: order,
      lanes: kernels.lanes, registers: kernels.registers)
    for (place, channel) in order.enumerated() {
      guard let channel else { continue }
      let (block, index) = (place / kernels.blockChannels, place % kernels.blockChannels)
      let quarter = index / 4 % kernels.registers
      let lane = index / (4 * kernels.registers) * 4 + index % 4
      let base = UnsafeMutableRawPointer(weights.base) + block * blockBytes
      for column in 0..<3 {
        let taps = (0..<3).map { channel * 9 + 3 * $0 + column }
        if kernels.readsBytes {
          for (row, tap) in taps.enumerated() {
            for (term, byte) in bytes[tap].enumerated() {
              let vector = (term * 3 + column) * kernels.registers + quarter
              base.storeBytes(
                of: byte, toByteOffset: 4 * (vector * kernels.lanes + lane) + row, as: Int8.self)
            }
          }
        } else {
          let (w0, w1, w2) = (
            filter.weights[taps[0]], filter.weights[taps[1]], filter.weights[taps[2]]
          )
          for (pair, words) in [(w0, w1), (w2, 0), (0, w0), (w1, w2)].enumerated() {
            let vector = (column * kernels.registers + quarter) * 4 + pair
            let place = 4 * (vector * kernels.lanes + lane)
            base.storeBytes(of: words.0, toByteOffset: place, as: Int16.self)
            base.storeBytes(of: words.1, toByteOffset: place + 2, as: Int16.self)
          }
        }
      }
    }
  }

  /// The memory of the packed weights, in bytes.
  var byteCount: Int { blocks * blockBytes + scaling.byteCount }

  /// Returns the arguments for computing `count` neighbouring values, the first of which begins a
  /// block.
  func span(
    rows: (UnsafeRawPointer, UnsafeRawPointer, UnsafeRawPointer, UnsafeRawPointer),
    channels: Int, count: Int, firstBlock: Int,
    output: (first: DepthwiseOutput, second: DepthwiseOutput?)
  ) -> CKIntegerSpan {
    CKIntegerSpan(
      rows: rows, channels: channels, count: count,
      weights: UnsafeRawPointer(weights.base) + firstBlock * blockBytes,
      scaling: scaling.block(firstBlock), blocks: blocks, terms: terms,
      bytes: (output.first.bytes, output.second?.bytes),
      words: (output.first.words, output.second?.words), isPair: output.second != nil,
      range: range)
  }

  /// Returns bytes whose sum is `weight`.
  private static func bytes(_ weight: Int16) -> [Int8] {
    var bytes = [Int8(clamping: weight)]
    var left = weight - Int16(bytes[0])
    while left != 0 {
      let byte = Int8(clamping: left)
      bytes.append(byte)
      left -= Int16(byte)
    }
    return bytes
  }

  private static func commonDivisor(_ a: Int, _ b: Int) -> Int {
    b == 0 ? a : commonDivisor(b, a % b)
  }
}

/// The destination of a depthwise layer's values: bytes, words, or both.
struct DepthwiseOutput {
  /// The first byte.
  var bytes: UnsafeMutablePointer<UInt8>?
  /// The first word, for instruction sets that read words.
  var words: UnsafeMutablePointer<Int16>?

  /// Returns the destination moved on by `values` values.
  func advanced(by values: Int) -> DepthwiseOutput {
    DepthwiseOutput(bytes: bytes.map { $0 + values }, words: words.map { $0 + values })
  }
}
