import Files
import Folders
import Foundation
import Images
import Kernels
import MobileNet
import Synchronization

/// Makes an atlas, or a shard of one: runs every image of a folder through the network once.
///
/// The progress is saved beside the output now and then, so that the same call continues an earlier
/// one that ended for whatever reason.
public final class AtlasRun: Sendable {
  /// The progress of a run.
  public struct Progress: Equatable, Sendable {
    /// The number of images done, including those of earlier calls.
    public let done: Int
    /// The number of all images.
    public let total: Int
    /// The number of images that could not be used.
    public let skipped: Int
  }

  private let plan: AtlasPlan
  private let walk: ImageWalk<Network>
  private let folder: String
  private let output: String
  private let values: ImageValues?
  private let state: Mutex<State>

  /// A thread's memory for the summary of one image after another.
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

    /// Marks `image` as unusable.
    mutating func skip(_ image: Int) {
      sums.skip(image)
      skipped += 1
    }
  }

  /// The path of the sums saved on the way; `valuesPath` is that of each image's values.
  private var progressPath: String { output + ".progress" }
  private var valuesPath: String { output + ".values" }

  /// The time between two saves.
  private let interval: Duration

  /// Prepares to carry out `plan` on the images in `folder`, with the networks of `walk`.
  ///
  /// Continues an earlier call that was not finished; throws an `AtlasError` if that had another
  /// plan.
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

  /// The number of images done, including those of earlier calls.
  public var done: Int { state.withLock { $0.done } }

  /// The number of images done and used, including those of earlier calls.
  public var used: Int { state.withLock { $0.done - $0.skipped } }

  /// Runs the images that are left; `note` receives the reasons why images are skipped, and
  /// `progress` the counts after each image, from any thread.
  ///
  /// Writes the output and returns true, unless `stops` ended the run: then the progress is saved
  /// for the next call.
  public func run(
    stops: @escaping @Sendable () -> Bool, note: @escaping @Sendable (String) -> Void,
    progress: @escaping @Sendable (Progress) -> Void
  ) throws(AtlasError) -> Bool {
    let left = state.withLock { state in plan.share.filter { !state.sums.seen[$0] } }
    let firstChannels = Dictionary(
      uniqueKeysWithValues: zip(plan.layers.map(\.position), plan.firstChannels))
    let memories = walk.networks.map { _ in Memory(channels: plan.channels) }
    let total = plan.share.count
    let overflows = Overflows()
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
          add(image, summary) {
            let reason = walk.networks[thread].run(input.tensor).overflow
            overflows.add(plan.images[image], reason)
          }
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
    overflows.tell(note)
    return try finish()
  }

  /// Adds `image` to the sums, or calls `overflows` if its values are too large for them.
  private func add(_ image: Int, _ summary: ChannelSummary, overflows: () -> Void) {
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
    if !isUsed { overflows() }
  }

  private func save(_ state: inout State) {
    do throws(AtlasError) {
      try AtlasPart.write(plan, state.sums, values: nil, to: progressPath)
    } catch {
      state.failure = error
    }
    state.saved = .now
  }

  /// Writes the output if all images are done, else saves the progress.
  private func finish() throws(AtlasError) -> Bool {
    let (sums, failure) = state.withLock { state in
      if state.failure == nil, state.done < plan.share.count { save(&state) }
      return (state.sums, state.failure)
    }
    if let failure {
      // Nothing can go on with values alone.
      if FileName.kind(at: progressPath) == nil { removeProgress() }
      throw failure
    }
    guard plan.share.allSatisfy({ sums.seen[$0] }) else { return false }
    if plan.shards == 1, sums.used == 0 {
      removeProgress()
      throw .nothing(output, images: plan.images.count)
    }
    if plan.shards > 1 {
      try AtlasPart.write(plan, sums, values: values, to: output)
    } else {
      try Atlas.write(plan, sums, values: values, to: output)
    }
    removeProgress()
    return true
  }

  private func removeProgress() {
    for path in [progressPath, valuesPath] { unlink(FileName.bytes(of: path)) }
  }
}
