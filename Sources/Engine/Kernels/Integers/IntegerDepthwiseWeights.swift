import CKernels
import Tensors

/// The 3×3 kernels of a depthwise layer of integers, in the order in which the kernels read them.
///
/// Blocks of channels follow one another as the channels of neighbouring places do, so that a block
/// may begin in one place and end in the next, until a block begins with channel 0 again.
struct IntegerDepthwiseWeights: Sendable {
  /// The channels.
  let channels: Int
  /// The channels of a block.
  let blockChannels: Int
  /// The blocks until they repeat.
  let blocks: Int
  /// Whether a row of places can be computed as if it were a single place.
  let isPeriodic: Bool
  /// The bytes that a weight is the sum of; 1 for words.
  let terms: Int
  /// What the bytes of output may be.
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

  /// The memory taken, in bytes.
  var byteCount: Int { blocks * blockBytes + scaling.byteCount }

  /// `count` neighbouring values, the first of which is the first of a block.
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

  /// Bytes whose sum is `weight`.
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

/// Where values of a depthwise layer go: as bytes, as words, or as both.
struct DepthwiseOutput {
  /// The bytes.
  var bytes: UnsafeMutablePointer<UInt8>?
  /// The words, for instruction sets that read them.
  var words: UnsafeMutablePointer<Int16>?

  /// The place that many values further.
  func advanced(by values: Int) -> DepthwiseOutput {
    DepthwiseOutput(bytes: bytes.map { $0 + values }, words: words.map { $0 + values })
  }
}
