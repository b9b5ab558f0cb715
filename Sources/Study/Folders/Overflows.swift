import Synchronization

/// The images that are left out because a network's values are too large, by the reason.
///
/// They are named in one line for each reason: often it is all images of a folder.
public final class Overflows: Sendable {
  private let images = Mutex<[String: [String]]>([:])

  /// Creates a list without images.
  public init() {}

  /// Adds an image, from any thread.
  public func add(_ image: String, _ reason: String) {
    images.withLock { $0[reason, default: []].append(image) }
  }

  /// Calls `note` with a line for each reason.
  public func tell(_ note: (String) -> Void) {
    let all = images.withLock { $0 }
    for (reason, images) in all.sorted(by: { $0.key < $1.key }) {
      guard let first = images.min() else { continue }
      let subject = images.count == 1 ? first : "\(images.count) images, such as \(first)"
      note("\(subject): \(reason), left out")
    }
  }
}
