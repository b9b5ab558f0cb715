import Foundation
import MobileNet

/// Recognises a network's input: preprocessing, crop and resolution.
extension Recognition {
  /// The facts about a network's input.
  struct Input {
    let preprocessing: Sourced<Preprocessing>
    let crop: Source
    let resolution: Sourced<Resolution>
    /// Facts in the file that are not applied, a sentence each.
    var notes: [String] = []
  }

  /// Takes the facts that the file states, and assumes the others.
  static func input(
    of description: NetworkDescription, padding: Padding, channels: Int,
    pooling: LayerDescription?, overrides: Overrides
  ) throws(ImportError) -> Input {
    let (resolution, notes) = try resolution(of: description, pooling: pooling)
    var found = pixels(of: description, padding: padding)
    if channels == 1 { found = Sourced(found.value.grey, found.source) }
    let crop = self.crop(of: description, usual: found, overrides: overrides)
    let fitting = overrides.fitting ?? description.fitting?.value ?? found.value.fitting
    found = try overrides.preprocessing(instead: found)
    let pixels = found.value
    return Input(
      preprocessing: Sourced(
        Preprocessing(
          channelOrder: pixels.channelOrder, scale: pixels.scale, offset: pixels.offset,
          cropFraction: crop.value, cropIsStated: !crop.source.isAssumption, fitting: fitting),
        found.source),
      crop: overrides.fitting == nil || overrides.crop != nil ? crop.source : .person("--resize"),
      resolution: resolution, notes: notes)
  }

  /// Returns the crop with its source.
  private static func crop(
    of description: NetworkDescription, usual: Sourced<Preprocessing>, overrides: Overrides
  ) -> Sourced<Double> {
    if let crop = overrides.crop { return Sourced(crop, .person("--crop")) }
    if let crop = description.crop { return crop }
    let fraction = usual.value.cropFraction
    if usual.value.cropIsStated { return Sourced(fraction, usual.source) }
    // Stretching and padding use the whole picture.
    if overrides.fitting ?? description.fitting?.value ?? .crop != .crop {
      return Sourced(1, .implied(by: "its fitting"))
    }
    return Sourced(fraction, .assumed(because: "most are evaluated so"))
  }

  /// Returns the preprocessing with its source.
  private static func pixels(
    of description: NetworkDescription, padding: Padding
  ) -> Sourced<Preprocessing> {
    let arithmetic = description.arithmetic
    var given = description.preprocessing
    if arithmetic.repeatsBrightness {
      let usual = given ?? Self.usual(padding)
      given = Sourced(usual.value.greyThrice, usual.source)
    }
    guard arithmetic.isEmpty else {
      // A default applies only where the network has no arithmetic of its own.
      if let before = given, !before.source.isAssumption {
        return Sourced(before.value.followed(by: arithmetic), before.source)
      }
      let reason = "the arithmetic before its first layer"
      let unchanged =
        arithmetic.repeatsBrightness ? Preprocessing.unchanged.greyThrice : .unchanged
      let pixels = unchanged.followed(by: arithmetic)
      if pixels.reach <= Self.largestInput { return Sourced(pixels, .implied(by: reason)) }
      return Sourced(
        unchanged.scaled(by: 1 / 255).followed(by: arithmetic),
        .implied(by: "\(reason), which is made for pixels from 0 to 1"))
    }
    return given ?? usual(padding)
  }

  /// The assumption where no file says anything.
  private static func usual(_ padding: Padding) -> Sourced<Preprocessing> {
    Sourced(
      padding == .same ? .tensorFlow : .torchvision,
      .assumed(because: "networks with \(padding.rawValue) padding usually have it so"))
  }

  /// The largest magnitude of an input value that is plausible: pixels reach 255.
  ///
  /// Arithmetic that exceeds it was made for pixels from 0 to 1.
  private static let largestInput: Float = 260

  /// Returns the resolution with its source, and notes about it.
  private static func resolution(
    of description: NetworkDescription, pooling: LayerDescription?
  ) throws(ImportError) -> (Sourced<Resolution>, notes: [String]) {
    let window = pooling?.window
    var resolution = Sourced(
      Resolution(side: 224), Source.assumed(because: "most networks were trained at 224"))
    var notes: [String] = []
    var map = Resolution(side: 7)
    if let size = description.inputSize {
      let stated = size.value
      let used = stated.changed(by: 0)
      map = stated.divided(by: 32)
      resolution = Sourced(used, size.source)
      if used != stated {
        notes.append(
          "its input is \(stated.rowsByColumns); \(used) is used, the nearest that can be")
        resolution = Sourced(used, .assumed(because: "its input is \(stated.rowsByColumns)"))
      }
    } else if let window {
      map = Resolution(height: window.height, width: window.width)
      resolution = Sourced(
        Resolution(height: 32 * min(map.height, 32), width: 32 * min(map.width, 32)).changed(by: 0),
        .implied(by: "its pooling by \(map.rowsByColumns)"))
    }
    if let pooling, let window, !window.covers(map) {
      throw .anotherNetwork(
        layer: pooling.name, found: "\(window.summary) of a map of \(map.rowsByColumns)",
        expected: "one over the whole map (pool6)")
    }
    return (resolution, notes)
  }
}

extension Preprocessing {
  /// The preprocessing that leaves pixels as they are, 0…255.
  static let unchanged = Preprocessing(
    channelOrder: .rgb, scale: [1, 1, 1], offset: [0, 0, 0], cropFraction: 0.875)

  /// The largest magnitude of an input value.
  fileprivate var reach: Float {
    zip(scale, offset).map { max($1.magnitude, ($0 * 255 + $1).magnitude) }.max() ?? 0
  }

  /// Returns the preprocessing with all input values times `factor`.
  func scaled(by factor: Float) -> Preprocessing {
    changed(scale: scale.map { $0 * factor }, offset: offset.map { $0 * factor })
  }

  /// The preprocessing for brightness alone, with the mean over the colours.
  fileprivate var grey: Preprocessing {
    guard channelOrder != .grey else { return self }
    func mean(_ numbers: [Float]) -> Float { numbers.reduce(0, +) / Float(numbers.count) }
    return changed(channelOrder: .grey, scale: [mean(scale)], offset: [mean(offset)])
  }

  /// The same brightness in three channels.
  fileprivate var greyThrice: Preprocessing {
    let grey = grey
    return changed(
      channelOrder: .greyThrice, scale: Array(repeating: grey.scale[0], count: 3),
      offset: Array(repeating: grey.offset[0], count: 3))
  }

  /// Returns the preprocessing followed by `arithmetic`.
  fileprivate func followed(by arithmetic: InputArithmetic) -> Preprocessing {
    let isReversed = arithmetic.isReversed && !channelOrder.isGrey
    let order: ChannelOrder = !isReversed ? channelOrder : channelOrder == .rgb ? .bgr : .rgb
    let (scale, offset) =
      isReversed ? (Array(self.scale.reversed()), Array(self.offset.reversed())) : (scale, offset)
    let (factors, sums) = (arithmetic.scale, arithmetic.offset)
    return changed(
      channelOrder: order,
      scale: scale.enumerated().map { Float(Double($1) * factors[$0 % factors.count]) },
      offset: offset.enumerated().map {
        Float(Double($1) * factors[$0 % factors.count] + sums[$0 % sums.count])
      })
  }

  /// The preprocessing with red and blue swapped, each with its own scale and offset.
  var turned: Preprocessing {
    guard !channelOrder.isGrey else { return self }
    return changed(
      channelOrder: channelOrder == .rgb ? .bgr : .rgb, scale: scale.reversed(),
      offset: offset.reversed())
  }

  /// Returns the preprocessing with another scale and offset.
  func changed(
    channelOrder: ChannelOrder? = nil, scale: [Float], offset: [Float]
  ) -> Preprocessing {
    Preprocessing(
      channelOrder: channelOrder ?? self.channelOrder, scale: scale, offset: offset,
      cropFraction: cropFraction, cropIsStated: cropIsStated, fitting: fitting)
  }
}
