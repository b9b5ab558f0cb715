import Foundation
import Images
import MobileNet
import Tensors
import Testing

/// Rows and columns of an input, where they differ.
struct ResolutionTests {
  private let wide = Resolution(height: 192, width: 256)

  @Test func whatIsSaidIsRowsAndColumns() {
    #expect(Resolution("192x256") == wide && Resolution("192×256") == wide)
    #expect(Resolution("224") == 224 && Resolution("224x224") == 224)
    #expect("\(wide)" == "192×256" && wide.code == "192x256" && Resolution(side: 96).code == "96")
    for wrong in ["", "x", "192x", "x256", "1x2x3", "wide", "19 2x256"] {
      #expect(Resolution(wrong) == nil, "\(wrong)")
    }
  }

  @Test func filesKeepASquareAsANumber() throws {
    let json = try JSONEncoder().encode([wide, 224])
    #expect(String(decoding: json, as: UTF8.self) == #"["192x256",224]"#)
    #expect(try JSONDecoder().decode([Resolution].self, from: json) == [wide, 224])
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([Resolution].self, from: Data(#"["wide"]"#.utf8))
    }
  }

  private func fit(_ fitting: Preprocessing.Fitting, _ width: Int, _ height: Int) -> [Double] {
    let preprocessing = Preprocessing(
      channelOrder: .rgb, scale: [1, 1, 1], offset: [0, 0, 0], cropFraction: 0.875,
      fitting: fitting)
    let fit = preprocessing.fit(width: width, height: height, resolution: wide)
    return [
      fit.box.left, fit.box.top, fit.box.right, fit.box.bottom, Double(fit.width),
      Double(fit.height),
    ]
  }

  /// Seven eighths of the largest part that is 4 to 3.
  @Test func theLargestPartWithTheInputsProportionsIsCut() {
    #expect(fit(.crop, 400, 300) == [25, 18.75, 375, 281.25, 256, 192])
    #expect(fit(.crop, 400, 400) == [25, 68.75, 375, 331.25, 256, 192])
    #expect(fit(.crop, 800, 300) == [225, 18.75, 575, 281.25, 256, 192])
    #expect(fit(.stretch, 400, 400) == [25, 25, 375, 375, 256, 192])
    #expect(fit(.pad, 400, 400) == [25, 25, 375, 375, 192, 192])
    #expect(fit(.pad, 800, 300) == [50, 18.75, 750, 281.25, 256, 96])
  }

  @Test func aPictureOfTheInputsSizeIsTakenWhole() {
    #expect(fit(.crop, 256, 192) == [0, 0, 256, 192, 256, 192])
    #expect(fit(.crop, 192, 256) != [0, 0, 192, 256, 256, 192])
  }

  /// A red column at the left and a green row at the top stay where they are.
  @Test func pixelsKeepTheirPlaces() {
    var bytes = [UInt8](repeating: 0, count: 3 * 256 * 192)
    for row in 0..<192 { bytes[3 * 256 * row] = 200 }
    for column in 0..<256 { bytes[3 * column + 1] = 100 }
    let pixels = Pixels(width: 256, height: 192, bytes: bytes)
    let preprocessing = Preprocessing(
      channelOrder: .rgb, scale: [1, 1, 1], offset: [0, 0, 0])
    let input = PreparedInput(
      pixels, fit: preprocessing.fit(width: 256, height: 192, resolution: wide),
      resolution: wide, preprocessing: preprocessing)
    #expect(input.tensor.shape == Shape(height: 192, width: 256, channels: 3))
    #expect(input.tensor[191, 0, 0] == 200 && input.tensor[191, 1, 0] == 0)
    #expect(input.tensor[0, 255, 1] == 100 && input.tensor[1, 255, 1] == 0)
  }

  @Test func fieldsEndWhereTheInputDoes() throws {
    let layers = Architecture(padding: .same).layers(
      resolution: Resolution(height: 150, width: 224))
    let fields = layers.receptiveFields()
    let last = try #require(layers.firstIndex { $0.name == "conv6_sep" })
    #expect(layers[last].output == Shape(height: 5, width: 7, channels: 1024))
    #expect(fields[last].rows(4).upperBound == 150 && fields[last].columns(6).upperBound == 224)
    #expect(fields[last].rows(0).lowerBound == 0 && fields[last].columns(0).lowerBound == 0)
    // conv2_2_dw reads an odd number of rows, 75, and begins one above; its 112 columns begin at 0.
    let strided = try #require(layers.firstIndex { $0.name == "conv2_2_dw" })
    #expect(layers[strided].window.before == Margin(above: 1, left: 0))
    #expect(fields[strided].rows(1) == 0..<11 && fields[strided].columns(1) == 2..<13)
    let pool = try #require(layers.firstIndex { $0.kind == .averagePooling })
    #expect(fields[pool].rows(0) == 0..<150 && fields[pool].columns(0) == 0..<224)
  }
}
