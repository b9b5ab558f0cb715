import MobileNet
import Tensors

/// Explains the numbers of one run of a network.
public struct Explainer: Sendable {
  /// The effort of the methods that repeat themselves.
  public struct Settings: Hashable, Sendable {
    /// The number of noisy copies for SmoothGrad.
    public var samples = 25
    /// The noise of SmoothGrad: a standard deviation, in percent of the input's range.
    public var noise = 15
    /// The number of steps of integrated gradients.
    public var steps = 64
    /// The seed of the random numbers.
    public var seed: UInt64 = 1

    /// The settings that the papers use.
    public init() {}

    /// Throws unless every setting is in its range.
    public func check() throws(ExplanationError) {
      for (name, value, range) in [
        ("samples", samples, 1...1000), ("noise", noise, 0...100), ("steps", steps, 1...10_000),
      ] where !range.contains(value) {
        throw .setting(name, value, expected: range)
      }
    }
  }

  /// The network that made the run.
  public let network: Network
  /// The run whose numbers are explained.
  public let trace: Trace
  /// The effort of the methods that repeat themselves.
  public var settings: Settings

  /// Explains `trace`, a run of `network`.
  public init(_ network: Network, _ trace: Trace, settings: Settings = Settings()) {
    self.network = network
    self.trace = trace
    self.settings = settings
  }

  /// The values that a method looks at.
  public enum Level: Hashable, Sendable {
    /// The input; for Grad-CAM, the last convolution before the target.
    case usual
    /// The input.
    case input
    /// The output of the layer at a position.
    case layer(Int)
  }

  /// Explains `target` by `method` at `level`.
  ///
  /// `progress` receives the finished part of the work, 0…1, and the explanation so far; it stops
  /// the work by returning false, and then the result is nil. Throws an `ExplanationError` if the
  /// target, the layer or a setting makes no sense.
  public func explain(
    _ target: Target, by method: ExplanationMethod, at level: Level = .usual,
    progress: (Double, Explanation) -> Bool = { _, _ in true }
  ) throws(ExplanationError) -> Explanation? {
    try settings.check()
    let last = try Self.position(of: target, in: network.layers)
    let position = position(of: method, at: level, before: last)
    if let position, position > last {
      throw .behind(layer: network.layers[position].name, target: network.layers[last].name)
    }
    if method == .gradCAM, position == nil { throw .needsLayer }
    let work = Work(explainer: self, target: target, last: last, position: position)
    func explanation(_ values: Tensor, baseline: Double? = nil) -> Explanation {
      Explanation(
        target: target, method: method, position: position, values: values,
        value: work.number(of: trace), baseline: baseline)
    }
    func report(_ part: Double, _ soFar: Tensor) -> Bool { progress(part, explanation(soFar)) }
    let found: Tensor?
    var baseline: Double?
    switch method {
    case .gradient: found = try work.gradient(at: trace)
    case .gradientTimesActivation:
      found = try work.gradient(at: trace).times(work.values(of: trace))
    case .gradCAM: found = try work.gradCAM()
    case .smoothgrad: found = try work.smoothGrad(report)
    case .occlusion: found = work.occlusion(report)
    case .integrated: (found, baseline) = try work.integrated(report)
    }
    return found.map { explanation($0, baseline: baseline) }
  }

  private func position(of method: ExplanationMethod, at level: Level, before last: Int) -> Int? {
    switch level {
    case .layer(let position): position
    case .input: nil
    case .usual where method == .gradCAM:
      network.layers[..<last].lastIndex { $0.isActivated && $0.output.places > 1 }
    case .usual: nil
    }
  }

  /// Returns the position of the layer that `target` is computed from.
  public static func position(
    of target: Target, in layers: [Layer]
  ) throws(ExplanationError) -> Int {
    do throws(TargetError) {
      return try target.position(in: layers)
    } catch {
      throw .target(error)
    }
  }

  /// The work on one explanation, with the parts that all methods share.
  struct Work {
    /// Receives the finished part of the work, 0…1, and the values so far; returns false to stop
    /// the work.
    typealias Progress = (Double, Tensor) -> Bool

    let explainer: Explainer
    let target: Target
    /// The position of the layer that the target is computed from.
    let last: Int
    /// The position of the layer that the method looks at; nil for the input.
    let position: Int?

    var network: Network { explainer.network }
    var settings: Settings { explainer.settings }

    /// Returns the value of the target in a run.
    func number(of trace: Trace) -> Double { target.value(of: trace.output(at: last)) }

    /// Returns the values that the method looks at in a run.
    func values(of trace: Trace) -> Tensor { position.map { trace.output(at: $0) } ?? trace.input }

    /// Runs the network with `values` in place of those that the method looks at; if these are the
    /// input, in memory of `pool`.
    func run(with values: Tensor, in pool: inout TracePool) -> Trace {
      guard let position else { return pool.run(network, on: values) }
      return network.rerun(explainer.trace, from: position, replacing: values)
    }

    /// Returns the gradient with respect to the values that the method looks at.
    func gradient(at trace: Trace) throws(ExplanationError) -> Tensor {
      do throws(TargetError) {
        let gradient = try network.gradient(of: target, at: trace)
        let found = position.flatMap { gradient.output(at: $0) } ?? gradient.input
        // A copy, so that the memory of all layers' gradients is reused and not kept for this one.
        return Tensor(shape: found.shape, values: found.values)
      } catch {
        throw .target(error)
      }
    }
  }
}
