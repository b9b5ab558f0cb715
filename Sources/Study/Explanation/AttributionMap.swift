import Tensors

/// An explanation as a small picture of each place's share in the target.
public struct AttributionMap: Sendable {
  /// The longer side of the map, so small that neighbouring values of either sign cancel as they do
  /// for the eye.
  private static let side = 64

  /// The contribution of each place to the target; negative where it lowers the target.
  public let plane: Plane
  /// The magnitude that has full colour: the 99th percentile, so that outliers do not hide the
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
