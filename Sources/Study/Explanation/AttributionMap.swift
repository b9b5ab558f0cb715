import Tensors

/// An explanation as a small picture: what each place adds.
public struct AttributionMap: Sendable {
  /// Small enough that parts of fine maps with either sign add up as they do for the eye.
  private static let side = 64

  /// What each place adds; below zero where it speaks against the number.
  public let plane: Plane
  /// The magnitude that is full colour: the 99th percentile, so that one outlier does not hide the
  /// rest.
  public let reach: Float

  /// Makes a picture of `explanation`.
  public init(_ explanation: Explanation) {
    let map = explanation.map
    let longest = max(map.height, map.width)
    plane = map.resized(
      height: max(1, Self.side * map.height / longest),
      width: max(1, Self.side * map.width / longest))
    let magnitudes = plane.values.map(\.magnitude).sorted()
    reach = magnitudes[(magnitudes.count - 1) * 99 / 100]
  }
}
