import MobileNet

/// A session: the image, the weights, the state of every screen, the patches and the settings.
///
/// Saved as a small JSON file. Layers are named; channels, rows and columns count from 0.
public struct SavedSession: Codable, Sendable {
  /// The part of the file that tells it from other JSON and from other versions.
  public struct Header: Codable, Equatable, Sendable {
    /// Always `SavedSession.format`.
    public let format: String
    /// The version of the file's format.
    public let version: Int
  }

  /// The value that tells the file from other JSON.
  public static let format = "mobilenet-explorer session"

  /// The version of the file's format that is written and read.
  public static let version = 2

  /// The path of the image; relative to the session file, or absolute.
  public var image: String
  /// Whether the other images of its folder are opened as well.
  public let hasFolder: Bool
  /// The name or the file of the weights.
  public var weights: String
  /// The person's statements about the weights, by command-line option.
  public private(set) var said: Said
  /// The input resolution.
  public let resolution: Resolution
  /// The other files that the person named.
  public private(set) var files: SavedFiles
  /// The name of the selected layer.
  let layer: String
  /// The channels that the person chose, by layer.
  let channels: [String: Int]
  /// The open screens, from the first to the one that was shown.
  let screens: [String]
  /// The view settings.
  private let view: SavedView
  /// The patches, in the order in which they were made.
  private let switchedOff: [SavedSwitch]
  /// The cursor and the chosen classes.
  private let cursor: SavedCursor
  /// The parts of the screens.
  private var own: SavedScreens

  /// The keys of the file.
  struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }

    static let (format, version) = (Key("format"), Key("version"))
    static let (image, hasFolder) = (Key("image"), Key("hasFolder"))
    static let (weights, said) = (Key("weights"), Key("said"))
    static let (resolution, files) = (Key("resolution"), Key("files"))
    static let (layer, channels) = (Key("layer"), Key("channels"))
    static let (screens, view, switchedOff) = (Key("screens"), Key("view"), Key("switchedOff"))
    static let places = Key("places")
  }

  /// Makes a session of `state`.
  public init(_ state: ExplorerState) {
    image = state.album.path
    hasFolder = state.album.paths.count > 1
    weights = state.model.source
    said = state.model.said
    resolution = state.model.resolution
    files = SavedFiles(state.core)
    layer = state.layer.name
    // The shown channel is saved even if nobody chose it, because the image file may change.
    channels = state.selection.chosenChannels.merging([layer: state.channel]) { chosen, _ in chosen
    }
    screens = state.screens.filter { !$0.type.isMenu }.map(\.description)
    view = SavedView(state.view)
    switchedOff = state.patches.map { SavedSwitch($0, in: state.layers) }
    cursor = SavedCursor(state.core)
    own = SavedScreens(state)
  }

  /// Reads a session file.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: Key.self)
    image = try file.decode(String.self, forKey: .image)
    hasFolder = try file.decode(Bool.self, forKey: .hasFolder)
    weights = try file.decode(String.self, forKey: .weights)
    said = try file.decodeIfPresent(Said.self, forKey: .said) ?? [:]
    resolution = try file.decode(Resolution.self, forKey: .resolution)
    files = try file.decodeIfPresent(SavedFiles.self, forKey: .files) ?? SavedFiles()
    layer = try file.decode(String.self, forKey: .layer)
    channels = try file.decode([String: Int].self, forKey: .channels)
    screens = try file.decode([String].self, forKey: .screens)
    view = try file.decode(SavedView.self, forKey: .view)
    switchedOff = try file.decode([SavedSwitch].self, forKey: .switchedOff)
    cursor = try file.decode(SavedCursor.self, forKey: .places)
    own = try SavedScreens(from: file)
  }

  /// Writes a session file.
  public func encode(to encoder: any Encoder) throws {
    var file = encoder.container(keyedBy: Key.self)
    try file.encode(Self.format, forKey: .format)
    try file.encode(Self.version, forKey: .version)
    try file.encode(image, forKey: .image)
    try file.encode(hasFolder, forKey: .hasFolder)
    try file.encode(weights, forKey: .weights)
    if !said.isEmpty { try file.encode(said, forKey: .said) }
    try file.encode(resolution, forKey: .resolution)
    if files != SavedFiles() { try file.encode(files, forKey: .files) }
    try file.encode(layer, forKey: .layer)
    try file.encode(channels, forKey: .channels)
    try file.encode(screens, forKey: .screens)
    try file.encode(view, forKey: .view)
    try file.encode(switchedOff, forKey: .switchedOff)
    let places = file.superEncoder(forKey: .places)
    try cursor.encode(to: places)
    try own.encode(to: &file, places: places)
  }

  /// Replaces each path in the session by the result of `path`.
  public mutating func locateFiles(_ path: (String) -> String) {
    image = path(image)
    weights = path(weights)
    said = said.locatingFiles(path)
    files.locateFiles(path)
    own.locateFiles(path)
  }

  /// Restores `state`, in which the image and the weights are open; the person is told what the
  /// network lacks.
  public func restore(_ state: inout ExplorerState) {
    var missing =
      view.restore(&state.core.view) + restoreLayers(&state.core) + cursor.restore(&state.core)
      + own.restore(&state)
    state.core.patches = switchedOff.compactMap { $0.patch(on: state.layers) }
    missing += switchedOff.filter { $0.isCut(in: state.layers) }.map {
      "what was off in \($0.layer)"
    }
    missing += restoreScreens(&state)
    guard !missing.isEmpty else { return }
    state.tell([
      "Not restored, for there is no such thing here: \(missing.joined(separator: "; "))."
    ])
  }

  /// Opens the screens; returns those that are missing.
  private func restoreScreens(_ state: inout ExplorerState) -> [String] {
    let known = screens.map { name in
      Registry.byID[ScreenID(name)].flatMap { screen in
        screen.isMenu || state[screen.id].isEmpty ? nil : screen.id
      }
    }
    let found = known.compactMap(\.self)
    guard found.first == .home, Set(found).count == found.count else {
      return ["the screens \"\(screens.joined(separator: ", "))\""]
    }
    state.screens = found
    return zip(screens, known).filter { $0.1 == nil }.map { "the screen \"\($0.0)\"" }
  }

  /// Selects the layer and the channels; returns those that are missing.
  private func restoreLayers(_ core: inout Core) -> [String] {
    var missing: [String] = []
    if let position = core.layers.firstIndex(where: { $0.name == layer }) {
      core.selection.layer = position
    } else {
      missing.append("layer \(layer)")
    }
    for (name, channel) in channels.sorted(by: { $0.key < $1.key }) {
      if core.layers.has(channel, of: name) {
        core.selection.chosenChannels[name] = channel
      } else {
        missing.append("channel \(channel) of \(name)")
      }
    }
    return missing
  }
}

extension Said {
  /// Returns the statements with each path replaced by the result of `path`.
  func locatingFiles(_ path: (String) -> String) -> Said {
    merging(self["labels"].map { ["labels": path($0)] } ?? [:]) { $1 }
  }
}

extension [Layer] {
  /// Returns whether the layer called `name` exists and has `channel`.
  func has(_ channel: Int, of name: String) -> Bool {
    contains { $0.name == name && 0..<$0.output.channels ~= channel }
  }
}
