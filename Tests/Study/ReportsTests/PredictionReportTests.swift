import Foundation
import MobileNet
import Reports
import Testing

struct PredictionReportTests {
  private func report(_ probability: Float, calibrated: Bool) throws -> PredictionReport {
    var checkpoint = try Checkpoint.synthetic(Architecture(width: 0.25, classes: 12))
    if calibrated {
      checkpoint = checkpoint.adding(calibration: [
        .init(resolution: 224, temperature: 0.7, errorBefore: 10, error: 1)
      ])
    }
    let predictions = [
      Prediction(classIndex: 3, probability: probability),
      Prediction(classIndex: 5, probability: 0.05),
    ]
    return PredictionReport(
      [.init(image: "a.png", predictions: predictions)], checkpoint: checkpoint)
  }

  @Test func whatIsMoreLikelyWrongThanRightIsNotSure() throws {
    #expect(
      try report(0.1, calibrated: true).text
        == """
        not sure: none of 12 classes reaches 50 %
         10.0 %  class 3
          5.0 %  class 5
        """)
    #expect(try report(0.62, calibrated: true).text.hasPrefix(" 62.0 %  class 3\n"))
    // Nobody knows what these percentages mean.
    #expect(try report(0.1, calibrated: false).text.hasPrefix(" 10.0 %  class 3\n"))
  }

  @Test func scriptsAreToldWhereItIsKnown() throws {
    func sure(_ report: PredictionReport) throws -> Bool? {
      let rows = try JSONSerialization.jsonObject(with: Data(try report.json.text().utf8))
      return try #require((rows as? [[String: Any]])?.first)["sure"] as? Bool
    }
    #expect(try sure(try report(0.1, calibrated: true)) == false)
    #expect(try sure(try report(0.5, calibrated: true)) == true)
    #expect(try sure(try report(0.5, calibrated: false)) == nil)
  }
}
