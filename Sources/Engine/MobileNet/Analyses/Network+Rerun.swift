import Kernels
import Tensors

extension Network {
  /// Returns the trace that results if the layer at `position` has `output` as its output.
  ///
  /// `trace` is one of this network's, and `output` has the shape of that layer's output. Earlier
  /// outputs are shared with `trace`, later ones are computed, and the times of all others are
  /// zero.
  public func rerun(_ trace: Trace, from position: Int, replacing output: Tensor) -> Trace {
    precondition(trace.layers == layers && output.shape == layers[position].output)
    let takenOver = (0..<position).map { trace.output(at: $0) } + [output]
    let layout = TraceLayout(layers[takenOver.count...])
    let storage = Storage(uninitialized: layout.count)
    func destination(_ position: Int) -> Destination {
      Destination(
        shape: layers[position].output, storage: storage,
        offset: layout.offsets[position - takenOver.count])
    }
    var milliseconds = [Double](repeating: 0, count: layers.count)
    access.withLock { _ in
      var input = output
      for stage in stages where stage.positions.upperBound > takenOver.count {
        let last = stage.positions.upperBound - 1
        let result = destination(last)
        if stage.positions.lowerBound < takenOver.count {
          let watch = Stopwatch()
          stage.runLayer(at: last, input, into: result, workers: workers)
          milliseconds[last] = watch.milliseconds
        } else {
          let between = stage.positions.count > 1 ? destination(last - 1) : nil
          let times = stage.run(input, between: between, into: result, workers: workers)
          milliseconds.replaceSubrange(stage.positions, with: times)
        }
        input = result.tensor
      }
    }
    return Trace(
      layers: layers, input: trace.input, milliseconds: milliseconds, takenOver: takenOver,
      layout: layout, storage: storage)
  }
}

extension Tensor {
  /// Returns a copy with every value of one channel set to zero.
  public func switchingOff(channel: Int) -> Tensor { switchingOff(channels: [channel]) }

  /// Returns a copy with every value of some channels set to zero.
  public func switchingOff(channels: Set<Int>) -> Tensor {
    precondition(channels.allSatisfy { 0..<shape.channels ~= $0 })
    var values = values
    for channel in channels {
      for place in 0..<shape.places { values[place * shape.channels + channel] = 0 }
    }
    return Tensor(shape: shape, values: values)
  }

  /// Returns a copy with all channels set to zero in some rows and columns; those outside of the
  /// tensor are ignored.
  public func switchingOff(rows: Range<Int>, columns: Range<Int>) -> Tensor {
    let columns = columns.clamped(to: 0..<shape.width)
    var values = values
    for row in rows.clamped(to: 0..<shape.height) {
      let first = (row * shape.width + columns.lowerBound) * shape.channels
      for place in first..<first + columns.count * shape.channels { values[place] = 0 }
    }
    return Tensor(shape: shape, values: values)
  }
}
