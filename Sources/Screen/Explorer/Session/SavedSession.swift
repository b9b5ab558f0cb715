import MobileNet

/// What it takes to come back to a place: image, weights, where the person was on every screen, what
/// was switched off, how things looked.
///
/// Kept as a small JSON file. Layers go by their names; channels, rows and columns count from 0.
public struct SavedSession: Codable, Equatable, Sendable {
  /// Tells the file from other JSON.
  public static let format = "mobilenet-explorer session"

  /// The version that is written and read.
  public static let version = 2

  /// Always `SavedSession.format`.
  public var format = SavedSession.format
  /// The version of the file's format.
  public var version = SavedSession.version
  /// The image file; relative to this file, or absolute.
  public var image: String
  /// Whether the other images of its folder are stepped through as well.
  public let hasFolder: Bool
  /// The name or the file of the weights.
  public var weights: String
  /// The input side.
  public let resolution: Int
  /// The name of the selected layer.
  public let layer: String
  /// The channels that somebody chose, by layer.
  public let channels: [String: Int]
  /// The screens from the first to the one that was shown.
  public let screens: [String]
  /// How heatmaps looked.
  let view: SavedView
  /// What was switched off, one after another.
  let switchedOff: [SavedSwitch]
  /// Where the person was on the screens.
  let places: SavedPlaces
  /// What stood beside the explored network; nothing if nobody asked.
  var beside: SavedOther?

  /// Notes where `state` is.
  public init(_ state: ExplorerState) {
    image = state.album.path
    hasFolder = state.album.paths.count > 1
    weights = state.model.source
    resolution = state.model.resolution
    layer = state.layer.name
    // What is shown unasked depends on the photo alone, but a file may be changed.
    channels = state.place.chosenChannels.merging([layer: state.channel]) { chosen, _ in chosen }
    screens = state.screens.filter { !$0.isMenu }.map(\.rawValue)
    view = SavedView(state.view)
    switchedOff = state.ablation.switches.map { SavedSwitch($0, in: state.layers) }
    places = SavedPlaces(state)
    beside = state.beside.other.map { SavedOther($0, rank: state.beside.rank) }
  }

  /// Says of every file that it names where it is, as `path` answers.
  public mutating func locateFiles(_ path: (String) -> String) {
    image = path(image)
    weights = path(weights)
    beside?.locateFiles(path)
  }

  /// Brings `state`, in which the image and the weights are open, to where it was; what the
  /// network does not have is left as it is, and the person is told.
  public func restore(_ state: inout ExplorerState) {
    var missing = view.restore(&state.view) + restoreLayers(&state) + places.restore(&state)
    state.ablation.switches = switchedOff.compactMap { $0.part(of: state.layers) }
    missing += switchedOff.filter { $0.isCut(in: state.layers) }.map {
      "what was off in \($0.layer)"
    }
    missing += beside?.restore(&state.beside, layers: state.layers) ?? []
    missing += restoreScreens(&state)
    guard !missing.isEmpty else { return }
    state.message = Message(
      "Not restored, for there is no such thing here: \(missing.joined(separator: "; ")).",
      isError: true)
  }

  /// Opens the screens; answers with those that are missing.
  private func restoreScreens(_ state: inout ExplorerState) -> [String] {
    let known = screens.map { name in
      Screen.ID(rawValue: name).flatMap { screen in
        screen.isMenu || screen == .beside && state.beside.other == nil ? nil : screen
      }
    }
    let found = known.compactMap(\.self)
    guard found.first == .home, Set(found).count == found.count else {
      return ["the screens \"\(screens.joined(separator: ", "))\""]
    }
    state.screens = found
    return zip(screens, known).filter { $0.1 == nil }.map { "the screen \"\($0.0)\"" }
  }

  /// Goes to the layer and its channels; answers with those that are missing.
  private func restoreLayers(_ state: inout ExplorerState) -> [String] {
    var missing: [String] = []
    if let position = state.layers.firstIndex(where: { $0.name == layer }) {
      state.place.layer = position
    } else {
      missing.append("layer \(layer)")
    }
    for (name, channel) in channels.sorted(by: { $0.key < $1.key }) {
      if state.layers.has(channel, of: name) {
        state.place.chosenChannels[name] = channel
      } else {
        missing.append("channel \(channel) of \(name)")
      }
    }
    return missing
  }
}

extension [Layer] {
  /// Whether the layer called `name` is one of them and has `channel`.
  func has(_ channel: Int, of name: String) -> Bool {
    contains { $0.name == name && 0..<$0.output.channels ~= channel }
  }
}

extension ExplorerState {
  /// What is to be done first: run the network, and what the screens that are open want to know.
  public var firstEffects: [Effect] {
    [.infer(model, photo)] + (screens.contains(.compare) ? [.listCandidates(model)] : [])
  }
}
