import Synchronization

/// The pictures drawn last, by position, with the cells found for them: unchanged cells are reused.
///
/// Contents affect only speed, so all instances are equal.
public final class PictureMemory: Equatable, Sendable {
  /// A picture, the capabilities that it was drawn for, and its cells.
  struct Drawn: Sendable {
    let picture: PixelPicture
    let capabilities: Capabilities
    let cells: [Cell]
  }

  /// The largest number of pictures kept.
  private static let limit = 512

  private let drawn = Mutex<[CellPoint: Drawn]>([:])
  /// The pictures before anything was outlined in them, and what they were made of.
  private let made = Mutex<[CellPoint: (key: any Equatable & Sendable, picture: PixelPicture)]>([:])

  /// Makes an empty memory.
  public init() {}

  /// The picture last drawn with `place` as its first cell.
  subscript(place: CellPoint) -> Drawn? {
    get { drawn.withLock { $0[place] } }
    set {
      drawn.withLock {
        if $0.count >= Self.limit { $0 = [:] }
        $0[place] = newValue
      }
    }
  }

  /// The result of `make` for `key` at `place`; where it was made of the same before, that.
  func picture<Key: Equatable & Sendable>(
    at place: CellPoint, of key: Key, make: () -> PixelPicture
  ) -> PixelPicture {
    if let last = made.withLock({ $0[place] }), last.key as? Key == key { return last.picture }
    let picture = make()
    made.withLock {
      if $0.count >= Self.limit { $0 = [:] }
      $0[place] = (key, picture)
    }
    return picture
  }

  /// Always true: pictures look the same whatever is remembered.
  public static func == (first: PictureMemory, second: PictureMemory) -> Bool { true }
}
