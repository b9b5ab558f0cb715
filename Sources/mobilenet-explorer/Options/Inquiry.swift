import MobileNet
import Research

/// A network, and the researcher who answers questions about it and about photos.
struct Inquiry {
  /// The network at the resolution that the options ask for.
  let model: Numbered<Model>
  private let researcher: Researcher
  private let weights: String

  /// Makes the network of `checkpoint` that `options` describe.
  init(_ checkpoint: Checkpoint, _ options: NetworkOptions) throws {
    options.noteFloats(of: checkpoint)
    researcher = options.researcher
    weights = options.weights
    model = researcher.number(
      Model(
        checkpoint: checkpoint, source: weights, said: options.said,
        resolution: options.resolution(for: checkpoint)))
    // Faults of the network are reported before any photo is read.
    do {
      _ = try researcher.network(for: model)
    } catch let error as NetworkError {
      throw Failure(.data, "\(weights): \(error)")
    }
  }

  /// The layers of the network.
  var layers: [Layer] { model.layers }

  /// Returns the image at `path`, or on standard input, prepared for the network.
  func photo(_ path: String) throws -> Numbered<Photo> {
    researcher.number(
      try ImageInput(path).photo(for: model.checkpoint, resolution: model.resolution))
  }

  /// Returns the run of the network on `photo`.
  func run(on photo: Numbered<Photo>) throws -> Numbered<Run> {
    let answer = try researcher.answer(RunQuestion(model, photo))
    guard let run = answer.run else { throw Unanswerable("\(photo.name): was not run") }
    return run
  }

  /// Answers `question`; `report` is called with each partial answer.
  func answer<Q: Question>(
    _ question: Q, report: (Q.Answer) throws -> Void = { _ in }
  ) throws -> Q.Answer {
    try researcher.answer(question, report: report)
  }
}
