import Learning
import MobileNet
import Tensors

/// The photos most similar to that of a run, by the cosine between their features, the outputs of
/// pool6.
public struct SimilarQuestion: Question {
  /// A photo and its similarity.
  public struct Found: Equatable, Sendable {
    /// The path of the photo.
    public let path: String
    /// The cosine between the features: 1 for the same picture.
    public let cosine: Double
    /// The photo's features.
    public let features: [Float]

    /// Creates a photo with its similarity.
    public init(path: String, cosine: Double, features: [Float]) {
      self.path = path
      self.cosine = cosine
      self.features = features
    }
  }

  /// The most similar photos so far.
  public struct Answer: Equatable, Sendable {
    /// The number of photos compared.
    public let done: Int
    /// The number of all photos.
    public let total: Int
    /// The most similar photos, in descending order.
    public let found: [Found]

    /// Creates an answer.
    public init(done: Int, total: Int, found: [Found]) {
      self.done = done
      self.total = total
      self.found = found
    }
  }

  /// The work is many runs, the first time.
  public static let lane = Lane.measure
  /// The question concerns no frame of a stream.
  public static let holdsFrame = false
  /// The maximum number of photos found.
  public static let most = 100
  /// The network.
  public let model: Numbered<Model>
  /// The run of the network on the photo.
  public let run: Numbered<Run>
  /// The photos to compare with.
  public let paths: [String]
  private let memory: FeatureMemory

  /// Asks for those of `paths` that are most similar to the photo of `run`.
  public init(
    _ model: Numbered<Model>, _ run: Numbered<Run>, among paths: [String], memory: FeatureMemory
  ) {
    self.model = model
    self.run = run
    self.paths = paths
    self.memory = memory
  }

  /// Compares one photo after another; photos that cannot be read, and those whose features are too
  /// large, are left out.
  public func answer(_ researcher: Researcher, report: (Answer) throws -> Void) throws -> Answer {
    guard let position = run.layers.lastIndex(where: { $0.kind == .averagePooling }) else {
      throw Unanswerable("\(model.checkpoint.name): has no layer of features")
    }
    let own = run.trace.output(at: position).values
    guard own.allSatisfy(\.isFinite) else {
      throw Unanswerable("\(model.checkpoint.name): \(run.trace.overflow)")
    }
    var found: [Found] = []
    let part = 32
    for start in stride(from: 0, to: paths.count, by: part) {
      let some = Array(paths[start..<min(start + part, paths.count)])
      try report(Answer(done: start, total: paths.count, found: found))
      let outcomes = try memory.features(of: some, model, threads: researcher.threads) { _ in
        try researcher.checkCancellation()
      }.outcomes
      for path in some {
        guard case .success(let values) = outcomes[path], values.allSatisfy(\.isFinite) else {
          continue
        }
        let features = Array(values.prefix(own.count))
        found.append(
          Found(path: path, cosine: Self.cosine(own, features), features: features))
      }
      found.sort { ($1.cosine, $0.path) < ($0.cosine, $1.path) }
      found = Array(found.prefix(Self.most))
    }
    return Answer(done: paths.count, total: paths.count, found: found)
  }

  private static func cosine(_ first: [Float], _ second: [Float]) -> Double {
    var (both, own, other) = (0.0, 0.0, 0.0)
    for (a, b) in zip(first, second) {
      both += Double(a) * Double(b)
      own += Double(a) * Double(a)
      other += Double(b) * Double(b)
    }
    return own > 0 && other > 0 ? both / (own * other).squareRoot() : 0
  }
}
