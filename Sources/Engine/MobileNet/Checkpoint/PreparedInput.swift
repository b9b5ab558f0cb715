import Images
import Tensors

/// What a network gets of a photo: the crop, the pixels after resizing, the numbers.
public struct PreparedInput: Sendable {
  /// The part of the photo that is looked at, in the pixels of its file.
  public let crop: Box
  /// That part, resized to the network's input side.
  public let pixels: Pixels
  /// The pixels as the checkpoint wants them: side × side × channels.
  public let tensor: Tensor

  /// Crops the centred square, resizes it to `side` × `side` and applies scale and offset.
  public init(_ photo: DecodedImage, preprocessing: Preprocessing, side: Int) {
    let crop = preprocessing.crop(width: photo.width, height: photo.height)
    self.init(
      photo.resized(width: side, height: side, box: crop), crop: crop, preprocessing: preprocessing)
  }

  /// Applies scale and offset to `pixels`, which `crop` was already resized to.
  public init(_ pixels: Pixels, crop: Box, preprocessing: Preprocessing) {
    self.crop = crop
    self.pixels = pixels
    tensor = preprocessing.tensor(of: pixels)
  }
}

extension Preprocessing {
  /// The centred square that is looked at in a picture of `width` × `height`.
  public func crop(width: Int, height: Int) -> Box {
    let length = Double(min(width, height)) * cropFraction
    let left = (Double(width) - length) / 2
    let top = (Double(height) - length) / 2
    return Box(left: left, top: top, right: left + length, bottom: top + length)
  }

  /// The side that a photo's shorter side becomes when its crop is resized to `side`.
  ///
  /// A large JPEG may be scaled down that far while it is decoded.
  public func shorterSide(for side: Int) -> Int {
    Int((Double(side) / cropFraction).rounded(.up))
  }

  /// The numbers that `pixels` become: height × width × channels.
  public func tensor(of pixels: Pixels) -> Tensor {
    let count = scale.count
    let shape = Shape(height: pixels.height, width: pixels.width, channels: count)
    let storage = Storage(uninitialized: shape.count)
    // There are but 256 values that a channel can have.
    let values = (0..<count).map { channel in
      (0..<256).map { Float($0) * scale[channel] + offset[channel] }
    }
    let bytes = channelOrder == .grey ? Self.brightness(of: pixels.bytes) : pixels.bytes
    storage.withUnsafeMutableBufferPointer { target in
      bytes.withUnsafeBufferPointer { bytes in
        for channel in 0..<count {
          values[channel].withUnsafeBufferPointer { values in
            var source = channelOrder == .bgr ? 2 - channel : channel
            for index in stride(from: channel, to: shape.count, by: count) {
              target[index] = values[Int(bytes[source])]
              source &+= count
            }
          }
        }
      }
    }
    return Tensor(shape: shape, storage: storage)
  }

  /// The brightness of each pixel, rounded: ITU-R BT.601 in 16-bit fractions, as Pillow has it.
  private static func brightness(of bytes: [UInt8]) -> [UInt8] {
    stride(from: 0, to: bytes.count, by: 3).map {
      let (red, green, blue) = (UInt32(bytes[$0]), UInt32(bytes[$0 + 1]), UInt32(bytes[$0 + 2]))
      return UInt8((19_595 * red + 38_470 * green + 7471 * blue + 32_768) >> 16)
    }
  }
}
