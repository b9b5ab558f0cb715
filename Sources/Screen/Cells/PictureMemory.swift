import Synchronization

/// The pictures drawn last, by position, with the cells found for them: unchanged cells are reused.
///
/// Of windows that come and go in all sizes pictures are left at ever new positions: those that were
/// not used for longest are forgotten. Contents affect only speed, so all instances are equal.
public final class PictureMemory: Equatable, Sendable {
  /// A picture, the capabilities that it was drawn for, and its cells.
  struct Drawn: Sendable {
    let picture: PixelPicture
    let capabilities: Capabilities
    let cells: [Cell]
  }

  /// A picture before anything was outlined in it, and what it was made of.
  private struct Made: Sendable {
    let key: any Equatable & Sendable
    let picture: PixelPicture
  }

  /// Values by position, up to a number of cells.
  private struct Shelf<Value: Sendable>: Sendable {
    private var values: [CellPoint: (value: Value, cells: Int, time: Int)] = [:]
    private var time = 0
    private(set) var cells = 0

    /// Returns the value at `place`, which was used last from now on.
    mutating func value(at place: CellPoint) -> Value? {
      time += 1
      values[place]?.time = time
      return values[place]?.value
    }

    /// Keeps `value`, a picture of `size`, and of the others as many as `limit` cells have room for.
    mutating func keep(_ value: Value, _ size: Size, at place: CellPoint, limit: Int) {
      time += 1
      cells += size.width * size.height - (values[place]?.cells ?? 0)
      values[place] = (value, size.width * size.height, time)
      while cells > limit, values.count > 1,
        let oldest = values.min(by: { $0.value.time < $1.value.time })
      {
        values[oldest.key] = nil
        cells -= oldest.value.cells
      }
    }
  }

  /// The number of screens whose cells are kept.
  static let screens = 8

  private let drawn = Mutex(Shelf<Drawn>())
  private let made = Mutex(Shelf<Made>())

  /// Makes an empty memory.
  public init() {}

  /// The number of cells of the pictures that are kept.
  var cells: Int { drawn.withLock(\.cells) + made.withLock(\.cells) }

  /// Returns the picture last drawn with `place` as its first cell.
  func drawn(at place: CellPoint) -> Drawn? { drawn.withLock { $0.value(at: place) } }

  /// Keeps what was drawn at `place` on a screen of `size`.
  func keep(_ picture: Drawn, at place: CellPoint, on size: Size) {
    drawn.withLock {
      $0.keep(picture, picture.picture.size, at: place, limit: Self.limit(on: size))
    }
  }

  /// What `make` makes of `key` for `place` on a screen of `size`; where it was made of the same
  /// before, that.
  func picture<Key: Equatable & Sendable>(
    at place: CellPoint, on size: Size, of key: Key, make: () -> PixelPicture
  ) -> PixelPicture {
    let last = made.withLock { $0.value(at: place) }
    if let last, last.key as? Key == key { return last.picture }
    let picture = make()
    made.withLock {
      $0.keep(
        Made(key: key, picture: picture), picture.size, at: place, limit: Self.limit(on: size))
    }
    return picture
  }

  private static func limit(on size: Size) -> Int { screens * size.width * size.height }

  /// Always true: pictures look the same whatever is remembered.
  public static func == (first: PictureMemory, second: PictureMemory) -> Bool { true }
}
