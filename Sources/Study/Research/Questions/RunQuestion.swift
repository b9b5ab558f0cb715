import MobileNet

/// The run of a network on a photo.
public struct RunQuestion: Question {
  /// A run, as far as it has come.
  public struct Answer: Sendable {
    /// The time of each layer that is done, in milliseconds.
    public let milliseconds: [Double]
    /// The run, once all layers are done.
    public let run: Numbered<Run>?

    /// Creates an answer.
    public init(milliseconds: [Double], run: Numbered<Run>? = nil) {
      self.milliseconds = milliseconds
      self.run = run
    }
  }

  /// The work is a run or two.
  public static let lane = Lane.compute
  /// The network.
  public let model: Numbered<Model>
  /// The photo, prepared for the network.
  public let photo: Numbered<Photo>

  /// Asks for the run of `model` on `photo`.
  public init(_ model: Numbered<Model>, _ photo: Numbered<Photo>) {
    self.model = model
    self.photo = photo
  }

  /// Runs the network, and reports each layer that is done.
  public func answer(_ researcher: Researcher, report: (Answer) throws -> Void) throws -> Answer {
    let isFirst = !researcher.hasNetwork(for: model)
    let network = try researcher.network(for: model)
    var trace: Trace?
    // The first run finds cold memory, so its times would say little about the layers.
    if isFirst { network.run(photo.prepared.tensor, reusing: &trace) }
    var milliseconds: [Double] = []
    withoutActuallyEscaping(report) { report in
      network.run(photo.prepared.tensor, reusing: &trace) { _, time in
        milliseconds.append(time)
        try? report(Answer(milliseconds: milliseconds))
      }
    }
    return Answer(
      milliseconds: milliseconds, run: trace.map { researcher.number(Run($0)) })
  }

  /// Computes the statistics of all layers: home shows a channel of each.
  public func prepare(_ answer: Answer) { answer.run?.value.summarise() }
}
