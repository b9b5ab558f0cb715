import MobileNet

extension Overrides {
  /// Reads a person's corrections, option by option; throws for an option that is not valid.
  public init(_ said: Said) throws(ImportError) {
    self.init()
    for (option, word) in said.sorted(by: { $0.key < $1.key }) {
      guard take(option, word) else {
        throw .inconsistent(problem: "--\(option) \(word): not what can be said of a checkpoint")
      }
    }
  }

  /// The corrections as options and words.
  public var said: Said {
    func list(_ numbers: [Double]) -> String { numbers.map { "\($0)" }.joined(separator: ",") }
    var said: Said = [:]
    said["crop"] = crop.map { "\($0)" }
    said["resize"] = fitting?.rawValue
    said["channel-order"] = channelOrder?.rawValue.lowercased()
    said["mean"] = means.map(list)
    said["scale"] = scales.map(list)
    said["input-range"] = inputRange.map { "\($0.lowerBound)..\($0.upperBound)" }
    said["padding"] = padding?.rawValue
    said["activation"] = activation?.rawValue
    said["labels"] = labelFile
    return said
  }

  /// Reads the word of an option; returns whether both are valid.
  private mutating func take(_ option: String, _ word: String) -> Bool {
    switch option {
    case "crop":
      crop = Double(word).flatMap { $0 > 0 && $0 <= 1 ? $0 : nil }
      return crop != nil
    case "resize":
      fitting = Preprocessing.Fitting(rawValue: word)
      return fitting != nil
    case "channel-order":
      channelOrder = Preprocessing.ChannelOrder(rawValue: word.uppercased())
      return channelOrder != nil
    case "mean":
      means = Self.numbers(word)
      return means != nil
    case "scale":
      scales = Self.numbers(word).flatMap { $0.contains(0) ? nil : $0 }
      return scales != nil
    case "input-range":
      inputRange = Self.range(word)
      return inputRange != nil
    case "padding":
      padding = Padding(rawValue: word)
      return padding != nil
    case "activation":
      activation = Activation(rawValue: word)
      return activation != nil
    case "labels":
      labelFile = word
      return true
    default: return false
    }
  }

  /// Reads one finite number, or three with commas; nil for anything else.
  public static func numbers(_ word: String) -> [Double]? {
    let parts = word.split(separator: ",", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Double($0) }.filter { Float($0).isFinite }
    return numbers.count == parts.count && [1, 3].contains(numbers.count) ? numbers : nil
  }

  /// Reads two finite numbers with two points between them, the lower first; nil for anything else.
  public static func range(_ word: String) -> ClosedRange<Double>? {
    guard let dots = word.firstRange(of: ".."), let from = Double(word[..<dots.lowerBound]),
      let to = Double(word[dots.upperBound...]), Float(from).isFinite, Float(to).isFinite, from < to
    else { return nil }
    return from...to
  }
}
