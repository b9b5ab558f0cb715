import Cells
import MobileNet
import Tensors

/// Everything that is on the screen, and nothing else.
public struct ExplorerState: Equatable, Sendable {
  /// Columns and rows of the terminal.
  public var size: Size
  /// The network.
  public var model: Numbered<Model>
  /// The photo.
  public var photo: Numbered<Photo>
  /// What the network made of the photo; nil while the first answer is being computed.
  public var run: Numbered<Trace>?
  /// What the selected layer's output says about itself in numbers, once it is there.
  public internal(set) var statistics: ChannelStatistics?
  /// What those of the layers that were visited in this run say.
  private var knownStatistics: [Int: ChannelStatistics] = [:]
  /// How long each layer took that is done, while the network runs.
  public var progress: [Double] = []
  /// Where the person is.
  public var place = Place()
  /// How activations become colours.
  public var view = ViewSettings()
  /// The screens that Esc goes back through; the last one is shown.
  public var screens: [Screen.ID] = [.home]
  /// Which part of the home screen has the arrows.
  public var home = HomeState()
  /// Where the cursor is on the zoomed channel, and what is shown beside it.
  public var zoom = ZoomState()
  /// How the channels of a layer are laid out.
  public var grid = GridState()
  /// Where the person is in the weights behind a channel.
  public var kernels = KernelsState()
  /// For which class the places of the photo are asked.
  public var evidence = EvidenceState()
  /// What is switched off.
  public var ablation = AblationState()
  /// What is searched for among layers and classes.
  public var find = FindState()
  /// What is explained, and which step of it.
  public var lesson = LessonState()
  /// What is compared with what.
  public var compare = CompareState()
  /// What stands beside the explored network and its photo.
  public var beside = BesideState()
  /// What is searched for in the list of keys, and how far it is scrolled.
  public var help = HelpState()
  /// The images to step through.
  public var album: Album
  /// What the file picker shows.
  public var open = OpenState()
  /// What the picker of weights shows.
  public var weights = WeightsState()
  /// The line of the save menu under the cursor.
  public var saveCursor = 0
  /// Where the stream is; nil where photos are looked at.
  public var live: LiveState?
  /// Keys that act as another where letters are keys: the one that is pressed, the one that is meant.
  public var keys: [Key: Key] = [:]
  /// Whether the mouse selects; otherwise it belongs to the terminal.
  public var hearsMouse = true
  /// A line for the person.
  public var message: Message?

  /// Opens `photo`, the first image of `album`, with `model` on the home screen.
  public init(
    size: Size, model: Numbered<Model>, photo: Numbered<Photo>, album: Album = Album([])
  ) {
    self.size = size
    self.album = album
    self.model = model
    self.photo = photo
  }

  /// The screen that is shown.
  public var screen: Screen.ID { screens.last ?? .home }

  /// The layers of the network.
  public var layers: [Layer] { model.layers }

  /// The selected layer.
  public var layer: Layer { layers[place.layer] }

  /// What people call a channel of the selected layer, if it stands for a class.
  func className(ofChannel channel: Int) -> String? {
    let isClass = place.layer == layers.classifier || layer.givesProbabilities
    return isClass ? model.checkpoint.label(channel) : nil
  }

  /// The selected layer's output, once it is there.
  public var output: Tensor? { run?.value.output(at: place.layer) }

  /// Notes what the selected layer's output says about itself.
  ///
  /// Walking over the values of a layer takes milliseconds: once per layer and run.
  mutating func findStatistics(isAnotherRun: Bool) {
    if isAnotherRun { knownStatistics = [:] }
    statistics = knownStatistics[place.layer] ?? output.map { ChannelStatistics($0) }
    knownStatistics[place.layer] = statistics
  }

  /// How long each layer takes: in the run that is shown, or on average while a stream runs.
  var layerMilliseconds: [Double] {
    if let means = live?.pace.layers, means.count == layers.count { return means }
    return run?.milliseconds ?? progress
  }

  /// The channel of the selected layer that is shown, counted from 0.
  ///
  /// Unless the person chose one it is the one that varies most, because the first channel of a
  /// layer is often empty.
  public var channel: Int {
    if let chosen = place.chosenChannels[layer.name] { return chosen }
    return statistics?.mostVaried ?? 0
  }
}
