// Makes a network's input of an image, as often as it is told to: for preprocess.py beside it.
//
//     preprocess-benchmark IMAGE SIDE
//
// For each line on standard input it prints how many milliseconds it took; after the last one, the
// bytes of the resized pixels.

import Foundation
import Images
import MobileNet

let arguments = CommandLine.arguments
guard arguments.count == 3, let side = Int(arguments[2]), side > 0 else {
  throw Usage()
}

/// The message for arguments that are not an image and a number.
struct Usage: Error, CustomStringConvertible {
  let description = "usage: preprocess-benchmark IMAGE SIDE"
}

var prepared: PreparedInput?
while readLine() != nil {
  let time = try ContinuousClock().measure {
    let preprocessing = Preprocessing.tensorFlow
    let image = try DecodedImage(
      contentsOf: arguments[1], forSide: preprocessing.shorterSide(for: Resolution(side: side)))
    prepared = PreparedInput(
      image, preprocessing: preprocessing, resolution: Resolution(side: side))
  }
  print(time / .milliseconds(1))
  // Or the other side would wait for a buffer to fill.
  fflush(nil)
}
if let prepared {
  print(prepared.pixels.bytes.map(String.init).joined(separator: " "))
}
