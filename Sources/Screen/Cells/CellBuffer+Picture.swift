extension CellBuffer {
  /// The picture that `make` makes of `key` for the cells from column `x` and row `y` on; where it was
  /// made of the same before, that.
  public func picture(
    x: Int, y: Int, of key: some Equatable & Sendable, make: () -> PixelPicture
  ) -> PixelPicture {
    memory?.picture(at: CellPoint(x: x, y: y), of: key, make: make) ?? make()
  }

  /// Draws `picture` with its first pixel in the cell in column `x` and row `y`, as characters or
  /// as pixels, depending on `capabilities`.
  ///
  /// Cells with an outline are bold, which marks them where pictures are drawn in ink.
  public mutating func draw(_ picture: PixelPicture, x: Int, y: Int) {
    if let pixels = capabilities.pixels {
      place(picture, x: x, y: y, by: pixels)
      return
    }
    let cells = signs(of: picture, at: CellPoint(x: x, y: y))
    let size = picture.size
    // Of a photo's colours few are exactly equal, and each that differs is sent.
    let isPhoto = picture.rendering == .dithered && capabilities.colors == .trueColor
    for row in 0..<size.height {
      var last = Style()
      for column in 0..<size.width where contains(x: x + column, y: y + row) {
        var cell = cells[row * size.width + column]
        if isPhoto {
          cell.style.keepColors(of: last, isBlank: cell.glyph == .space)
          last = cell.style
        }
        if let outline = picture.outlineColor(cellX: column, cellY: row) {
          cell.style.bold = true
          // Nothing of the picture shines through a frame of ink.
          if capabilities.drawsInk {
            (cell.style.foreground, cell.style.background) = (outline, outline)
          }
        }
        self[x + column, y + row] = cell
      }
    }
  }

  /// Returns the cells of `picture`; cells that did not change since it was last drawn at `place`
  /// are reused.
  private func signs(of picture: PixelPicture, at place: CellPoint) -> [Cell] {
    let last = memory?.drawn(picture, at: place, for: capabilities)
    if let last, last.isSame { return last.last.cells }
    let cells =
      switch picture.density {
      case GlyphSet.half.density: picture.inked(for: capabilities).halves(capabilities.colors)
      case GlyphSet.braille.density: picture.dots(capabilities.colors)
      default: picture.mosaic(capabilities.glyphs, capabilities.colors, after: last?.last)
      }
    memory?.keep(
      PictureMemory.Drawn(picture: picture, capabilities: capabilities, cells: cells), at: place)
    return cells
  }
}

extension Style {
  /// Takes the colours of `last`, the cell to the left, where nobody sees a difference; of a blank,
  /// whose foreground does not show, all of that.
  fileprivate mutating func keepColors(of last: Style, isBlank: Bool) {
    func looksLike(_ color: Color?, _ other: Color?) -> Bool {
      guard let color, let other else { return false }
      let difference = SIMD4(color) - SIMD4(other)
      return (difference * difference).max() <= Self.unseen * Self.unseen
    }
    if isBlank && background != nil || looksLike(foreground, last.foreground) {
      foreground = last.foreground ?? foreground
    }
    if looksLike(background, last.background) { background = last.background }
  }

  /// The largest difference in red, green or blue, of 255, that is not seen.
  private static let unseen: Float = 3
}

extension PixelPicture {
  /// Returns a photo for dark ink on a light background: in negative, with each colour's hue kept.
  fileprivate func inked(for capabilities: Capabilities) -> PixelPicture {
    guard capabilities.drawsInk, capabilities.scheme.isLight, rendering == .dithered else {
      return self
    }
    var picture = self
    picture.pixels = pixels.map { color in
      color.map { Color(SIMD4($0) + Float(255 * (1 - 2 * $0.lightness))) }
    }
    return picture
  }

  /// Returns cells with two pixels each.
  fileprivate func halves(_ depth: Capabilities.ColorDepth) -> [Cell] {
    var picture = self
    if depth == .palette256 {
      picture.pixels = Quantiser(rendering, width: width).picture(pixels)
    }
    var cells: [Cell] = []
    cells.reserveCapacity(width * height / 2)
    for row in 0..<height / 2 {
      for column in 0..<width {
        let (upper, lower) = (picture[column, 2 * row], picture[column, 2 * row + 1])
        let cell =
          switch (upper, lower) {
          case (nil, nil): Cell()
          case (nil, let lower): Cell(.lower, Style(foreground: lower))
          case (let upper, nil): Cell(.upper, Style(foreground: upper))
          case (let upper, let lower):
            Cell(.upper, Style(foreground: upper, background: lower))
          }
        cells.append(cell)
      }
    }
    return cells
  }

  /// Returns for each cell the character that looks most like its 4 × 12 pixels; cells with the
  /// same pixels as in `last` keep their character.
  fileprivate func mosaic(
    _ glyphs: GlyphSet, _ depth: Capabilities.ColorDepth, after last: PictureMemory.Drawn?
  ) -> [Cell] {
    var fitter = GlyphFitter(glyphs)
    let size = size
    var cells = [Cell](repeating: Cell(), count: size.width * size.height)
    var block = [SIMD4<Float>](repeating: SIMD4(), count: GlyphShape.count)
    var quantiser = depth == .palette256 ? Quantiser(rendering, width: size.width) : nil
    // With dithering a cell depends on its neighbours, so none is reused.
    let last = quantiser == nil ? last.flatMap { $0.picture.size == size ? $0 : nil } : nil
    let (lastPicture, lastCells) = (last?.picture, last?.cells ?? [])
    for row in 0..<size.height {
      for column in quantiser?.columns(ofRow: row) ?? Array(0..<size.width) {
        if let lastPicture, isSame(as: lastPicture, cellX: column, cellY: row) {
          cells[row * size.width + column] = lastCells[row * size.width + column]
          continue
        }
        // Most cells of an enlarged picture have one colour.
        if let color = color(ofCellX: column, cellY: row) {
          var fit = GlyphFitter.Fit(scalar: " ", foreground: color, background: color)
          quantiser?.quantise(&fit, column: column)
          cells[row * size.width + column] = Cell(
            Glyph(narrow: fit.scalar),
            Style(foreground: fit.foreground, background: fit.background))
          continue
        }
        let parts = read(cellX: column, cellY: row, into: &block)
        if parts.drawn == 0 { continue }
        var fit: GlyphFitter.Fit
        var isReversed = false
        if let mask = parts.mask {
          (fit, isReversed) = Self.split(block, mask, fitter)
          quantiser?.quantiseAlone(&fit)
        } else {
          fit = fitter.fit(block)
          quantiser?.quantise(&fit, column: column)
        }
        let style =
          parts.drawn == GlyphShape.full
          ? Style(foreground: fit.foreground, background: fit.background)
          // Pixels that are not drawn show the background, on whichever side of the character they
          // lie.
          : Style(foreground: isReversed ? fit.background : fit.foreground, reverse: isReversed)
        cells[row * size.width + column] = Cell(Glyph(narrow: fit.scalar), style)
      }
    }
    return cells
  }

  /// Returns the colour that all of a cell's pixels have; nil if they differ, or are not drawn.
  private func color(ofCellX cellX: Int, cellY: Int) -> Color? {
    let first = cellY * GlyphShape.rows * width + cellX * GlyphShape.columns
    guard let color = pixels[first] else { return nil }
    for row in 0..<GlyphShape.rows {
      for place in first + row * width..<first + row * width + GlyphShape.columns {
        guard let other = pixels[place], other.red == color.red, other.green == color.green,
          other.blue == color.blue
        else { return nil }
      }
    }
    return color
  }

  /// Reads a cell's pixels.
  ///
  /// Returns the mask of those that are drawn, and if the cell has to be split in two, the mask of
  /// one part: the outlined pixels, or else the drawn ones.
  private func read(
    cellX: Int, cellY: Int, into block: inout [SIMD4<Float>]
  ) -> (drawn: UInt64, mask: UInt64?) {
    var (drawn, outlines): (UInt64, UInt64) = (0, 0)
    for row in 0..<GlyphShape.rows {
      let first = (cellY * GlyphShape.rows + row) * width + cellX * GlyphShape.columns
      for column in 0..<GlyphShape.columns {
        let index = row * GlyphShape.columns + column
        guard let color = pixels[first + column] else {
          block[index] = SIMD4()
          continue
        }
        drawn |= 1 << UInt64(index)
        block[index] = SIMD4(color)
        if hasOutline, isOutlined(x: cellX * GlyphShape.columns + column, y: first / width) {
          outlines |= 1 << UInt64(index)
        }
      }
    }
    if outlines != 0, outlines != GlyphShape.full {
      let rest = drawn & ~outlines
      guard drawn != GlyphShape.full, 2 * drawn.nonzeroBitCount >= GlyphShape.count, rest != 0
      else { return (drawn, outlines) }
      // At the end of a picture a cell that is mostly drawn is filled, so that its frame is whole.
      let inside = block.indices.filter { rest >> UInt64($0) & 1 == 1 }
      let mean = inside.reduce(SIMD4<Float>()) { $0 + block[$1] } / Float(inside.count)
      for index in block.indices where drawn >> UInt64(index) & 1 == 0 { block[index] = mean }
      return (GlyphShape.full, outlines)
    }
    return (drawn, drawn == GlyphShape.full || drawn == 0 ? nil : drawn)
  }

  /// Returns the character nearest to `mask`, with the mean colour of the pixels in the mask and
  /// that of the others; `isReversed` if the character covers the others.
  private static func split(
    _ block: [SIMD4<Float>], _ mask: UInt64, _ fitter: GlyphFitter
  ) -> (fit: GlyphFitter.Fit, isReversed: Bool) {
    var sums = (SIMD4<Float>(), SIMD4<Float>())
    for (index, pixel) in block.enumerated() {
      if mask >> UInt64(index) & 1 == 1 { sums.0 += pixel } else { sums.1 += pixel }
    }
    let count = Float(mask.nonzeroBitCount)
    let first = Color(sums.0 / count)
    let second = Color(sums.1 / max(1, Float(GlyphShape.count) - count))
    let nearest = fitter.nearest(to: mask)
    let scalar = nearest.shape.scalar
    let fit =
      nearest.isReversed
      ? GlyphFitter.Fit(scalar: scalar, foreground: second, background: first)
      : GlyphFitter.Fit(scalar: scalar, foreground: first, background: second)
    return (fit, nearest.isReversed)
  }

  /// Returns cells with eight braille dots each, lit in proportion to the lightness, in the mean
  /// colour of the lit pixels.
  fileprivate func dots(_ depth: Capabilities.ColorDepth) -> [Cell] {
    let lights = Quantiser.dots(pixels.map { $0?.lightness ?? 0 }, width: width)
    let size = size
    // Braille numbers its dots down the left side, down the right one, and the lowest two last.
    let bits = [[0, 3], [1, 4], [2, 5], [6, 7]]
    return (0..<size.width * size.height).map { place in
      let (left, top) = (place % size.width * 2, place / size.width * 4)
      var pattern: UInt32 = 0
      var sum = SIMD4<Float>()
      for y in 0..<4 {
        for x in 0..<2 where lights[(top + y) * width + left + x] {
          pattern |= 1 << UInt32(bits[y][x])
          sum += SIMD4(self[left + x, top + y] ?? Color(0, 0, 0))
        }
      }
      guard pattern > 0, let scalar = Unicode.Scalar(0x2800 + pattern) else { return Cell() }
      let color = Color(sum / Float(pattern.nonzeroBitCount))
      let shown = depth == .ansi16 ? color.purest : color.brightest
      return Cell(scalar, Style(foreground: depth == .none ? nil : shown))
    }
  }
}
