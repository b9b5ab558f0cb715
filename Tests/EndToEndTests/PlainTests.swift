import Foundation
import Testing

/// The program for people who hear their terminal.
@Suite(.serialized) struct PlainTests {
  private static let small = "--sample zone-plate --weights mobilenet-0.25 --resolution 64"

  @Test(.enabled(if: TmuxScreen.tmux != nil, "tmux is not installed"))
  func theCursorStandsOnWhatChanged() throws {
    let screen = try TmuxScreen(
      command: "\(quoted(Program.path)) \(Self.small) --plain; echo status=$?; read line")
    #expect(try screen.waits { $0.contains("Layer 1 of 30: conv1") && $0.contains("The answer: ") })
    #expect(try screen.variable("cursor_flag") == "1")
    // The last thing that is said by itself.
    #expect(try screen.shows("It takes "))
    try screen.press("Down")
    #expect(try screen.shows("Layer 2 of 30: conv2_1_dw, depthwise 3 by 3"))
    let row = try #require(
      try screen.text().split(separator: "\n", omittingEmptySubsequences: false)
        .firstIndex { $0.hasPrefix("Layer 2 of 30") })
    #expect(try screen.waits { _ in try screen.variable("cursor_y") == "\(row)" })
    try screen.press("g")
    #expect(try screen.shows("conv2_1_dw, its 8 channels by index."))
    // What is shown is text, and nothing but.
    let text = try screen.text()
    #expect(text.unicodeScalars.allSatisfy { $0.value < 0x7F }, "\(text)")
    try screen.press("q", "q")
    #expect(try screen.shows("status=0"))
    #expect(try screen.variable("alternate_on") == "0")
    #expect(try screen.variable("cursor_flag") == "1")
  }

  @Test func aPipeGetsSentencesInPlaceOfPictures() throws {
    let image = FileManager.default.currentDirectoryPath + "/Samples/Images/zone-plate.png"
    for arguments in [
      ["heatmap", image, "--layer", "conv1"], [image], ["explore", image],
    ] {
      let printed = try Program.run(
        arguments + ["--weights", "mobilenet-0.25", "--resolution", "64", "--plain"])
      #expect(printed.status == 0, "\(printed.errors)")
      #expect(printed.output.contains("It is strongest "), "\(printed.output)")
      #expect(!printed.output.contains("▀"))
    }
  }
}
