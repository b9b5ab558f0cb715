import MobileNet

/// Numbers as people write them in a table.
public enum NumberText {
  /// Returns an integer with its thousands separated: `4,221,032`.
  public static func grouped(_ number: Int) -> String { number.grouped }

  /// Returns a count in a short form with a unit: `4,866.5 M`, `568.7 M`, `21.2 k`, `672`.
  public static func short(_ number: Int) -> String {
    switch number {
    case ..<10_000: grouped(number)
    case ..<1_000_000: fixed(Double(number) / 1e3, 1) + " k"
    case ..<999_950_000: fixed(Double(number) / 1e6, 1) + " M"
    case ..<10_000_000_000:
      grouped((number + 50_000) / 1_000_000) + ".\((number + 50_000) / 100_000 % 10) M"
    default: fixed(Double(number) / 1e9, 1) + " G"
    }
  }

  /// Returns a number with up to `digits` decimals, without zeros at its end: `0.75`, `1`.
  public static func trimmed(_ number: Double, digits: Int = 4) -> String {
    var text = fixed(number, digits)
    guard text.contains("."), !text.contains("e") else { return text }
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return text
  }

  /// Returns the length of a file: `526 kB`, `6.8 MB`.
  public static func bytes(_ count: Int) -> String {
    switch count {
    case ..<1000: "\(count) bytes"
    case ..<1_000_000: fixed(Double(count) / 1e3, 0) + " kB"
    default: fixed(Double(count) / 1e6, 1) + " MB"
    }
  }

  /// Returns a number with `digits` decimals, without Foundation's locale.
  public static func fixed(_ number: Double, _ digits: Int) -> String {
    guard number.isFinite else { return unlimited(number) }
    var power = 1.0
    for _ in 0..<digits { power *= 10 }
    let scaled = (number.magnitude * power).rounded()
    guard scaled < 1e15 else { return "\(number)" }
    let whole = Int(scaled)
    let sign = number < 0 && whole > 0 ? "-" : ""
    guard digits > 0 else { return sign + String(whole) }
    let fraction = String(whole % Int(power))
    let zeros = String(repeating: "0", count: digits - fraction.count)
    return sign + String(whole / Int(power)) + "." + zeros + fraction
  }

  /// Returns an activation in about four digits: `0`, `0.0123`, `5.91`, `1.2e-7`.
  public static func value(_ number: Float) -> String {
    let magnitude = number.magnitude
    switch magnitude {
    case 0: return "0"
    case 1e-3..<1: return fixed(Double(number), 4)
    case 1..<100: return fixed(Double(number), 2)
    case 100..<100_000: return fixed(Double(number), 1)
    default:
      guard number.isFinite else { return unlimited(Double(number)) }
      guard magnitude > 1e-38 else { return "\(number)" }
      var exponent = 0
      var mantissa = Double(magnitude)
      while mantissa >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
      while mantissa < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
      // 9.96 is written as 1.0 of the next power.
      if mantissa >= 9.95 { (mantissa, exponent) = (1, exponent + 1) }
      return (number < 0 ? "-" : "") + fixed(mantissa, 1) + "e\(exponent)"
    }
  }

  /// Returns a number with all digits that it takes to read the same one back, for files and the
  /// clipboard; what is not finite is `inf`, `-inf` and `nan`.
  public static func exact(_ number: some BinaryFloatingPoint & CustomStringConvertible) -> String {
    // A NaN has a sign that means nothing.
    number.isNaN ? "nan" : "\(number)"
  }

  /// Returns the bits of a number in hexadecimal: `0x3C00`.
  public static func bits(_ bits: some FixedWidthInteger & UnsignedInteger) -> String {
    let digits = String(bits, radix: 16, uppercase: true)
    return "0x" + String(repeating: "0", count: bits.bitWidth / 4 - digits.count) + digits
  }

  /// Returns a length of time in its two largest units: `45 s`, `3 min 20 s`, `2 h 5 min`.
  public static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e9 else { return "?" }
    let whole = Int(max(seconds, 0).rounded(.up))
    switch whole {
    case ..<60: return "\(whole) s"
    case ..<3600: return "\(whole / 60) min \(whole % 60) s"
    default: return "\(whole / 3600) h \(whole % 3600 / 60) min"
    }
  }

  /// Returns a share 0…1 as a percentage: `62 %`, or `62.31 %` with two digits.
  public static func percent(_ share: Double, digits: Int = 0) -> String {
    fixed(share * 100, digits) + (share.isFinite ? " %" : "")
  }

  /// Returns what an infinity or NaN stands for.
  private static func unlimited(_ number: Double) -> String {
    number.isNaN ? "not a number" : "too large"
  }
}

extension String {
  /// Returns the text with spaces before it, so that it has at least `width` characters.
  public func padded(left width: Int) -> String {
    String(repeating: " ", count: Swift.max(0, width - count)) + self
  }

  /// Returns the text with spaces after it, so that it has at least `width` characters.
  public func padded(right width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, width - count))
  }
}
