import MobileNet
import Reports

/// A setting of a checkpoint that a person can override.
enum InputSetting: CaseIterable, Equatable, Sendable {
  case crop, fitting, order, numbers, padding, activation

  /// The setting's name.
  var name: String {
    switch self {
    case .crop: "crop"
    case .fitting: "proportions"
    case .order: "colours"
    case .numbers: "numbers"
    case .padding: "padding"
    case .activation: "activation"
    }
  }

  /// The command-line options for the setting.
  private var options: [String] {
    switch self {
    case .crop: ["crop"]
    case .fitting: ["resize"]
    case .order: ["channel-order"]
    case .numbers: ["input-range", "mean", "scale"]
    case .padding: ["padding"]
    case .activation: ["activation"]
    }
  }

  /// Returns the possible overrides; the first is empty and leaves the setting to the file.
  private func choices(_ checkpoint: Checkpoint) -> [Said] {
    func each(_ option: String, _ words: [String]) -> [Said] { words.map { [option: $0] } }
    let isGrey = checkpoint.preprocessing.channelOrder.isGrey
    switch self {
    case .crop: return [[:]] + each("crop", ["1.0", "0.875"])
    case .fitting: return [[:]] + each("resize", Preprocessing.Fitting.allCases.map(\.rawValue))
    case .order: return [[:]] + (isGrey ? [] : each("channel-order", ["rgb", "bgr"]))
    case .numbers:
      let ranges = each("input-range", ["-1.0..1.0", "0.0..1.0", "0.0..255.0"])
      // ImageNet's means and standard deviations, in the order in which the colours are fed.
      let (means, scales) = ([123.675, 116.28, 103.53], [0.01712475, 0.017507, 0.01742919])
      func list(_ numbers: [Double]) -> String {
        (checkpoint.preprocessing.channelOrder == .bgr ? numbers.reversed() : numbers)
          .map { "\($0)" }.joined(separator: ",")
      }
      return [[:]] + ranges + (isGrey ? [] : [["mean": list(means), "scale": list(scales)]])
    case .padding: return [[:]] + each("padding", Padding.allCases.map(\.rawValue))
    case .activation: return [[:]] + each("activation", Activation.allCases.map(\.rawValue))
    }
  }

  /// Replaces the override in `said` by the choice `steps` after it.
  func change(_ said: inout Said, by steps: Int, _ checkpoint: Checkpoint) {
    let own = said.filter { options.contains($0.key) }
    let choices = choices(checkpoint)
    let place = choices.firstIndex(of: own) ?? 0
    let next = choices[(place + steps + choices.count) % choices.count]
    said = said.filter { !options.contains($0.key) }.merging(next) { $1 }
  }

  /// Returns whether the person overrides the setting.
  func isSaid(_ said: Said) -> Bool { options.contains { said[$0] != nil } }

  /// Returns the value in effect for `checkpoint`.
  func value(_ checkpoint: Checkpoint) -> String {
    let pixels = checkpoint.preprocessing
    return switch self {
    case .crop: NumberText.trimmed(pixels.cropFraction * 100, digits: 1) + " %"
    case .fitting: pixels.fitting.rawValue
    case .order: pixels.channelOrder.rawValue
    case .numbers: pixels.arithmetic
    case .padding: checkpoint.architecture.padding.rawValue
    case .activation: checkpoint.architecture.activation.name
    }
  }
}
