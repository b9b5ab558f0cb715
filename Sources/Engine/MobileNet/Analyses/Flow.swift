import Kernels
import Tensors

/// The flow from a part of the input, or of a layer's output, to a target: the amount that the part
/// adds to the target through each value of the layers in between.
///
/// To first order, that amount is the part's tangent at a value (the part's contribution to the
/// value) times the gradient there (the target's change with the value). By the chain rule the
/// products of every layer add up to the same total, the part's gradient × activation (Griewank and
/// Walther, "Evaluating Derivatives", 2008, sections 3.1 and 3.2: forward and reverse mode meet in
/// every layer).
public struct Flow: Sendable {
  /// The number that the part adds to.
  public let target: Target
  /// The first layer behind the part, counted from 0.
  public let first: Int
  /// The amount that the part adds to the target, at the part itself: gradient × activation.
  public let total: Double

  private let products: [Tensor]

  init(_ target: Target, first: Int, total: Double, products: [Tensor]) {
    self.target = target
    self.first = first
    self.total = total
    self.products = products
  }

  /// The positions of the layers from the part to the target, counted from 0.
  public var positions: Range<Int> { first..<first + products.count }

  /// Returns the flow through each value of the layer at `position`; nil outside of `positions`.
  public func values(at position: Int) -> Tensor? {
    positions.contains(position) ? products[position - first] : nil
  }

  /// Returns the flow through each place of the layer at `position`; nil outside of `positions`.
  public func places(at position: Int) -> Plane? {
    values(at: position).map { values in
      let shape = values.shape
      let sums = values.withUnsafeBufferPointer { all in
        (0..<shape.places).map { place in
          all[place * shape.channels..<(place + 1) * shape.channels].reduce(0, +)
        }
      }
      return Plane(height: shape.height, width: shape.width, values: sums)
    }
  }

  /// Returns the flow through each channel of the layer at `position`; nil outside of `positions`.
  public func channels(at position: Int) -> [Double]? {
    values(at: position).map { values in
      let shape = values.shape
      return values.withUnsafeBufferPointer { all in
        (0..<shape.channels).map { channel in
          stride(from: channel, to: all.count, by: shape.channels).reduce(0.0) {
            $0 + Double(all[$1])
          }
        }
      }
    }
  }
}

extension Network {
  /// Computes the flow from `part` of the output of the layer at `position`, or of the input if
  /// that is nil, to `target` in `trace`, a run of this network.
  ///
  /// Calls `pause` before every layer and returns nil when the closure returns false, and where the
  /// target is not behind the part. Throws when the network has no such target.
  public func flow(
    of part: Patch.Part, at position: Int?, to target: Target, in trace: Trace,
    pause: () -> Bool = { true }
  ) throws(TargetError) -> Flow? {
    let gradient = try gradient(of: target, at: trace)
    let first = position.map { $0 + 1 } ?? 0
    guard first <= gradient.position else { return nil }
    var tangent = (position.map { trace.output(at: $0) } ?? trace.input).only(part)
    let source = position.flatMap { gradient.output(at: $0) } ?? gradient.input
    let total = tangent.times(source).values.reduce(0.0) { $0 + Double($1) }
    var products: [Tensor] = []
    for position in first...gradient.position {
      guard pause(), let gradient = gradient.output(at: position) else { return nil }
      tangent = linearised(position, tangent, at: trace)
      products.append(tangent.times(gradient))
    }
    return Flow(target, first: first, total: total, products: products)
  }
}

extension Network {
  /// Returns the first-order change in the output of the layer at `position` for the change
  /// `tangent` in its input in `trace`.
  private func linearised(_ position: Int, _ tangent: Tensor, at trace: Trace) -> Tensor {
    let layer = layers[position]
    guard let biases = checkpoint.weights(of: layer)?.biases,
      let stage = stages.first(where: { $0.positions.contains(position) })
    else {
      // The mean is linear. Softmax and sigmoid have symmetric Jacobians, so their backward rules
      // give the forward derivative as well.
      let rules = layer.operation.rules
      return layer.kind == .averagePooling
        ? rules.forward([tangent], nil)
        : rules.backward(
          tangent, inputs: [trace.input(at: position)], output: trace.output(at: position), nil)[0]
    }
    let result = Destination(
      shape: layer.output, storage: Storage(uninitialized: layer.output.count))
    access.withLock { _ in
      stage.runLinearly(
        tangent, isSecondHalf: position > stage.positions.lowerBound, into: result,
        workers: workers)
    }
    let values = result.tensor.values.enumerated().map { $1 - biases[$0 % biases.count] }
    return layer.unactivated(
      Tensor(shape: layer.output, values: values), output: trace.output(at: position))
  }
}

extension Tensor {
  /// Returns a copy with zeros everywhere but in `part`.
  fileprivate func only(_ part: Patch.Part) -> Tensor {
    let rest = Patch(layer: 0, part: part).applied(to: self)
    return Tensor(shape: shape, values: zip(values, rest.values).map { $0 - $1 })
  }

  fileprivate func times(_ other: Tensor) -> Tensor {
    Tensor(shape: shape, values: zip(values, other.values).map { $0 * $1 })
  }
}
