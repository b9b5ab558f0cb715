import MobileNet

/// What is switched off in the network that all screens show.
public struct AblationState: Equatable, Sendable {
  /// What was switched off, one after another.
  public var switches: [SwitchOff] = []
  /// The run with nothing switched off; nil while that is the one shown.
  public var original: Numbered<Trace>?

  /// Nothing switched off.
  public init() {}

  /// How much is off, in words: `3 channels and 1 area off`; nil for nothing.
  var summary: String? {
    var channels: [Int: Set<Int>] = [:]
    var areas = 0
    for part in switches {
      switch part.part {
      case .channels(let some): channels[part.layer, default: []].formUnion(some)
      case .area: areas += 1
      }
    }
    let count = channels.values.reduce(0) { $0 + $1.count }
    let counts = [(count, "channel"), (areas, "area")].filter { $0.0 > 0 }.map {
      "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")"
    }
    return counts.isEmpty ? nil : counts.joined(separator: " and ") + " off"
  }
}

/// What can happen to what is switched off.
public enum AblationAction: Equatable, Sendable {
  /// A part of the network was to be switched off.
  case switchedOff(SwitchOff)
  /// The last switch was to be turned back.
  case undone
  /// The answer is there: what the run numbered `original` becomes with `switches` off.
  case reran(original: Int, [SwitchOff], Numbered<Trace>)
}

/// Applies what happened to what is switched off.
func reduce(_ state: inout ExplorerState, _ action: AblationAction) -> [Effect] {
  switch action {
  case .switchedOff(let part):
    guard let run = state.ablation.original ?? state.run else { return [] }
    guard state.layers[part.layer].canBeSwitchedOff else {
      state.message = Message("Only what comes before fc7 can be switched off.", isError: true)
      return []
    }
    state.open(.ablation)
    guard !state.ablation.switches.contains(part) else {
      state.message = Message("That is off already; u turns it on again.")
      return []
    }
    state.ablation.original = run
    state.ablation.switches.append(part)
  case .undone:
    guard state.ablation.switches.popLast() != nil else { return [] }
    if state.ablation.switches.isEmpty {
      state.run = state.ablation.original ?? state.run
      state.ablation.original = nil
    }
  case .reran(let original, let switches, let run):
    // The answer to what was asked before another switch comes too late.
    guard state.ablation.switches == switches, !state.showNext(as: run, original: original),
      state.ablation.original?.number == original
    else { return [] }
    state.run = run
    return []
  }
  return state.missingRerun
}

extension ExplorerState {
  /// The effect that computes what is shown from the run with nothing switched off.
  var missingRerun: [Effect] {
    guard let original = ablation.original, !ablation.switches.isEmpty else { return [] }
    return [.rerun(model, original, ablation.switches)]
  }

  /// What `x` switches off: the marked area, the marked channels, or else the channel shown.
  var switchOff: SwitchOff {
    if screen == .zoom, let area = zoom.area, layer.output.places > 1 {
      return SwitchOff(layer: place.layer, part: .area(rows: area.rows, columns: area.columns))
    }
    let marked = markedChannels
    let channels = screen == .grid && !marked.isEmpty ? marked : [channel]
    return SwitchOff(layer: place.layer, part: .channels(channels))
  }
}

extension Layer {
  /// Whether layers follow that make something else of its output.
  var canBeSwitchedOff: Bool { kind != .fullyConnected && kind != .softmax }
}
