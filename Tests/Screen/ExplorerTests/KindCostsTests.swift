import Cells
import Foundation
import MobileNet
import Testing

@testable import Explorer

/// Two networks beside each other share one scale.
@Suite struct KindCostsTests {
  private func bars(_ layers: [Layer], beside compared: [Layer]) -> [Int] {
    var cells = CellBuffer(size: Size(width: 80, height: KindCosts.rows))
    KindCosts(layers: layers, compared: compared).draw(
      in: Rect(x: 0, y: 0, width: 80, height: KindCosts.rows), of: &cells)
    return cells.lines.map { line in line.count { $0 == "█" } }
  }

  @Test func theBarsOfTheSmallerNetworkAreShorter() {
    let small = Architecture(width: 0.5, classes: 10).layers(resolution: 224)
    let large = Architecture(width: 1, classes: 10).layers(resolution: 224)
    // The pointwise layers' multiply-adds, as the papers count them: 1 × 1 × M × N × F × F.
    func work(_ layers: [Layer]) -> Double {
      layers.filter { $0.kind == .pointwise }.reduce(0) {
        $0 + Double($1.input.channels * $1.output.count)
      }
    }
    let (own, other) = (bars(small, beside: large), bars(large, beside: small))
    let row = KindCosts.rows - 2
    #expect(abs(Double(own[row]) - Double(other[row]) * work(small) / work(large)) <= 1)
    #expect(bars(small, beside: [])[row] == other[row])
  }

  /// On a logarithmic scale: a column of all rows for the most parameters, half of them for their root.
  @Test func theStripHasAColumnForEachLayerThatHasParameters() throws {
    let layers = Architecture(width: 1, classes: 10).layers(resolution: 224)
    var cells = CellBuffer(size: Size(width: 90, height: 9))
    LayerStrip(layers: layers).draw(in: Rect(x: 0, y: 0, width: 90, height: 9), of: &cells)
    let most = try #require(layers.map(\.parameters).max())
    for (index, layer) in layers.enumerated() {
      let filled = (1..<9).count { cells[3 * index, $0].text != " " }
      let share = log(Double(max(1, layer.parameters))) / log(Double(most))
      #expect(abs(Double(filled) - 8 * share) <= 1, "\(layer.name)")
      #expect((layer.parameters == 0) == (filled == 0), "\(layer.name)")
    }
  }
}
