/// Converts a picture's colours to xterm's 256.
struct Quantiser {
  private let rendering: PixelPicture.Rendering
  /// The colour errors carried over to the cells of the current row from those before and above.
  private var owed: [SIMD4<Float>] = []
  private var owedBelow: [SIMD4<Float>] = []

  init(_ rendering: PixelPicture.Rendering) { self.rendering = rendering }

  /// Returns the colours of `pixels`, in rows of `width`; with dithering by Floyd and Steinberg's
  /// error diffusion ("An Adaptive Algorithm for Spatial Greyscale", 1976).
  func picture(_ pixels: [Color?], width: Int) -> [Color?] {
    guard rendering == .dithered, width > 0 else { return pixels.map { $0.map(nearest) } }
    let values = pixels.map { SIMD4<Float>($0 ?? Color(0, 0, 0)) }
    return Self.diffuse(values, upTo: 255, width: width) { value in
      let color = nearest(Color(value))
      return (color, SIMD4(color))
    }.enumerated().map { pixels[$0.offset] == nil ? nil : $0.element }
  }

  /// Returns which dots to light so that each region is as light as in `lights` (0…1, in rows of
  /// `width`).
  static func dots(_ lights: [Double], width: Int) -> [Bool] {
    guard width > 0 else { return [] }
    return diffuse(lights.map { SIMD4(Float($0), 0, 0, 0) }, upTo: 1, width: width) { value in
      value.x >= 0.5 ? (true, SIMD4(1, 0, 0, 0)) : (false, SIMD4())
    }
  }

  /// Returns the choice that `choose` makes for each value; `choose` also returns the value that
  /// its choice shows, and the error goes to the neighbours to the right and below.
  static func diffuse<Choice>(
    _ values: [SIMD4<Float>], upTo limit: Float, width: Int,
    choose: (SIMD4<Float>) -> (Choice, SIMD4<Float>)
  ) -> [Choice] {
    var values = values
    var choices: [Choice] = []
    choices.reserveCapacity(values.count)
    for index in values.indices {
      // An error that no colour can make up for is not carried on for ever.
      let value = values[index].clamped(
        lowerBound: SIMD4(), upperBound: SIMD4(repeating: limit))
      let (choice, shown) = choose(value)
      choices.append(choice)
      let error = (value - shown) / 16
      let x = index % width
      if x + 1 < width { values[index + 1] += error * 7 }
      guard index + width < values.count else { continue }
      if x > 0 { values[index + width - 1] += error * 3 }
      values[index + width] += error * 5
      if x + 1 < width { values[index + width + 1] += error }
    }
    return choices
  }

  /// Returns the nearest colour that the rendering allows.
  private func nearest(_ color: Color) -> Color {
    if case .colors(let colors) = rendering, let found = color.nearest(of: colors) { return found }
    return Color.palette256(color.palette256)
  }

  /// Begins a row of `width` cells.
  mutating func beginRow(width: Int) {
    owed = owedBelow.isEmpty ? [SIMD4<Float>](repeating: SIMD4(), count: width + 1) : owedBelow
    owedBelow = [SIMD4<Float>](repeating: SIMD4(), count: width + 1)
  }

  /// Replaces the two colours of a cell; their common error goes to the cells beside and below.
  mutating func quantise(_ fit: inout GlyphFitter.Fit, column: Int) {
    guard rendering == .dithered else {
      (fit.foreground, fit.background) = (nearest(fit.foreground), nearest(fit.background))
      return
    }
    let share =
      Float(GlyphSet.shapeOf[fit.scalar]?.nonzeroBitCount ?? 0) / Float(GlyphShape.count)
    func wanted(_ color: Color) -> SIMD4<Float> {
      (SIMD4(color) + owed[column])
        .clamped(lowerBound: SIMD4(), upperBound: SIMD4(repeating: 255))
    }
    let (foreground, background) = (wanted(fit.foreground), wanted(fit.background))
    fit.foreground = nearest(Color(foreground))
    fit.background = nearest(Color(background))
    let error =
      ((foreground - SIMD4(fit.foreground)) * share
        + (background - SIMD4(fit.background)) * (1 - share)) / 16
    owed[column + 1] += error * 7
    owedBelow[column] += error * 5
    owedBelow[column + 1] += error
    if column > 0 { owedBelow[column - 1] += error * 3 }
  }
}

extension Color {
  /// Returns the nearest of `colors`; nil if there are none.
  func nearest(of colors: [Color]) -> Color? {
    colors.min { distance(to: $0) < distance(to: $1) }
  }
}
