import MobileNet
import Tensors

/// Explains the numbers of one run of a network.
public struct Explainer: Sendable {
  /// The effort of the methods that repeat themselves.
  public struct Settings: Hashable, Sendable {
    /// The noisy copies of SmoothGrad.
    public var samples = 25
    /// The noise of SmoothGrad: a standard deviation, as a part of the input's range in percent.
    public var noise = 15
    /// The steps of integrated gradients.
    public var steps = 64
    /// Where chance begins.
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

  /// The network.
  public let network: Network
  /// Its run.
  public let trace: Trace
  /// How much work is done.
  public var settings: Settings

  /// Explains `trace`, a run of `network`.
  public init(_ network: Network, _ trace: Trace, settings: Settings = Settings()) {
    self.network = network
    self.trace = trace
    self.settings = settings
  }

  /// The part of the network that a method looks at.
  public enum Level: Hashable, Sendable {
    /// At the input; Grad-CAM at the last convolution before what is explained.
    case usual
    /// At the input.
    case input
    /// At the output of the layer at a position.
    case layer(Int)
  }

  /// Explains `target` by `method` at `level`.
  ///
  /// `progress` hears of the part that is done, 0…1, and of the explanation as far as it has come, and
  /// stops the work by returning false: then the result is nil. Throws why the target, the layer or a
  /// setting makes no sense.
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

  /// The layer that `target` is computed of.
  public static func position(
    of target: Target, in layers: [Layer]
  ) throws(ExplanationError) -> Int {
    do throws(TargetError) {
      return try target.position(in: layers)
    } catch {
      throw .target(error)
    }
  }

  /// What all methods need.
  struct Work {
    /// Hears of the part that is done and of the values as far as they have come; false stops the
    /// work.
    typealias Progress = (Double, Tensor) -> Bool

    let explainer: Explainer
    let target: Target
    /// The position of the layer that the target is computed of.
    let last: Int
    /// The position that is looked at; nil is the input.
    let position: Int?

    var network: Network { explainer.network }
    var settings: Settings { explainer.settings }

    /// The number that is explained, in any run.
    func number(of trace: Trace) -> Double { target.value(of: trace.output(at: last)) }

    /// What is looked at, in any run.
    func values(of trace: Trace) -> Tensor { position.map { trace.output(at: $0) } ?? trace.input }

    /// The run that has `values` where this looks; at the input in memory of `pool`.
    func run(with values: Tensor, in pool: inout TracePool) -> Trace {
      guard let position else { return pool.run(network, on: values) }
      return network.rerun(explainer.trace, from: position, replacing: values)
    }

    /// The gradient with respect to what is looked at.
    func gradient(at trace: Trace) throws(ExplanationError) -> Tensor {
      do throws(TargetError) {
        let gradient = try network.gradient(of: target, at: trace)
        let found = position.flatMap { gradient.output(at: $0) } ?? gradient.input
        // A copy: the memory of all layers' gradients can be written anew, and is not kept for one.
        return Tensor(shape: found.shape, values: found.values)
      } catch {
        throw .target(error)
      }
    }
  }
}
