import MobileNet
import Reports

extension ScreenID { static let kernels = ScreenID("kernels") }

/// The weights of a channel, and the trail from the channel back to the pixels.
struct KernelsScreen: Screen {
  static let id = ScreenID.kernels
  static let title = "Kernels"
  static let showsLayer = true

  /// The orders of the input channels, by magnitude, the largest first.
  enum Order: String, CaseIterable, Sendable {
    /// By the weight times the channel's mean.
    case contribution = "what it adds"
    /// By the weight alone.
    case weight
  }

  /// A channel of a layer, both counted from 0.
  struct Waypoint: Equatable, Sendable {
    /// The layer.
    let layer: Int
    /// The channel.
    let channel: Int
  }

  /// The index of the line under the cursor.
  var cursor = 0
  /// The order of the list.
  var order = Order.contribution
  /// The channels on the person's way back towards the pixels, with the current one; empty before a
  /// step.
  var way: [Waypoint] = []

  /// The screen's actions.
  enum Action: Equatable, Sendable {
    /// The cursor was moved by lines.
    case moved(by: Int)
    /// A line was pointed at; pointing at the one under the cursor goes there.
    case pointed(Int)
    /// The other order was taken.
    case orderCycled
    /// A step was made to the layer before, through the input channel under the cursor.
    case wentTowardsPixels
    /// The last of these steps was taken back.
    case wentTowardsClasses
  }

  /// Begins at the input channel with the largest contribution.
  init() {}

  mutating func opened(_ core: Core, over below: ScreenID) -> [Intent] {
    way = []
    cursor = 0
    return []
  }

  mutating func reduce(_ action: Action, _ core: Core) -> [Intent] {
    switch action {
    case .moved(let steps):
      let last = max(0, (contributions(core)?.entries.count ?? 0) - 1)
      cursor = min(max(cursor + steps, 0), last)
    case .pointed(let line):
      if line == cursor { return reduce(.wentTowardsPixels, core) }
      return reduce(.moved(by: line - cursor), core)
    case .orderCycled:
      order = order.next
      cursor = 0
    case .wentTowardsPixels:
      guard core.selection.layer > 0 else { return [.opened(.input)] }
      guard let channel = strongestInput(core) else { return [] }
      let next = Waypoint(layer: core.selection.layer - 1, channel: channel)
      way = trail(core) + [here(core), next]
      cursor = 0
      return [.layerSelected(next.layer), .channelSelected(channel)]
    case .wentTowardsClasses:
      guard let step = trail(core).last else { return [] }
      way.removeLast()
      cursor = 0
      return [.layerSelected(step.layer), .channelSelected(step.channel)]
    }
    return []
  }

  mutating func networkChanged(_ core: Core) { way = [] }

  /// Returns the channels that led to the selected one, the first one first; empty if the person
  /// came another way.
  func trail(_ core: Core) -> [Waypoint] { way.last == here(core) ? way.dropLast() : [] }

  func here(_ core: Core) -> Waypoint {
    Waypoint(layer: core.selection.layer, channel: core.channel)
  }

  /// Returns the contributions to the selected channel, if its layer mixes channels.
  func contributions(_ core: Core) -> InputContributions? {
    core.run.flatMap {
      InputContributions(
        $0.value, checkpoint: core.model.checkpoint, position: core.selection.layer,
        channel: core.channel, order: order)
    }
  }

  /// Returns the channel of the layer before to go back to: the one under the cursor.
  private func strongestInput(_ core: Core) -> Int? {
    guard let contributions = contributions(core) else {
      return core.run == nil ? nil : core.channel
    }
    let entries = contributions.entries
    return entries.isEmpty ? nil : entries[min(cursor, entries.count - 1)].channel
  }

  func numbers(_ core: Core) -> String? {
    guard let entries = contributions(core)?.entries, entries.indices.contains(cursor) else {
      return nil
    }
    let input = entries[cursor]
    return "\(core.channelName) input \(input.channel): weight \(NumberText.exact(input.weight)) "
      + "mean \(NumberText.exact(input.mean)) adds \(NumberText.exact(input.contribution))"
  }
}

extension Intent {
  /// Makes an intent of an action of this screen.
  static func kernels(_ action: KernelsScreen.Action) -> Intent {
    .screen(ScreenAction(KernelsScreen.self, action))
  }
}
