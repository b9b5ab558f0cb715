/// Converts a picture's colours to xterm's 256.
///
/// Photos are dithered by Floyd and Steinberg's error diffusion ("An Adaptive Algorithm for Spatial
/// Greyscale", 1976), every other row from right to left: errors that always go the same way make
/// stripes.
struct Quantiser {
  private let rendering: PixelPicture.Rendering
  /// The number of pixels, or of cells, in a row.
  private let width: Int
  /// The colour errors carried over to the cells of the current row from those before and above, and
  /// to the row below; with a column more at either end.
  private var owed: [SIMD4<Float>]
  private var owedBelow: [SIMD4<Float>]
  /// The current row.
  private var row = 0
  /// The direction in which it is gone through.
  private var step = 1

  init(_ rendering: PixelPicture.Rendering, width: Int) {
    self.rendering = rendering
    self.width = width
    owed = [SIMD4<Float>](repeating: SIMD4(), count: width + 2)
    owedBelow = owed
  }

  /// Returns the colours of `pixels`.
  func picture(_ pixels: [Color?]) -> [Color?] {
    guard rendering == .dithered, width > 0 else { return pixels.map { $0.map(nearest) } }
    let values = pixels.map { SIMD4<Float>($0 ?? Color(0, 0, 0)) }
    return Self.diffuse(values, upTo: 255, width: width) { value, index in
      dithered(value, of: pixels[index])
    }.enumerated().map { pixels[$0.offset] == nil ? nil : $0.element }
  }

  /// Returns which dots to light so that each region is as light as in `lights` (0…1, in rows of
  /// `width`).
  static func dots(_ lights: [Double], width: Int) -> [Bool] {
    guard width > 0 else { return [] }
    return diffuse(lights.map { SIMD4(Float($0), 0, 0, 0) }, upTo: 1, width: width) { value, _ in
      value.x >= 0.5 ? (true, SIMD4(1, 0, 0, 0)) : (false, SIMD4())
    }
  }

  /// Returns the choice that `choose` makes for each value and its index; `choose` also returns the value
  /// that its choice shows, and the error goes to the next neighbour and to those below.
  ///
  /// Inlined with `choose`: it is called for every pixel of a photo.
  @inline(__always)
  static func diffuse<Choice>(
    _ values: [SIMD4<Float>], upTo limit: Float, width: Int,
    choose: (SIMD4<Float>, Int) -> (Choice, SIMD4<Float>)
  ) -> [Choice] {
    let most = SIMD4<Float>(repeating: limit)
    var values = values
    var choices: [Choice] = []
    choices.reserveCapacity(values.count)
    for row in 0..<values.count / max(width, 1) {
      let first = row * width
      let step = row % 2 == 0 ? 1 : -1
      for place in 0..<width {
        let x = step > 0 ? place : width - 1 - place
        let index = first + x
        // An error that no colour can make up for is not carried on for ever.
        var value = values[index]
        value.replace(with: SIMD4(), where: value .< SIMD4())
        value.replace(with: most, where: value .> most)
        let (choice, shown) = choose(value, index)
        choices.append(choice)
        let error = (value - shown) * 0.0625
        let hasNext = (0..<width).contains(x + step)
        if hasNext { values[index + step] += error * 7 }
        guard index + width < values.count else { continue }
        if (0..<width).contains(x - step) { values[index + width - step] += error * 3 }
        values[index + width] += error * 5
        if hasNext { values[index + width + step] += error }
      }
      guard step < 0 else { continue }
      for place in 0..<width / 2 { choices.swapAt(first + place, first + width - 1 - place) }
    }
    return choices
  }

  /// Returns the nearest colour that the rendering allows.
  private func nearest(_ color: Color) -> Color {
    if case .colors(let colors) = rendering, let found = color.nearest(of: colors) { return found }
    return Color.palette256(color.palette256)
  }

  /// Returns the colour of a dithered pixel that should be `wanted`, with the errors of others, and the value
  /// that it shows: a grey where its `own` colour is hardly another.
  ///
  /// The palette's colours lie far apart, so that a little red would become red specks. The weaker a
  /// colour, the less hue it owes and is owed.
  private func dithered(
    _ wanted: SIMD4<Float>, of own: Color?
  ) -> (color: Color, shown: SIMD4<Float>) {
    guard let own else {
      let color = nearest(Color(wanted))
      return (color, SIMD4(color))
    }
    func grey(_ value: SIMD4<Float>) -> SIMD4<Float> {
      SIMD4(repeating: (value * .lightness).sum())
    }
    let (light, strength) = (grey(wanted), own.hueStrength)
    guard strength > 0 else {
      let color = Color.palette256(Color(light).palette256)
      return (color, wanted - light + SIMD4(color))
    }
    let ownHue = SIMD4(own) - grey(SIMD4(own))
    let hue = ownHue + (wanted - light - ownHue) * strength
    let color = nearest(
      Color((light + hue).clamped(lowerBound: SIMD4(), upperBound: SIMD4(repeating: 255))))
    let chosen = SIMD4<Float>(color)
    let error = light - grey(chosen) + (hue - chosen + grey(chosen)) * strength
    return (color, wanted - error)
  }

  /// Begins a row of cells; returns its columns in the order in which they are to be quantised.
  mutating func columns(ofRow row: Int) -> [Int] {
    self.row = row
    step = rendering == .dithered && row % 2 == 1 ? -1 : 1
    (owed, owedBelow) = (owedBelow, [SIMD4<Float>](repeating: SIMD4(), count: width + 2))
    return step > 0 ? Array(0..<width) : (0..<width).reversed()
  }

  /// Replaces the two colours of a cell; a cell of one colour is divided in two.
  ///
  /// The error of the first goes to the second, and what is left of both to the cells beside and below.
  mutating func quantise(_ fit: inout GlyphFitter.Fit, column: Int) {
    guard rendering == .dithered else {
      quantiseAlone(&fit)
      return
    }
    if fit.foreground == fit.background {
      // Not always the same half first, which would make lines.
      fit.scalar = ((row + column) % 2 == 0 ? Glyph.upper : .lower).scalar
    }
    let share =
      Float(GlyphSet.shapeOf[fit.scalar]?.nonzeroBitCount ?? 0) / Float(GlyphShape.count)
    let place = column + 1
    func wanted(_ color: Color, _ owed: SIMD4<Float>) -> SIMD4<Float> {
      (SIMD4(color) + owed).clamped(lowerBound: SIMD4(), upperBound: SIMD4(repeating: 255))
    }
    let foreground = wanted(fit.foreground, owed[place])
    let (color, shown) = dithered(foreground, of: fit.foreground)
    fit.foreground = color
    let first = foreground - shown
    // What a large part lacks is more than a small one can make up for.
    let handed = min(share, 1 - share)
    let background = wanted(
      fit.background, owed[place] + first * (handed / max(1 - share, .leastNormalMagnitude)))
    let (ground, shownBehind) = dithered(background, of: fit.background)
    fit.background = ground
    let error =
      (first * (share - handed) + (background - shownBehind) * (1 - share)) / 16
    owed[place + step] += error * 7
    owedBelow[place - step] += error * 3
    owedBelow[place] += error * 5
    owedBelow[place + step] += error
  }

  /// Replaces the two colours of a cell that has no part in dithering, as a frame.
  func quantiseAlone(_ fit: inout GlyphFitter.Fit) {
    (fit.foreground, fit.background) = (nearest(fit.foreground), nearest(fit.background))
  }
}

extension Color {
  /// How much of a hue is seen beside other colours: 0 where it is hardly more than a grey, 1 from three times
  /// as much on; of dark colours nobody sees much.
  fileprivate var hueStrength: Float {
    let most = Float(max(red, green, blue))
    let spread = most - Float(min(red, green, blue))
    let unseen = max(14, 64 - 2 * most / 3)
    return min(max((spread - unseen) / (2 * unseen), 0), 1)
  }

  /// Returns the nearest of `colors`; nil if there are none.
  public func nearest(of colors: [Color]) -> Color? {
    colors.min { distance(to: $0) < distance(to: $1) }
  }
}
