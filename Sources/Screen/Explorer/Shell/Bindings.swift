import Cells
import MobileNet

/// The bindings that several screens share.
enum Bindings {
  /// The bindings of every screen, unless a screen binds the key itself.
  static let everywhere: [Binding] =
    Registry.shortcuts.flatMap { $0.shortcuts } + always
    + Registry.lastShortcuts.flatMap { $0.shortcuts }

  /// The bindings of every screen besides the screens' shortcuts.
  private static let always: [Binding] = [
    Binding(
      steps: [.character("["), .character("]")], "[ ]", help: "Go to the image before or after."
    ) { step, state in state.live == nil ? .albumMoved(by: step) : nil },
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
    Binding([.control("c")], "Ctrl-C", help: "Quit at once.", action: .quit),
  ]

  /// The bindings of a running stream, on every screen.
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

  /// Moves up and down through the layers.
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

  /// Moves by a layer, where the arrows do something else.
  static let layer = Binding(
    steps: [.character("k"), .character("j")], "k j", label: "layer",
    help: "Go to the layer before or after; the cursor stays at its place."
  ) { step, _ in .layerMoved(by: step) }

  /// Moves by a layer, where the page keys do nothing else.
  static let layerByLayer = Binding(
    steps: [.character("k"), .character("j"), .pageUp, .pageDown], "k j", label: "layer",
    help: "Go to the layer before or after (also PgUp and PgDn); the cursor stays at its place."
  ) { step, _ in .layerMoved(by: step) }

  /// Binds the key that sets another photo beside the current one.
  static func otherPhoto(_ action: Intent) -> Binding {
    Binding(
      [.character("I")], "I", label: "other photo", help: "Set another photo beside this one.",
      action: action)
  }

  /// Binds the key that does something once more.
  static func again(_ help: String, _ action: Intent) -> Binding {
    Binding([.character("Z")], "Z", label: "again", help: help, action: action)
  }

  /// Binds the key that switches off a part of the network.
  static func switchOff(
    _ part: @escaping @Sendable (ExplorerState) -> Patch = { $0.core.channelSwitch }
  ) -> Binding {
    Binding(
      [.character("x")], "x", label: "off", rank: .second,
      help: "Switch off this channel, the marked channels or the marked area, and see the answer."
    ) { _, state in
      state.run == nil ? nil : .patched(part(state))
    }
    .named { $0.layers.canBePatched($0.selection.layer) }
  }

  /// Binds the arrow keys as steps to the right and down.
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

  /// Moves by a channel, where the arrows do something else.
  static let channelByChannel = Binding(
    steps: [.character("<"), .character(">")], "< >", label: "channel",
    help: "Show the channel before or after."
  ) { step, _ in
    .channelMoved(by: step)
  }

  /// Moves left and right through the channels.
  static let channels: [Binding] = [
    Binding(
      steps: [.left, .right], "←→", label: "channel", help: "Show the channel before or after."
    ) { step, _ in .channelMoved(by: step) },
    Binding(
      steps: [.character("<"), .character(">")], "< >", help: "Go ten channels back or forth."
    ) { step, _ in .channelMoved(by: 10 * step) },
  ]

  /// The bindings for the look of heatmaps.
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

  /// The bindings for the curve and the colour map.
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
  /// Binds a letter that opens the screen from any other screen.
  static func shortcut(_ letter: Character, label: String? = nil, help: String) -> Binding {
    Binding([.character(letter)], String(letter), label: label, help: help) { [id] _, state in
      state.screen == id ? nil : .opened(id)
    }
  }
}
