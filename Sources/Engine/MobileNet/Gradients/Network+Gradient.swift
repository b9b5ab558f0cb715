import Kernels
import Tensors

extension Network {
  /// The gradient of `target` with respect to every layer before it and the input, in one backward
  /// pass over `trace`, a run of this network, or of its layers up to the target's.
  ///
  /// The result is the same, bit for bit, for any number of threads. It is in the memory of the one
  /// before, if nobody holds that any more. Throws when the network has no such target.
  public func gradient(of target: Target, at trace: Trace) throws(TargetError) -> Gradient {
    try latestGradient.withLock { latest throws(TargetError) in
      try gradient(of: target, at: trace, reusing: &latest)
    }
  }

  /// Computes the gradient in the memory of `previous`, if nothing else holds that; `previous`
  /// becomes the result.
  ///
  /// With `beforeActivation`, the target is computed from its layer's sums, so that there is a
  /// gradient even where the activation function cuts all of them off. A depthwise layer reads a
  /// single channel, which may be cut off as well, so the activation function before that layer is
  /// left out too.
  @discardableResult
  public func gradient(
    of target: Target, at trace: Trace, beforeActivation: Bool = false,
    reusing previous: inout Gradient?
  ) throws(TargetError) -> Gradient {
    precondition(layers.starts(with: trace.layers))
    let position = try target.position(in: layers)
    precondition(position < trace.layers.count, "the layer of \(target) was not run")
    var storage = previous?.storage
    previous = nil
    let gradient = backward(
      target, from: position, at: trace, beforeActivation: beforeActivation, in: &storage)
    previous = gradient
    return gradient
  }

  private func backward(
    _ target: Target, from position: Int, at trace: Trace, beforeActivation: Bool,
    in memory: inout Storage?
  ) -> Gradient {
    let watch = Stopwatch()
    let layout = TraceLayout(layers[...position])
    let storage = Storage.reusing(&memory, count: layout.count + inputShape.count)
    let destinations = (0...position).map {
      Destination(shape: layers[$0].output, storage: storage, offset: layout.offsets[$0])
    }
    let input = Destination(shape: inputShape, storage: storage, offset: layout.count)
    destinations[position].copy(target.seed(trace.output(at: position)))
    let stages = backwardStages(through: position)
    let reach =
      layers[position].kind == .depthwise ? max(0, position - 1)...position : position...position
    access.withLock { spares in
      reserveSpares(&spares)
      workers.reserve(stages.map(\.scratchCount).max() ?? 0)
      for stage in stages.reversed() {
        let first = stage.positions.lowerBound
        let result = first == 0 ? input : destinations[first - 1]
        let last = min(position, stage.positions.upperBound - 1)
        run(
          stage, from: last, at: trace, destinations,
          isLinear: beforeActivation && reach.contains(last), into: result, spares: spares)
      }
    }
    return Gradient(
      of: target, at: position, input: input.tensor, outputs: destinations.map(\.tensor),
      storage: storage, milliseconds: watch.milliseconds)
  }

  /// Computes `result`, the gradient with respect to the input of `stage`, from that of the layer
  /// at `position`.
  private func run(
    _ stage: BackwardStage, from position: Int, at trace: Trace, _ gradients: [Destination],
    isLinear: Bool, into result: Destination, spares: [Storage]
  ) {
    let first = stage.positions.lowerBound
    let gradient = gradients[position].tensor
    switch stage.kernel {
    case .strided(let strided):
      strided.run(
        gradient, output: trace.output(at: first), isLinear: isLinear, into: result,
        spares: spares, workers: workers)
    case .separable(let separable):
      if position > first {
        separable.runPointwise(
          gradient, output: trace.output(at: position), isLinear: isLinear,
          into: gradients[first], workers: workers)
      }
      separable.runDepthwise(
        gradients[first].tensor, middle: trace.output(at: first),
        isLinear: isLinear && position == first, into: result, workers: workers)
    case .fullyConnected(let product):
      let masked =
        isLinear ? gradient : layers[first].unactivated(gradient, output: trace.output(at: first))
      product.run(masked, into: result, workers: workers)
    case .averagePooling:
      Reductions.spread(gradient, into: result)
    case .plain:
      let found = layers[first].operation.rules.backward(
        gradient, inputs: [trace.input(at: first)], output: trace.output(at: first), nil)
      result.copy(found[0])
    }
  }
}

extension Network {
  /// The memory of all weights as the backward kernels read them, in bytes; they are packed when a
  /// gradient is asked for the first time.
  public var backwardByteCount: Int {
    backwardStages(through: layers.count - 1).reduce(0) { $0 + $1.byteCount }
  }

  private func backwardStages(through position: Int) -> ArraySlice<BackwardStage> {
    backwardPlan.stages(stageCount(through: position)) {
      BackwardStage(stages[$0], layers: layers, checkpoint: checkpoint, workers: workers)
    }
  }
}

extension Layer {
  /// Returns the gradient with respect to the layer's sums, from `gradient`, the one with respect
  /// to `output`: zero where the activation function cuts off.
  func unactivated(_ gradient: Tensor, output: Tensor) -> Tensor {
    guard let activation else { return gradient }
    let values = zip(gradient.values, output.values).map {
      $1 > 0 && $1 < activation.ceiling ? $0 : 0
    }
    return Tensor(shape: gradient.shape, values: values)
  }
}
