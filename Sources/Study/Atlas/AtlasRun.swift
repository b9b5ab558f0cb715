import Files
import Folders
import Foundation
import Images
import Kernels
import MobileNet
import Synchronization

/// Makes an atlas, or a shard of one: every image of a folder goes through the network once.
///
/// What is done is written down beside the output now and then, so that the same call goes on where
/// one before was ended, however that came about.
public final class AtlasRun: Sendable {
  /// How far it has come.
  public struct Progress: Equatable, Sendable {
    /// The images that are done, with those of earlier calls.
    public let done: Int
    /// The images in all.
    public let total: Int
    /// Those that could not be used.
    public let skipped: Int
  }

  private let plan: AtlasPlan
  private let walk: ImageWalk<Network>
  private let folder: String
  private let output: String
  private let values: ImageValues?
  private let state: Mutex<State>

  /// What a thread makes of an image, one after another.
  private final class Memory: Sendable {
    let summary: Mutex<ChannelSummary>

    init(channels: Int) { summary = Mutex(ChannelSummary(count: channels)) }
  }

  private struct State {
    var sums: AtlasSums
    var done = 0
    var skipped = 0
    var saved = ContinuousClock.now
    var failure: AtlasError?

    /// Notes that `image` cannot be used.
    mutating func skip(_ image: Int) {
      sums.skip(image)
      skipped += 1
    }
  }

  /// What is written down on the way: the sums, and the values of each image.
  private var progressPath: String { output + ".progress" }
  private var valuesPath: String { output + ".values" }

  /// The time between two savings.
  private let interval: Duration

  /// Makes ready to make what `plan` says of the images in `folder` on the networks of `walk`.
  ///
  /// Goes on with what is left of an earlier call; throws where that was of another plan.
  public init(
    _ plan: AtlasPlan, walk: ImageWalk<Network>, folder: String, output: String,
    savedEvery interval: Duration = .seconds(20)
  ) throws(AtlasError) {
    self.interval = interval
    self.plan = plan
    self.walk = walk
    self.folder = folder
    self.output = output
    var sums = AtlasSums(plan)
    let progress = output + ".progress"
    if FileName.kind(at: progress) != nil {
      let earlier = try AtlasPart.read(progress)
      if let difference = plan.difference(from: earlier.plan) {
        throw .another(progress, difference: difference)
      }
      guard earlier.plan.shard == plan.shard else {
        throw .another(progress, difference: "of shard \(earlier.plan.shard + 1)")
      }
      sums = earlier.sums
    }
    values =
      plan.needsValues
      ? try ImageValues(output + ".values", channels: plan.channels) : nil
    state = Mutex(
      State(
        sums: sums, done: sums.seen.count { $0 }, skipped: sums.skipped.count { $0 }))
  }

  /// The images that an earlier call did.
  public var done: Int { state.withLock { $0.done } }

  /// Runs what is left; `note` hears why an image is skipped, and `progress` of each that is done,
  /// from any thread.
  ///
  /// Writes the output and returns true, unless `stops` said to stop: then what was done is kept for
  /// the next call.
  public func run(
    stops: @escaping @Sendable () -> Bool, note: @escaping @Sendable (String) -> Void,
    progress: @escaping @Sendable (Progress) -> Void
  ) throws(AtlasError) -> Bool {
    let left = state.withLock { state in plan.share.filter { !state.sums.seen[$0] } }
    let firstChannels = Dictionary(
      uniqueKeysWithValues: zip(plan.layers.map(\.position), plan.firstChannels))
    let memories = walk.networks.map { _ in Memory(channels: plan.channels) }
    let total = plan.share.count
    walk.run(
      left.map { ImageFolder.path(of: plan.images[$0], in: folder) },
      stops: { stops() || self.state.withLock { $0.failure != nil } }
    ) { [self] index, input, thread in
      let image = left[index]
      switch input {
      case .success(let input):
        memories[thread].summary.withLock { summary in
          walk.networks[thread].run(input.tensor) { position, output, rows in
            guard let first = firstChannels[position] else { return }
            summary.take(rows: rows, of: output, at: first)
          }
          add(image, summary, note: note)
        }
      case .failure(let error):
        note("\(error), left out")
        state.withLock { $0.skip(image) }
      }
      let now = state.withLock { state in
        state.done += 1
        if ContinuousClock.now - state.saved > interval { save(&state) }
        return Progress(done: state.done, total: total, skipped: state.skipped)
      }
      progress(now)
    }
    return try finish()
  }

  private func add(_ image: Int, _ summary: ChannelSummary, note: (String) -> Void) {
    let label = plan.labels.isEmpty ? nil : plan.labels[image]
    do throws(AtlasError) {
      try values?.set(image, summary.means)
    } catch {
      state.withLock { $0.failure = error }
      return
    }
    let isUsed = state.withLock { state in
      let isUsed = state.sums.add(summary, image: image, label: label)
      if !isUsed { state.skip(image) }
      return isUsed
    }
    if !isUsed { note("\(plan.images[image]): the network overflows on it, left out") }
  }

  private func save(_ state: inout State) {
    do throws(AtlasError) {
      try AtlasPart.write(plan, state.sums, values: nil, to: progressPath)
    } catch {
      state.failure = error
    }
    state.saved = .now
  }

  /// Writes the output where all is done, or else what is done.
  private func finish() throws(AtlasError) -> Bool {
    let (sums, failure) = state.withLock { state in
      if state.failure == nil, state.done < plan.share.count { save(&state) }
      return (state.sums, state.failure)
    }
    if let failure { throw failure }
    guard plan.share.allSatisfy({ sums.seen[$0] }) else { return false }
    if plan.shards > 1 {
      try AtlasPart.write(plan, sums, values: values, to: output)
    } else {
      try Atlas.write(plan, sums, values: values, to: output)
    }
    for path in [progressPath, valuesPath] { unlink(FileName.bytes(of: path)) }
    return true
  }
}
