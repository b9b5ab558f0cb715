import MobileNet

extension Preprocessing {
  /// The preprocessing of a pixel x in short: `RGB, (x − 127.5) · 0.00784, middle 88 %`.
  public var summary: String {
    let crop =
      cropFraction < 1 ? ", middle \(NumberText.trimmed(cropFraction * 100, digits: 1)) %" : ""
    return numbers + crop
  }

  /// The preprocessing without the crop: `RGB, (x − 127.5) · 0.00784`.
  public var numbers: String { "\(channelOrder.rawValue), \(arithmetic)" }

  /// The arithmetic on a pixel x alone: `(x − 127.5) · 0.00784`.
  public var arithmetic: String {
    let means = zip(offset, scale).map { -$0 / $1 }
    return "(x − \(Self.text(means, digits: 2))) · \(Self.text(scale, digits: 5))"
  }

  /// Returns one number if all are equal when rounded to `digits` digits, else all of them.
  private static func text(_ numbers: [Float], digits: Int) -> String {
    let texts = numbers.map { NumberText.trimmed(Double($0), digits: digits) }
    return Set(texts).count == 1 ? texts[0] : texts.joined(separator: "/")
  }
}
