import Testing

@testable import Cells

@Suite struct ColorTests {
  /// matplotlib.colormaps[name](x, bytes=True) at x = 0.1, 0.37, 0.62, 0.9.
  static let matplotlib: [(ColorMap, Double, Color)] = [
    (.viridis, 0.1, Color(72, 35, 116)),
    (.viridis, 0.37, Color(44, 112, 142)),
    (.viridis, 0.62, Color(38, 172, 129)),
    (.viridis, 0.9, Color(189, 222, 38)),
    (.magma, 0.1, Color(20, 13, 53)),
    (.magma, 0.37, Color(127, 36, 129)),
    (.magma, 0.62, Color(228, 78, 100)),
    (.magma, 0.9, Color(253, 207, 146)),
  ]

  @Test(arguments: matplotlib)
  func theMapsAreThoseOfMatplotlib(map: ColorMap, position: Double, expected: Color) {
    let color = map.color(at: position)
    for component in [\Color.red, \.green, \.blue] {
      let difference = Int(color[keyPath: component]) - Int(expected[keyPath: component])
      #expect(abs(difference) <= 8, "\(map) at \(position): \(color), expected \(expected)")
    }
  }

  @Test func everyPaletteColourIsNearestToItself() {
    for index in 16..<256 {
      let color = Color.palette256(index)
      #expect(Color.palette256(color.palette256) == color)
    }
    #expect(Color(255, 255, 0).ansi16 == 11)
  }

  @Test func lighterValuesAreLighterColours() {
    for map in [ColorMap.viridis, .magma, .grey] {
      let steps = (0...64).map { map.color(at: Double($0) / 64).lightness }
      #expect(zip(steps, steps.dropFirst()).allSatisfy { $0 <= $1 })
    }
  }
}
