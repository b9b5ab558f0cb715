import Cells
import MobileNet

/// The bindings that several screens share.
enum Bindings {
  /// What works on every screen, unless the screen does something else with the key.
  static let everywhere: [Binding] =
    Registry.shortcuts.flatMap { $0.shortcuts } + always

  /// What works on every screen, and whatever else the footer has no room for.
  private static let always: [Binding] = [
    Binding(
      steps: [.character("["), .character("]")], "[ ]", help: "Go to the image before or after."
    ) { step, state in state.live == nil ? .albumMoved(by: step) : nil },
    Binding([.character("s")], "s", label: "save", rank: .second, help: "Save what is seen.") {
      _, state in
      state.screen == .save ? nil : .opened(.save)
    },
    Binding(
      [.character("y")], "y", help: "Copy the numbers under the cursor (OSC 52).",
      action: .copied),
    Binding(
      [.character("M")], "M", help: "Let the mouse select, or leave it to the terminal.",
      action: .mouseSwitched),
    Binding(
      [.control("z")], "Ctrl-Z", help: "Suspend; the shell's fg comes back.", action: .suspended),
    Binding(
      [.escape, .character("q")], "Esc", label: "back", rank: .last,
      help: "Go back to the screen before; so does q, where letters are keys."
    ) { _, state in
      state.screens.count > 1 ? .wentBack : nil
    },
    Binding(
      [.character("q")], "q", label: "quit", rank: .last,
      help: "On the layers: quit; it asks first where something is marked or switched off."
    ) { _, state in
      guard state.screens.count == 1 else { return nil }
      return state.losses.isEmpty ? .quit : .leave(.asked(about: state.losses))
    },
    Binding([.control("c")], "Ctrl-C", help: "Quit at once.", action: .quit),
    Binding(
      [.character("?"), .function(1)], "?", label: "help", rank: .last,
      help: "List every key (also F1)."
    ) { _, state in
      state.screen == .help ? nil : .opened(.help)
    },
  ]

  /// What a running stream answers to, on every screen.
  static let live: [Binding] = [
    Binding(
      [.character(" ")], "space", label: "pause", help: "Stop the frames."
    ) { _, state in
      state.live?.end == nil && state.live?.isPaused == false ? .live(.pauseSwitched) : nil
    },
    Binding(
      [.character(" ")], "space", label: "go on", help: "Let frames come again."
    ) { _, state in
      state.live?.end == nil && state.live?.isPaused == true ? .live(.pauseSwitched) : nil
    },
    Binding(
      steps: [.character(","), .character(".")], ", .", label: "frame",
      help: "Go to the frame before or after."
    ) { step, _ in
      .live(.stepped(back: step < 0))
    },
    Binding(
      [.character("R")], "R", label: "record",
      help: "Write the last ten seconds of this channel to a file; in prob, of the answers.",
      action: .live(.recordingAsked)),
  ]

  /// Up and down through the layers.
  static let layers: [Binding] = [
    Binding(
      steps: [.up, .down, .character("k"), .character("j")], "↑↓", label: "layer",
      help: "Go to the layer before or after (also k and j)."
    ) { step, _ in
      .layerMoved(by: step)
    },
    Binding(
      steps: [.pageUp, .pageDown, .control("u"), .control("d")], "PgUp PgDn",
      help: "Go five layers back or forth (also Ctrl-U and Ctrl-D)."
    ) { step, _ in .layerMoved(by: 5 * step) },
    Binding(
      [.home, .end], "Home End", help: "Go to the first or the last layer."
    ) { key, _ in
      .layerSelected(key == .home ? 0 : .max)
    },
  ]

  /// One layer back or forth, where the arrows do something else.
  static let layer = Binding(
    steps: [.character("k"), .character("j")], "k j", label: "layer",
    help: "Go to the layer before or after; the cursor stays at its place."
  ) { step, _ in .layerMoved(by: step) }

  /// The same, where pages turn nothing else.
  static let layerByLayer = Binding(
    steps: [.character("k"), .character("j"), .pageUp, .pageDown], "k j", label: "layer",
    help: "Go to the layer before or after (also PgUp and PgDn); the cursor stays at its place."
  ) { step, _ in .layerMoved(by: step) }

  /// Another photo beside the one that is looked at.
  static func otherPhoto(_ action: Intent) -> Binding {
    Binding(
      [.character("I")], "I", label: "other photo", help: "Set another photo beside this one.",
      action: action)
  }

  /// Something done once more.
  static func again(_ help: String, _ action: Intent) -> Binding {
    Binding([.character("Z")], "Z", label: "again", help: help, action: action)
  }

  /// A part of the network taken to be zero, where a channel is shown.
  static func switchOff(
    _ part: @escaping @Sendable (ExplorerState) -> Patch = { $0.core.channelSwitch }
  ) -> Binding {
    Binding(
      [.character("x")], "x", label: "off", rank: .second,
      help: "Switch off this channel, the marked channels or the marked area, and see the answer."
    ) { _, state in
      state.run == nil ? nil : .patched(part(state))
    }
  }

  /// The arrows, told apart as steps to the right and down.
  static func arrows(
    _ label: String, action: @escaping @Sendable (_ x: Int, _ y: Int) -> Intent
  ) -> Binding {
    Binding([.up, .down, .left, .right], "↑↓←→", label: label, help: "Move the cursor.") {
      key, _ in
      switch key {
      case .up: action(0, -1)
      case .down: action(0, 1)
      case .left: action(-1, 0)
      default: action(1, 0)
      }
    }
  }

  /// One channel back or forth, where the arrows do something else.
  static let channelByChannel = Binding(
    steps: [.character("<"), .character(">")], "< >", label: "channel",
    help: "Show the channel before or after."
  ) { step, _ in
    .channelMoved(by: step)
  }

  /// Left and right through the channels.
  static let channels: [Binding] = [
    Binding(
      steps: [.left, .right], "←→", label: "channel", help: "Show the channel before or after."
    ) { step, _ in .channelMoved(by: step) },
    Binding(
      steps: [.character("<"), .character(">")], "< >", help: "Go ten channels back or forth."
    ) { step, _ in .channelMoved(by: 10 * step) },
  ]

  /// How heatmaps look.
  static let view: [Binding] =
    [
      Binding(
        [.character("a")], "a", label: "scale", rank: .second,
        help: "Colour range: this channel, this layer, or fixed.",
        action: .rangeCycled),
      Binding(
        [.character("b")], "b", label: "photo", rank: .second,
        help: "Lay the channel over the photo, or show it alone.",
        action: .overlaySwitched),
    ] + tones

  /// How values become colours, whatever they are spread over.
  static let tones: [Binding] = [
    Binding(
      [.character("r")], "r", help: "Spread them linearly or by square root.",
      action: .curveCycled),
    Binding(
      [.character("m")], "m", label: "colours", rank: .second, help: "Take the next colour map.",
      action: .colorMapCycled),
  ]
}

extension Screen {
  /// A letter that leads to the screen, and means nothing there.
  static func shortcut(_ letter: Character, label: String? = nil, help: String) -> Binding {
    Binding([.character(letter)], String(letter), label: label, help: help) { [id] _, state in
      state.screen == id ? nil : .opened(id)
    }
  }
}
