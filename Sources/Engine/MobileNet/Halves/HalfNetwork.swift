import Kernels
import Tensors

/// A checkpoint at one resolution that keeps its weights and its layers' outputs in half precision.
///
/// The arithmetic is that of floats: each layer reads halves as floats and rounds its output. So
/// storage halves, and the cost of rounding can be measured.
public final class HalfNetwork: Sendable {
  private let network: Network
  private let layout: TraceLayout

  /// Rounds the weights of `checkpoint` and packs them for an input of `resolution`; throws as
  /// `Network` does.
  public init(
    _ checkpoint: Checkpoint, resolution: Resolution? = nil, threads: Int? = nil,
    instructionSet: InstructionSet = .best
  ) throws(NetworkError) {
    network = try Network(
      checkpoint.inHalves, resolution: resolution, threads: threads,
      instructionSet: instructionSet)
    layout = TraceLayout(network.layers)
  }

  /// Creates a copy with threads and memory of its own that shares the packed weights.
  public init(sharingWeightsWith other: HalfNetwork) {
    network = Network(sharingWeightsWith: other.network)
    layout = other.layout
  }

  /// The checkpoint with its weights rounded.
  public var checkpoint: Checkpoint { network.checkpoint }
  /// The layers, in the order of execution.
  public var layers: [Layer] { network.layers }
  /// The rows and columns of the input, in pixels.
  public var resolution: Resolution { network.resolution }
  /// The shape of the input: height × width × channels.
  public var inputShape: Shape { network.inputShape }
  /// The number of threads that share the work of a layer, including the caller's.
  public var threads: Int { network.threads }
  /// The instruction set that the kernels use.
  public var instructionSet: InstructionSet { network.instructionSet }

  /// Measures the peak throughput of the network's threads, in billions of floating-point
  /// operations a second.
  ///
  /// The measurement takes about a tenth of a second.
  public func measurePeakGFLOPS() -> Double { network.measurePeakGFLOPS() }

  /// Runs the network on `input` and records every output.
  public func run(_ input: Tensor) -> HalfTrace {
    var trace: HalfTrace?
    return run(input, reusing: &trace)
  }

  /// Runs the network on `input` and replaces `trace`, in the same memory if nothing else holds it.
  ///
  /// Calls `onLayer` after each layer with its position, counted from 0, and its time in
  /// milliseconds.
  @discardableResult
  public func run(
    _ input: Tensor, reusing trace: inout HalfTrace?, onLayer: ((Int, Double) -> Void)? = nil
  ) -> HalfTrace {
    precondition(input.shape == inputShape)
    var storage = trace?.storage
    trace = nil
    let memory = Storage.reusing(&storage, count: (layout.count + 1) / 2)
    let rounded = HalfTensor(input)
    var milliseconds: [Double] = []
    network.access.withLock { spares in
      network.reserveSpares(&spares)
      var values = rounded.reals
      for stage in network.stages {
        for position in stage.positions {
          let watch = Stopwatch()
          let shape = layers[position].output
          let floats = Destination(shape: shape, storage: spares[position % 2])
          stage.runLayer(at: position, values, into: floats, workers: network.workers)
          _ = HalfTensor(
            rounding: floats, in: memory, offset: layout.offsets[position],
            workers: network.workers)
          values = floats.tensor
          milliseconds.append(watch.milliseconds)
          onLayer?(position, milliseconds[position])
        }
      }
    }
    let result = HalfTrace(
      layers: layers, input: rounded, milliseconds: milliseconds, layout: layout, storage: memory)
    trace = result
    return result
  }
}
