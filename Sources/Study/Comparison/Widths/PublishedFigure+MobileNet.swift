import MobileNet

extension PublishedFigure {
  /// Returns the published top-1 accuracy, in percent on ImageNet's 1000 classes, of a MobileNet
  /// with the width and depth of `architecture` at `resolution`; nil if there is none.
  ///
  /// The figure is the paper's if the paper has one, else that of the released checkpoints.
  public static func imageNetTop1(of architecture: Architecture, at resolution: Resolution)
    -> PublishedFigure?
  {
    let width = architecture.width
    if architecture.isShallow {
      return width == 1 && resolution == 224
        ? PublishedFigure(65.3, .howard2017, "table 5") : nil
    }
    if resolution == 224, let value = paperByWidth[width] {
      return PublishedFigure(value, .howard2017, "table 6")
    }
    if width == 1, let value = paperByResolution[resolution] {
      return PublishedFigure(value, .howard2017, "table 7")
    }
    return released[width]?[resolution].map { PublishedFigure($0, .tensorFlow2018, "table") }
  }

  /// Table 6: accuracies at 224, by width.
  private static let paperByWidth = [1: 70.6, 0.75: 68.4, 0.5: 63.7, 0.25: 50.6]

  /// Table 7: accuracies at width 1, by resolution.
  private static let paperByResolution: [Resolution: Double] = [
    224: 70.6, 192: 69.1, 160: 67.2, 128: 64.4,
  ]

  /// The accuracies of the released checkpoints that the paper lacks, by width and resolution.
  private static let released: [Double: [Resolution: Double]] = [
    0.75: [192: 67.2, 160: 65.3, 128: 62.1],
    0.5: [192: 61.7, 160: 59.1, 128: 56.3],
    0.25: [192: 47.7, 160: 45.5, 128: 41.5],
  ]
}
