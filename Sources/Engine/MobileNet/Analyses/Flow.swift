import Kernels
import Tensors

/// Where a part of the input, or of a layer's output, goes on its way to a number: what it adds to
/// the number through each value of the layers behind it.
///
/// To first order: the part's tangent at a value (what the part adds to it) times the gradient there
/// (what the number gains by it). By the chain rule the products of every layer add up to the same
/// total, the part's gradient × activation (Griewank and Walther, "Evaluating Derivatives", 2008,
/// sections 3.1 and 3.2: forward and reverse mode meet in every layer).
public struct Flow: Sendable {
  /// The number.
  public let target: Target
  /// The first layer behind the part, counted from 0.
  public let first: Int
  /// What the part adds to the number, at the part itself.
  public let total: Double

  private let products: [Tensor]

  init(_ target: Target, first: Int, total: Double, products: [Tensor]) {
    self.target = target
    self.first = first
    self.total = total
    self.products = products
  }

  /// The layers that it goes through, counted from 0.
  public var positions: Range<Int> { first..<first + products.count }

  /// What goes through each value of the layer at `position`.
  public func values(at position: Int) -> Tensor? {
    positions.contains(position) ? products[position - first] : nil
  }

  /// What goes through each place of the layer at `position`.
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

  /// What goes through each channel of the layer at `position`.
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
  /// Where `part` of what the layer at `position` made, or of the input where that is nil, goes on its
  /// way to `target` in `trace`, a run of this network.
  ///
  /// Throws when the network has no such target. Nil where the target is not behind the part, and
  /// when `pause` answers false, which is asked before every layer.
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
  /// What the layer at `position` makes of a small change `tangent` of what it reads in `trace`.
  private func linearised(_ position: Int, _ tangent: Tensor, at trace: Trace) -> Tensor {
    let layer = layers[position]
    guard let biases = checkpoint.weights(of: layer)?.biases,
      let stage = stages.first(where: { $0.positions.contains(position) })
    else {
      // The mean is linear. What softmax and sigmoid do to a change they do to a gradient as well:
      // their matrices of derivatives are symmetric.
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
  /// The same with zeros everywhere but in `part`.
  fileprivate func only(_ part: Patch.Part) -> Tensor {
    let rest = Patch(layer: 0, part: part).applied(to: self)
    return Tensor(shape: shape, values: zip(values, rest.values).map { $0 - $1 })
  }

  fileprivate func times(_ other: Tensor) -> Tensor {
    Tensor(shape: shape, values: zip(values, other.values).map { $0 * $1 })
  }
}
