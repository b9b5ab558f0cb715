import Cells
import MobileNet

/// The bindings that several screens share.
enum Bindings {
  /// What works on every screen, unless the screen does something else with the key.
  static let everywhere: [Binding] =
    screens + measured + [switchedOff, undo] + find + files + always

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

  /// Other photos and other weights.
  private static let files: [Binding] = [
    Binding(
      [.character("o")], "o", label: "open", help: "Open another image."
    ) { _, state in
      state.live == nil ? .open(.began(.image)) : nil
    },
    Binding(
      [.character("w")], "w", label: "weights", help: "Take other weights or another resolution."
    ) { _, state in
      state.screen == .weights ? nil : .opened(.weights)
    },
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

  /// The screens that are gone to from every other.
  private static let screens: [Binding] = [
    screen(
      .explanation, "G", label: "why",
      help: "Show which parts of the photo made the answer, by several methods.",
      .opened(.explanation)),
    screen(.grid, "g", label: "grid", help: "Show every channel of this layer.", .opened(.grid)),
    screen(
      .lesson, "l", label: "lesson", help: "Show how this layer made this value.",
      .opened(.lesson)),
    Binding(
      [.character("W")], "W",
      help: "Ask what you know: questions about this photo, for one or a class."
    ) { _, state in state.screen == .quiz ? nil : .opened(.quiz) },
    screen(
      .evidence, "e", label: "evidence", help: "Show which places spoke for a class.",
      .opened(.evidence)),
    screen(
      .compare, "c", label: "compare",
      help: "Compare widths and resolutions on this photo, and other networks.",
      .opened(.compare)),
    screen(
      .kernels, "K", label: "kernel", help: "Show the weights behind this channel.",
      .opened(.kernels)),
    screen(
      .input, "i", label: "input", help: "Show the photo, the crop and what the network gets.",
      .opened(.input)),
    Binding(
      [.character("!")], "!", help: "Show how few grey levels make the answer another."
    ) { _, state in state.screen == .adversarial ? nil : .opened(.adversarial) },
    Binding(
      [.character("T")], "T", help: "Teach your own classes, with photos or frames of a stream."
    ) { _, state in state.screen == .teach ? nil : .opened(.teach) },
    Binding(
      [.character("A")], "A",
      help: "Show what this channel responds to, over many images (an atlas)."
    ) { _, state in state.screen == .atlas ? nil : .opened(.atlas) },
    Binding(
      [.character("~")], "~", help: "Show the photos that are most like this one."
    ) { _, state in state.screen == .similar ? nil : .opened(.similar) },
    Binding(
      [.character("(")], "(",
      help: "Show where the network goes wrong, over the folder of this photo."
    ) { _, state in state.screen == .results ? nil : .opened(.results) },
  ]

  /// What is measured of the network's numbers and of its layers.
  private static let measured: [Binding] = [
    Binding(
      [.character("@")], "@",
      help: "Show this photo in floats, halves and integers, and what each layer loses."
    ) { _, state in state.screen == .precision ? nil : .opened(.precision) },
    Binding(
      [.character("^")], "^",
      help: "Show what holds each layer back on this machine: arithmetic or memory (a roofline)."
    ) { _, state in state.screen == .roofline ? nil : .opened(.roofline) },
  ]

  /// A letter that goes to `screen`, and means nothing there.
  private static func screen(
    _ screen: ScreenID, _ letter: Character, label: String, help: String, _ action: Intent
  ) -> Binding {
    Binding([.character(letter)], String(letter), label: label, help: help) { _, state in
      state.screen == screen ? nil : action
    }
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

  /// What is switched off.
  private static let switchedOff = Binding(
    [.character("X")], "X", help: "Show what is switched off, and the answers with and without it."
  ) { _, state in
    state.screen == .ablation ? nil : .opened(.ablation)
  }

  /// The last switch turned back.
  private static let undo = Binding(
    [.character("u")], "u", label: "undo", help: "Turn on what was switched off last."
  ) { _, state in
    state.patches.isEmpty ? nil : .undone
  }

  /// Going somewhere by its name or number.
  private static let find: [Binding] = [
    Binding(
      [.character("/")], "/", label: "find", help: "Find a layer or a class by its name.",
      action: .find(.began(""))),
    Binding(
      [.character(":")], ":", help: "Go to :layer 12, :channel 300 or :cell 3,4.",
      action: .find(.began(":"))),
    Binding(
      [.character("n"), .character("N")], "n N", help: "Go to the next or the last find again."
    ) { key, state in
      state[FindScreen.self].query.isEmpty
        ? nil : .find(.repeated(by: key == .character("n") ? 1 : -1))
    },
  ]

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
