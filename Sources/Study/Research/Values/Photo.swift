import Images
import MobileNet

/// A photo, and the input that a network gets from it.
public struct Photo: Sendable {
  /// The file's name without its folders.
  public let name: String
  /// The columns of the file's picture.
  public let width: Int
  /// The rows of the file's picture.
  public let height: Int
  private let picture: Lazy<Pixels>
  /// The crop, the pixels after resizing and the tensor.
  public let prepared: PreparedInput

  /// The source of the picture for other weights.
  private enum Origin: Sendable {
    case file
    /// The image itself, for photos that can't be read again from a file.
    case image(DecodedImage)
    /// A frame of a stream, which can be prepared for other weights.
    case frame(prepare: @Sendable (Preprocessing, _ resolution: Resolution) -> PreparedInput)
  }

  private let origin: Origin

  /// The maximum longer side of the picture, more than any terminal shows.
  private static let largestSide = 1024

  /// Prepares `image` as `preprocessing` requires, at `resolution`.
  ///
  /// A photo from a pipe keeps its image, to be prepared for other weights.
  public init(
    _ image: DecodedImage, preprocessing: Preprocessing, resolution: Resolution,
    keepsImage: Bool = false
  ) {
    origin = keepsImage ? .image(image) : .file
    name = String(image.name.split(separator: "/").last ?? "?")
    (width, height) = (image.width, image.height)
    let longest = max(image.pixels.width, image.pixels.height)
    let isLarge = longest > Self.largestSide
    let pixels =
      isLarge
      ? image.pixels.resized(
        width: max(1, image.pixels.width * Self.largestSide / longest),
        height: max(1, image.pixels.height * Self.largestSide / longest)) : image.pixels
    picture = Lazy { pixels }
    prepared = PreparedInput(image, preprocessing: preprocessing, resolution: resolution)
  }

  /// Creates a frame of the stream called `name`, of `width` × `height`; `picture` makes the pixels
  /// of the whole frame, and `prepare` the input of other weights.
  public init(
    frameOf name: String, width: Int, height: Int, prepared: PreparedInput,
    picture: @escaping @Sendable () -> Pixels,
    prepare: @escaping @Sendable (Preprocessing, _ resolution: Resolution) -> PreparedInput
  ) {
    origin = .frame(prepare: prepare)
    self.name = name
    (self.width, self.height) = (width, height)
    self.picture = Lazy(picture)
    self.prepared = prepared
  }

  /// Creates a black frame, shown until the first one of the stream from `source` arrives.
  public init(before source: String, for model: Model) {
    @Sendable func blank(_ preprocessing: Preprocessing, _ resolution: Resolution) -> PreparedInput
    {
      let (width, height) = (resolution.width, resolution.height)
      let pixels = Pixels(
        width: width, height: height, bytes: [UInt8](repeating: 0, count: 3 * width * height))
      let fit = preprocessing.fit(width: width, height: height, resolution: resolution)
      return PreparedInput(pixels, fit: fit, resolution: resolution, preprocessing: preprocessing)
    }
    let prepared = blank(model.checkpoint.preprocessing, model.resolution)
    self.init(
      frameOf: Self.name(ofStream: source), width: model.resolution.width,
      height: model.resolution.height,
      prepared: prepared,
      picture: { prepared.pixels }, prepare: blank)
  }

  /// The picture for the screen, scaled down if the file's is large.
  public var pixels: Pixels { picture.value }

  /// Returns the name of a stream: that of its file or folder.
  public static func name(ofStream source: String) -> String {
    source == "-" ? "standard input" : String(source.split(separator: "/").last ?? "/")
  }

  /// Returns the photo prepared for another model; nil if the file must be read again.
  public func prepared(for model: Model) -> Photo? {
    switch origin {
    case .file: nil
    case .image(let image):
      Photo(
        image, preprocessing: model.checkpoint.preprocessing, resolution: model.resolution,
        keepsImage: true)
    case .frame(let prepare):
      Photo(
        frameOf: name, width: width, height: height,
        prepared: prepare(model.checkpoint.preprocessing, model.resolution),
        picture: { [picture] in picture.value }, prepare: prepare)
    }
  }

  /// The columns and rows of `pixels` that the network sees.
  public var crop: (columns: Range<Int>, rows: Range<Int>) {
    let pixels = pixels
    let scale = Double(pixels.width) / Double(width)
    func range(_ from: Double, _ to: Double, _ count: Int) -> Range<Int> {
      let first = min(max(Int(from * scale), 0), count - 1)
      return first..<max(first + 1, min(Int((to * scale).rounded(.up)), count))
    }
    let box = prepared.crop
    return (range(box.left, box.right, pixels.width), range(box.top, box.bottom, pixels.height))
  }

  /// Reads the image at `path` and prepares it for `model`.
  public init(path: String, for model: Model) throws(ImageError) {
    let preprocessing = model.checkpoint.preprocessing
    let image = try DecodedImage(
      contentsOf: path, forSide: preprocessing.shorterSide(for: model.resolution))
    self.init(image, preprocessing: preprocessing, resolution: model.resolution)
  }
}
