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

  /// A picture before anything was outlined in it, and what it was made of.
  private struct Made {
    let key: any Equatable & Sendable
    let picture: PixelPicture
  }

  private let drawn = Mutex(Latest<Drawn>())
  private let made = Mutex(Latest<Made>())

  /// Makes an empty memory.
  public init() {}

  /// Returns the same picture as it was drawn with `place` as its first cell; without one, the last of
  /// the same size.
  func drawn(
    _ picture: PixelPicture, at place: CellPoint, for capabilities: Capabilities
  ) -> (last: Drawn, isSame: Bool)? {
    let known = drawn.withLock { $0[place] }.filter { $0.capabilities == capabilities }
    if let same = known.first(where: { $0.picture == picture }) { return (same, true) }
    return known.first { $0.picture.size == picture.size }.map { ($0, false) }
  }

  /// Keeps what was drawn at `place`.
  func keep(_ picture: Drawn, at place: CellPoint) {
    drawn.withLock { $0.insert(picture, at: place, cells: picture.cells.count) }
  }

  /// The result of `make` for `key` at `place`; where it was made of the same before, that.
  func picture<Key: Equatable & Sendable>(
    at place: CellPoint, of key: Key, make: () -> PixelPicture
  ) -> PixelPicture {
    let known = made.withLock { $0.first(at: place) { $0.key as? Key == key } }
    if let known { return known.picture }
    let picture = make()
    made.withLock {
      $0.insert(
        Made(key: key, picture: picture), at: place,
        cells: picture.size.width * picture.size.height)
    }
    return picture
  }

  /// Always true: pictures look the same whatever is remembered.
  public static func == (first: PictureMemory, second: PictureMemory) -> Bool { true }
}

/// The last two items of each position: a person goes back and forth between two screens.
struct Latest<Item: Sendable>: Sendable {
  private var items: [CellPoint: [(item: Item, cells: Int)]] = [:]
  /// The cells of all items.
  private var cells = 0

  /// The most cells kept: those of about three large terminals.
  private static var limit: Int { 40_000 }

  /// Returns the item at `place` that `isWanted`; the last, where both are.
  func first(at place: CellPoint, where isWanted: (Item) -> Bool) -> Item? {
    items[place]?.first { isWanted($0.item) }?.item
  }

  /// The items at `place`, the last first.
  subscript(place: CellPoint) -> [Item] { items[place, default: []].map(\.item) }

  mutating func insert(_ item: Item, at place: CellPoint, cells count: Int) {
    if cells + count > Self.limit { (items, cells) = ([:], 0) }
    let before = items[place, default: []]
    cells += count - before.dropFirst().reduce(0) { $0 + $1.cells }
    items[place] = [(item, count)] + before.prefix(1)
  }
}
