import Cells
import Lessons
import MobileNet
import Reports
import Research
import Tensors

/// The state that all screens share: the network, the photo, the selection, the patches, and the
/// answers known so far.
///
/// Screens read the core and never write it.
public struct Core: Equatable, Sendable {
  /// The terminal's size in columns and rows.
  public var size: Size
  /// The network.
  public internal(set) var model: Numbered<Model>
  /// The photo.
  public internal(set) var photo: Numbered<Photo>
  /// The images to step through.
  public var album: Album
  /// The path of the image to show next, once it is read; nil if none is awaited.
  public internal(set) var coming: String?
  /// The weights to use next, once they are read; nil if none are awaited.
  public internal(set) var weights: ModelQuestion?
  /// A path that was dropped on the terminal, until its kind is known.
  var dropped: String?
  /// The selected layer, and the selected channel of each layer.
  public internal(set) var selection = Selection()
  /// The cursor on the layer's picture, as the person placed it.
  var placed = CellCursor()
  /// The class that the person asks about; nil for the most likely one.
  public internal(set) var chosenClass: Int?
  /// The class that `chosenClass` is compared with.
  public internal(set) var rival: Int?
  /// The patches in effect, in the order in which they were made.
  public internal(set) var patches: [Patch] = []
  /// The settings by which activations become colours.
  public var view = ViewSettings()
  /// The person's choice of lessons: topics and files; empty for none.
  public var lessons: [String] = []
  /// The person's own lessons; nil for those that come with the program.
  public var playlist: Numbered<Playlist>?
  /// The state of the stream; nil while photos are explored.
  public var live: LiveState?
  /// The path of the atlas that the person named; nil for the one that is found by itself.
  public var atlasPath: String?
  /// The path of another network's atlas, whose channels are compared with this one's.
  public var otherAtlasPath: String?
  /// The list of the images' true classes; nil if folders tell them.
  public var truth: TruthList?
  /// The answers to questions so far.
  public internal(set) var answers = Answers()
  /// A message for the person.
  public internal(set) var message: Message?
  /// The evidence that was split last.
  let splits = Memo<EvidenceSplit.Key, EvidenceSplit?>()

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

// MARK: Answers so far

extension Core {
  /// The layers of the network.
  public var layers: [Layer] { model.layers }

  /// The selected layer.
  public var layer: Layer { layers[selection.layer] }

  /// The run of the unpatched network; nil while it is being computed.
  public var original: Numbered<Run>? {
    live == nil ? answers[RunQuestion(model, photo)]?.run : live?.run
  }

  /// The run that all screens show: patched if there are patches.
  public var run: Numbered<Run>? {
    guard let original, !patches.isEmpty else { return original }
    return answers.latest(RerunQuestion(model, original, patching: patches)) ?? original
  }

  /// The selected layer's output, once the network has run.
  public var output: Tensor? { run?.trace.output(at: selection.layer) }

  /// The statistics of the selected layer's output, once the network has run.
  public var statistics: ChannelStatistics? { run?.value.statistics(at: selection.layer) }

  /// The cursor's cell: where the person placed it, or else the channel's largest value; on a
  /// stream, where that jumps, the one in the middle.
  public var cursor: CellCursor {
    guard !placed.isPlaced, layer.output.places > 1, let run else { return placed }
    var cursor = placed
    guard live == nil else {
      (cursor.y, cursor.x) = (layer.output.height / 2, layer.output.width / 2)
      return cursor
    }
    (cursor.y, cursor.x) = run.value.largestCell(at: selection.layer, channel: channel)
    return cursor
  }

  /// The network's shortest times in the runs so far.
  var times: TimesQuestion.Answer? {
    original.flatMap { answers.soFar(TimesQuestion(model, $0)) }
  }

  /// The milliseconds of the layers done so far, while the network runs.
  public var progress: [Double] {
    answers.soFar(RunQuestion(model, photo))?.milliseconds ?? []
  }

  /// Each layer's milliseconds: on a stream the mean, behind a patch those of the shown run, else the
  /// shortest so far.
  var layerMilliseconds: [Double] {
    if let means = live?.pace.layers, means.count == layers.count { return means }
    let shortest = times?.milliseconds ?? original?.trace.milliseconds ?? progress
    guard let first = patches.map(\.layer).min(), let run else { return shortest }
    // The layers up to a patch did not run again.
    return zip(shortest, run.trace.milliseconds).enumerated().map { position, times in
      position > first ? times.1 : times.0
    }
  }

  /// The selected channel, counted from 0.
  public var channel: Int { channel(at: selection.layer) }

  /// Returns the channel of the layer at `position` that is shown, counted from 0.
  ///
  /// Unless the person chose one, this is the channel whose forms are clearest, because a layer's
  /// first channel is often empty. Patches do not change the choice.
  func channel(at position: Int) -> Int {
    if let chosen = selection.chosenChannels[layers[position].name] { return chosen }
    return (original ?? run)?.value.statistics(at: position).mostCoherent ?? 0
  }

  /// Returns the class that a channel of the selected layer stands for, if it stands for one.
  func className(ofChannel channel: Int, at position: Int? = nil) -> String? {
    let position = position ?? selection.layer
    let isClass = position == layers.classifier || layers[position].givesProbabilities
    return isClass ? model.checkpoint.label(channel) : nil
  }

  /// The class asked about: the chosen one, or else the most likely; nil where the run has no
  /// answer to ask about.
  var selectedClass: Int? {
    guard let count = model.checkpoint.architecture.classes, run?.trace.problem == nil else {
      return nil
    }
    if let chosenClass, chosenClass < count { return chosenClass }
    return run?.trace.predictions(top: 1).first?.classIndex
  }

  /// Returns the question for the selected layer's sums before its activation function.
  func sums(of run: Numbered<Run>) -> SumsQuestion {
    SumsQuestion(model, run, layer: selection.layer)
  }

  /// The text in place of an answer that is not there yet, or that there is none.
  var waitingText: String {
    if let problem = run?.trace.problem { return problem }
    guard let live, live.frame == nil else { return "running the network …" }
    return live.end == nil ? "waiting for the first frame …" : "no frame came"
  }

  /// The selected channel's numbers, for the clipboard.
  var channelNumbers: String {
    guard let own = statistics?.channels[channel] else { return layer.name }
    if own.isEmpty { return "\(channelName): every value too large" }
    return "\(channelName): mean \(NumberText.exact(own.mean)) max "
      + "\(NumberText.exact(own.maximum)) zero \(NumberText.exact(own.zeroShare))"
  }

  /// The name of the layer and the number of the selected channel.
  var channelName: String { "\(layer.name) channel \(channel)" }

  /// Returns the position and the value of the cursor's cell in `map`, for the clipboard.
  func cellNumbers(of map: ActivationMap?, name: String = "") -> String? {
    guard let map, !map.showsAllChannels else { return nil }
    return "\(channelName) row \(cursor.y) column \(cursor.x)\(name): "
      + NumberText.exact(map.plane[cursor.y, cursor.x])
  }
}
