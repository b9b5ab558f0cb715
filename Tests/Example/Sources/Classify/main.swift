import Checkpoints
import Images
import MobileNet

// Loads a checkpoint, runs a photo, reads the trace, and goes back over it once.
let arguments = CommandLine.arguments
guard arguments.count == 3 else { fatalError("usage: Classify CHECKPOINT PHOTO") }

let checkpoint = try CheckpointReader.read(path: arguments[1])
let network = try Network(checkpoint)
let photo = try DecodedImage(contentsOf: arguments[2])
let input = PreparedInput(
  photo, preprocessing: checkpoint.preprocessing, resolution: network.resolution)

let trace = network.run(input.tensor)
for prediction in trace.predictions(top: 3) {
  print("\(checkpoint.label(prediction.classIndex)): \(prediction.probability)")
}
for (position, layer) in trace.layers.enumerated() {
  print("\(layer.name): \(layer.output), at most \(trace.output(at: position).maximum)")
}
if let best = trace.predictions(top: 1).first {
  let gradient = try network.gradient(of: .logit(best.classIndex), at: trace)
  print("gradient of \(checkpoint.label(best.classIndex)): \(gradient.input.shape)")
}
