// Times what happens before a network can run: reading a checkpoint, and packing its weights.
//
//     swift run -c release load-benchmark Weights/Files/mobilenet-1.0.safetensors
//
// Twenty times; the file is in the system's memory after the first.

import Checkpoints
import MobileNet

guard CommandLine.arguments.count == 2 else { throw Usage() }

/// The message for an argument that is not a checkpoint.
struct Usage: Error, CustomStringConvertible {
  let description = "usage: load-benchmark CHECKPOINT"
}

var (reading, packing): ([Double], [Double]) = ([], [])
for _ in 0..<20 {
  let clock = ContinuousClock()
  let start = clock.now
  let checkpoint = try CheckpointReader.read(path: CommandLine.arguments[1])
  let isRead = clock.now
  _ = try Network(checkpoint)
  reading.append((isRead - start) / .milliseconds(1))
  packing.append((clock.now - isRead) / .milliseconds(1))
}
let whole = zip(reading, packing).map { $0 + $1 }
print("                 shortest   median (ms)")
for (name, times) in [("reading", reading), ("packing", packing), ("both", whole)] {
  let sorted = times.sorted()
  let numbers = [sorted[0], sorted[sorted.count / 2]].map { "\(($0 * 10).rounded() / 10)" }
  let space = String(repeating: " ", count: 17 - name.count)
  print(name + space + numbers.joined(separator: "       "))
}
