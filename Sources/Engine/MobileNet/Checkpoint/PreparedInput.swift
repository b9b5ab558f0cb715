import Images
import Tensors

/// The network's input made of a photo: the crop, the resized pixels and the tensor.
public struct PreparedInput: Sendable {
  /// The part of the photo that is used, in the pixels of its file.
  public let crop: Box
  /// The crop, resized to the network's input.
  public let pixels: Pixels
  /// The pixels with the checkpoint's scale and offset: height × width × channels.
  public let tensor: Tensor

  /// Crops `photo` as `preprocessing` says, resizes the crop to `resolution` and applies scale and
  /// offset.
  public init(_ photo: DecodedImage, preprocessing: Preprocessing, resolution: Resolution) {
    let fit = preprocessing.fit(width: photo.width, height: photo.height, resolution: resolution)
    let resized = photo.resized(width: fit.width, height: fit.height, box: fit.box)
    self.init(resized, fit: fit, resolution: resolution, preprocessing: preprocessing)
  }

  /// Applies scale and offset to `pixels`, to which `fit.box` was resized already.
  public init(
    _ pixels: Pixels, fit: Preprocessing.Fit, resolution: Resolution, preprocessing: Preprocessing
  ) {
    crop = fit.box
    self.pixels = pixels.centred(in: resolution)
    tensor = preprocessing.tensor(of: self.pixels)
  }
}

extension Preprocessing {
  /// The part of a picture that is used, and its size after resizing.
  public struct Fit: Hashable, Sendable {
    /// The part, in the picture's pixels.
    public let box: Box
    /// The columns after resizing; fewer than the input's where bars stand beside the picture.
    public let width: Int
    /// The rows after resizing.
    public let height: Int
  }

  /// Returns the fit of a picture of `width` × `height` pixels for an input of `resolution`.
  public func fit(width: Int, height: Int, resolution: Resolution) -> Fit {
    let isReady = Resolution(height: height, width: width) == resolution && !cropIsStated
    let part = isReady ? 1 : cropFraction
    let (columns, rows) = (Double(width), Double(height))
    let (across, down) = (Double(resolution.width), Double(resolution.height))
    // Whether the picture is narrower than the input.
    let isNarrow = columns * down <= rows * across
    func box(_ across: Double, _ down: Double) -> Box {
      let (left, top) = ((columns - across) / 2, (rows - down) / 2)
      return Box(left: left, top: top, right: left + across, bottom: top + down)
    }
    switch fitting {
    case .crop:
      let (columns, rows) =
        isNarrow ? (columns, columns * down / across) : (rows * across / down, rows)
      return Fit(
        box: box(columns * part, rows * part), width: resolution.width, height: resolution.height)
    case .stretch:
      return Fit(
        box: box(columns * part, rows * part), width: resolution.width, height: resolution.height)
    case .pad:
      func scaled(_ ratio: Double, _ length: Double) -> Int {
        max(1, Int((ratio * length).rounded()))
      }
      return Fit(
        box: box(columns * part, rows * part),
        width: isNarrow ? scaled(columns / rows, down) : resolution.width,
        height: isNarrow ? resolution.height : scaled(rows / columns, across))
    }
  }

  /// Returns the largest side that a photo's shorter side needs when its crop is resized to
  /// `resolution`.
  ///
  /// A large JPEG may be scaled down that far while decoding.
  public func shorterSide(for resolution: Resolution) -> Int {
    let side = Double(max(resolution.height, resolution.width)) / cropFraction
    // No picture is larger than that.
    return Int(min(side.rounded(.up), 1_000_000))
  }

  /// Converts `pixels` to the network's input: height × width × channels.
  public func tensor(of pixels: Pixels) -> Tensor {
    let count = scale.count
    let shape = Shape(height: pixels.height, width: pixels.width, channels: count)
    let storage = Storage(uninitialized: shape.count)
    // A channel has only 256 possible values.
    let values = (0..<count).map { channel in
      (0..<256).map { Float($0) * scale[channel] + offset[channel] }
    }
    let bytes = channelOrder.isGrey ? Self.brightness(of: pixels.bytes) : pixels.bytes
    let step = channelOrder.isGrey ? 1 : count
    storage.withUnsafeMutableBufferPointer { target in
      bytes.withUnsafeBufferPointer { bytes in
        for channel in 0..<count {
          values[channel].withUnsafeBufferPointer { values in
            var source = channelOrder.isGrey ? 0 : channelOrder == .bgr ? 2 - channel : channel
            for index in stride(from: channel, to: shape.count, by: count) {
              target[index] = values[Int(bytes[source])]
              source &+= step
            }
          }
        }
      }
    }
    return Tensor(shape: shape, storage: storage)
  }

  /// Returns the brightness of each pixel, rounded: ITU-R BT.601 in 16-bit fractions, as in Pillow.
  private static func brightness(of bytes: [UInt8]) -> [UInt8] {
    stride(from: 0, to: bytes.count, by: 3).map {
      let (red, green, blue) = (UInt32(bytes[$0]), UInt32(bytes[$0 + 1]), UInt32(bytes[$0 + 2]))
      return UInt8((19_595 * red + 38_470 * green + 7471 * blue + 32_768) >> 16)
    }
  }
}

extension Pixels {
  /// Returns these pixels in the middle of a black picture of `resolution`.
  fileprivate func centred(in resolution: Resolution) -> Pixels {
    let (columns, rows) = (resolution.width, resolution.height)
    guard width != columns || height != rows else { return self }
    var whole = [UInt8](repeating: 0, count: 3 * rows * columns)
    let (left, top) = ((columns - width) / 2, (rows - height) / 2)
    for row in 0..<height {
      let start = 3 * ((top + row) * columns + left)
      let source = 3 * row * width..<3 * (row + 1) * width
      whole.replaceSubrange(start..<start + 3 * width, with: bytes[source])
    }
    return Pixels(width: columns, height: rows, bytes: whole)
  }
}
