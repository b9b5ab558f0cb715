import Cells
import Lessons
import MobileNet
import Research
import Tensors

/// What is under study, whatever the screen: the network, the photo, where the person looks, and what
/// is known of it.
///
/// Screens read it and never write it.
public struct Core: Equatable, Sendable {
  /// Columns and rows of the terminal.
  public var size: Size
  /// The network.
  public internal(set) var model: Numbered<Model>
  /// The photo.
  public internal(set) var photo: Numbered<Photo>
  /// The images to step through.
  public var album: Album
  /// The image that is to be shown next, as soon as it is read; nil when it is there.
  public internal(set) var coming: String?
  /// The weights that are to be taken next, as soon as they are read; nil when they are there.
  public internal(set) var weights: ModelQuestion?
  /// A path that was dropped on the terminal, until it is known what lies there.
  var dropped: String?
  /// The layer, and in each layer the channel.
  public internal(set) var selection = Selection()
  /// The cell of the layer's picture, where somebody put the cursor on one.
  var placed = CellCursor()
  /// The class that is asked about; nil for the most likely one.
  public internal(set) var chosenClass: Int?
  /// The class that it is compared with.
  public internal(set) var rival: Int?
  /// What is switched off or patched, one after another.
  public internal(set) var patches: [Patch] = []
  /// The way from activations to colours.
  public var view = ViewSettings()
  /// The lessons that the person brought; nil for those that come with the program.
  public var playlist: Numbered<Playlist>?
  /// Where the stream is; nil where photos are looked at.
  public var live: LiveState?
  /// The atlas that somebody named; nil for the one that is found.
  public var atlasPath: String?
  /// Another network's atlas, whose channels are set beside those of this one.
  public var otherAtlasPath: String?
  /// The list of files and classes that says what the images show; nil where folders do.
  public var truthList: String?
  /// What was asked and is known.
  public internal(set) var answers = Answers()
  /// A line for the person.
  public internal(set) var message: Message?

  /// Puts `photo`, the first image of `album`, and `model` under study.
  public init(
    size: Size, model: Numbered<Model>, photo: Numbered<Photo>, album: Album = Album([])
  ) {
    self.size = size
    self.model = model
    self.photo = photo
    self.album = album
  }
}

// MARK: What is known

extension Core {
  /// The layers of the network.
  public var layers: [Layer] { model.layers }

  /// The selected layer.
  public var layer: Layer { layers[selection.layer] }

  /// The run with nothing switched off; nil while it is being computed.
  public var original: Numbered<Run>? {
    live == nil ? answers[RunQuestion(model, photo)]?.run : live?.run
  }

  /// The run that all screens show.
  public var run: Numbered<Run>? {
    guard let original, !patches.isEmpty else { return original }
    return answers.latest(RerunQuestion(model, original, patching: patches)) ?? original
  }

  /// The selected layer's output, once it is there.
  public var output: Tensor? { run?.trace.output(at: selection.layer) }

  /// What the selected layer's output says about itself in numbers, once it is there.
  public var statistics: ChannelStatistics? { run?.value.statistics(at: selection.layer) }

  /// The cell of the selected layer's picture that is looked at: where somebody put the cursor, or
  /// else the channel's largest value; on a stream, whose largest value jumps, the first cell.
  public var cursor: CellCursor {
    guard !placed.isPlaced, live == nil, layer.output.places > 1, let run else { return placed }
    var cursor = placed
    (cursor.y, cursor.x) = run.value.largestCell(at: selection.layer, channel: channel)
    return cursor
  }

  /// The time that the network takes at least, in the runs so far.
  var times: TimesQuestion.Answer? {
    original.flatMap { answers.soFar(TimesQuestion(model, $0)) }
  }

  /// The time that each layer took that is done, while the network runs.
  public var progress: [Double] {
    answers.soFar(RunQuestion(model, photo))?.milliseconds ?? []
  }

  /// How long each layer takes: at least, in the run that is shown where parts are switched off, or
  /// on average while a stream runs.
  var layerMilliseconds: [Double] {
    if let means = live?.pace.layers, means.count == layers.count { return means }
    if patches.isEmpty, let times { return times.milliseconds }
    return run?.trace.milliseconds ?? progress
  }

  /// The channel of the selected layer that is shown, counted from 0.
  public var channel: Int { channel(at: selection.layer) }

  /// The channel of the layer at `position` that is shown, counted from 0.
  ///
  /// Unless the person chose one it is the one that shows forms best, because the first channel of a
  /// layer is often empty. It stays the same one when parts are switched off.
  func channel(at position: Int) -> Int {
    if let chosen = selection.chosenChannels[layers[position].name] { return chosen }
    return (original ?? run)?.value.statistics(at: position).mostCoherent ?? 0
  }

  /// What people call a channel of the selected layer, if it stands for a class.
  func className(ofChannel channel: Int, at position: Int? = nil) -> String? {
    let position = position ?? selection.layer
    let isClass = position == layers.classifier || layers[position].givesProbabilities
    return isClass ? model.checkpoint.label(channel) : nil
  }

  /// The class that a person asks about: the chosen one, or else the most likely.
  var selectedClass: Int? {
    guard let count = model.checkpoint.architecture.classes else { return nil }
    if let chosenClass, chosenClass < count { return chosenClass }
    return run?.trace.predictions(top: 1).first?.classIndex
  }

  /// The selected layer's sums before its activation function.
  func sums(of run: Numbered<Run>) -> SumsQuestion {
    SumsQuestion(model, run, layer: selection.layer)
  }

  /// What stands where an answer will be.
  var waitingText: String {
    guard let live, live.frame == nil else { return "running the network …" }
    return live.end == nil ? "waiting for the first frame …" : "no frame came"
  }

  /// The numbers of the selected channel, to be pasted elsewhere.
  var channelNumbers: String {
    guard let own = statistics?.channels[channel] else { return layer.name }
    return "\(channelName): mean \(own.mean) max \(own.maximum) zero \(own.zeroShare)"
  }

  /// The selected channel with its layer.
  var channelName: String { "\(layer.name) channel \(channel)" }

  /// The numbers of the cell under the cursor of `map`, to be pasted elsewhere.
  func cellNumbers(of map: ActivationMap?, name: String = "") -> String? {
    guard let map, !map.showsAllChannels else { return nil }
    return "\(channelName) row \(cursor.y) column \(cursor.x)\(name): "
      + "\(map.plane[cursor.y, cursor.x])"
  }
}
