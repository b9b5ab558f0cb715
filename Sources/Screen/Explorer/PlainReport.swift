import Cells
import MobileNet
import Reports
import Research

/// The explorer's report for a pipe: the layers, the predictions and one heatmap.
public struct PlainReport {
  private let model: Model
  private let photo: Photo
  private let original: Trace
  private let trace: Trace
  private let patches: [Patch]

  /// Makes the report on `model`'s run of `photo`: `trace` is `original`, the run of the whole
  /// network, with `patches`.
  public init(model: Model, photo: Photo, original: Trace, trace: Trace, patches: [Patch]) {
    self.model = model
    self.photo = photo
    self.original = original
    self.trace = trace
    self.patches = patches
  }

  /// The photo's name and size, and the network, with what is switched off in it.
  public var title: String {
    let whole =
      "\(photo.name), \(photo.width)×\(photo.height), "
      + "through \(model.checkpoint.name) at \(model.resolution)"
    guard let summary = patches.summary else { return whole }
    let lines = patches.map { "  " + $0.text(trace.layers) }
    return (["\(whole) with \(summary)"] + lines).joined(separator: "\n")
  }

  /// The table of layers with their times.
  public var layers: String {
    // The layers up to a patch did not run again.
    let again = (patches.map(\.layer).min() ?? -1) + 1
    let times = original.milliseconds.prefix(again) + trace.milliseconds.dropFirst(again)
    return LayerTable(layers: trace.layers, milliseconds: Array(times)).text
  }

  /// The five most likely classes, or the reason why there are none; nil for a network without a
  /// classifier.
  public var predictions: String? {
    guard model.checkpoint.architecture.classes != nil else { return nil }
    if let problem = trace.problem { return problem }
    let entry = PredictionReport.Entry(image: photo.name, predictions: trace.predictions())
    return PredictionReport([entry], checkpoint: model.checkpoint).text
  }

  /// Returns the most varied channel of a layer half way through the network, where channels show
  /// parts of things and are large enough to be seen.
  public func heatmap(_ view: ViewSettings) -> CellBuffer {
    var view = view
    view.fixed = FixedRange(trace)
    return heatmapText.drawn(columns: 56, view: view)
  }

  /// The same channel in sentences.
  public var heatmapSentences: String { heatmapText.sentences.joined(separator: "\n") }

  private var heatmapText: HeatmapText {
    let position = trace.layers.firstIndex { $0.name == "conv3_2_sep" } ?? 0
    return HeatmapText(trace.output(at: position), of: trace.layers[position])
  }
}
