import MobileNet
import Testing

@testable import Reports

@Suite struct LayerTests {
  /// Table 1 of the paper and the Caffe model give these numbers.
  @Test func theFormulasCarryTheNumbersOfTheLayer() {
    let architecture = Architecture(padding: .same, activation: .relu6)
    let layers = architecture.layers(resolution: 224)
    let facts = layers.indices.map {
      LayerFacts(position: $0, layers: layers)
    }
    #expect(facts[0].parameterFormula == "3·3·3·32 + 32 = 896")
    #expect(facts[0].multiplyAddFormula == "112·112 · 3·3·3·32 = 10.8 M")
    #expect(facts[3].settings == "stride 2 ─ pads 0 before, 1 after ─ ReLU6")
    #expect(facts[3].parameterFormula == "3·3·64 + 64 = 640")
    #expect(facts[4].operation == "pointwise 1×1")
    #expect(facts[4].parameterFormula == "64·128 + 128 = 8,320")
    #expect(facts[28].parameterFormula == "1024·1000 + 1000 = 1,025,000")
    #expect(facts[29].parameterFormula == "none")
  }

  /// Side 315 and step 32 before pooling are what Distill's table gives for MobileNet v1.
  @Test func theReceptiveFieldGrowsAsPublished() {
    let layers = Architecture().layers(resolution: 224)
    let fields = layers.receptiveFields()
    #expect(fields[0].side == 3 && fields[0].step == 2)
    #expect(fields[26].side == 315 && fields[26].step == 32)
    #expect(fields[0].rows(0) == 0..<2)
    #expect(fields[0].rows(111) == 221..<224)
  }
}
