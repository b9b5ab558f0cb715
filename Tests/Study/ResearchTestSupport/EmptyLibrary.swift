import Learning
import Lessons
import MobileNet
import Research

/// Has no checkpoints and no atlases; takes what ends in ".weights" for a checkpoint that is damaged.
package struct EmptyLibrary: Library {
  package let bundledNames: [String] = []
  package let choices: [WeightsChoice] = []

  package init() {}

  package func checkpoint(_ name: String, said: Said) throws -> Checkpoint { throw missing(name) }
  package func facts(of name: String, at resolution: Resolution?) throws -> [WeightsFact] {
    throw Unanswerable("\(name): damaged")
  }
  package func integerAccuracy(of model: Model) -> IntegerAccuracy? { nil }
  package func mayRead(path: String) -> Bool { path.hasSuffix(".weights") }
  package func samplePath(_ name: String) throws -> String { "Samples/Images/\(name).jpg" }
  package func atlas(of model: Model, path: String?) throws -> ChannelAtlas? { nil }
  package func makeAtlas(
    of model: Model, folder: String, threads: Int?, progress: (Int, Int) throws -> Void
  ) throws -> String { throw missing(folder) }
  package func channels(
    of other: String, like channel: Int, of layer: String, in atlas: String, most: Int
  ) throws -> ChannelMatches { throw missing(other) }
  package func write(_ learned: Learned, to path: String) throws { throw missing(path) }

  private func missing(_ name: String) -> Unanswerable { Unanswerable("\(name): not here") }
}
