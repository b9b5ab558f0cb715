import Foundation
import Tensors

/// The number whose gradient is computed: the number to explain.
public enum Target: Hashable, Sendable {
  /// A class's sum before softmax, its logit; centred, less the mean over all classes.
  ///
  /// Softmax does not change when the same number is added to every logit, so a logit alone says
  /// nothing; its difference from the mean speaks for the class. With a sigmoid for each class, the
  /// logit itself does.
  case logit(Int, isCentred: Bool = true)
  /// A class's logit less another's: the reason for one class and against the other.
  case difference(Int, from: Int)
  /// The logarithm of a class's softmax probability: the negative of the cross-entropy.
  case logProbability(Int)
  /// The mean of a channel over all places of the layer at a position.
  case channelMean(layer: Int, channel: Int)
  /// The largest value of a channel of the layer at a position.
  case channelMaximum(layer: Int, channel: Int)
  /// A single value of the layer at a position.
  case value(layer: Int, row: Int, column: Int, channel: Int)

  /// Returns the logit of a class as a target in a network with these layers, centred where a
  /// softmax follows.
  public static func logit(of classIndex: Int, in layers: [Layer]) -> Target {
    .logit(classIndex, isCentred: layers.hasSoftmax)
  }

  /// Returns the position of the layer that the target is computed from, or throws when there is no
  /// such layer, class, channel or cell.
  public func position(in layers: [Layer]) throws(TargetError) -> Int {
    switch self {
    case .logit(let index, _), .logProbability(let index):
      return try Self.classifier(of: layers, classes: [index])
    case .difference(let index, let other):
      return try Self.classifier(of: layers, classes: [index, other])
    case .channelMean(let layer, let channel), .channelMaximum(let layer, let channel):
      try Self.check(layers, layer, 0, 0, channel)
      return layer
    case .value(let layer, let row, let column, let channel):
      try Self.check(layers, layer, row, column, channel)
      return layer
    }
  }

  private static func classifier(of layers: [Layer], classes: [Int]) throws(TargetError) -> Int {
    guard let position = layers.classifier else { throw .noClassifier }
    let count = layers[position].output.channels
    for index in classes where !(0..<count ~= index) {
      throw .noClass(index, classes: count)
    }
    return position
  }

  private static func check(
    _ layers: [Layer], _ position: Int, _ row: Int, _ column: Int, _ channel: Int
  ) throws(TargetError) {
    guard layers.indices.contains(position) else { throw .noLayer(position) }
    let layer = layers[position]
    guard 0..<layer.output.channels ~= channel else {
      throw .noChannel(channel, layer: layer.name, channels: layer.output.channels)
    }
    guard 0..<layer.output.height ~= row, 0..<layer.output.width ~= column else {
      throw .noCell(row, column, layer: layer.name, output: layer.output)
    }
  }

  /// Returns the target's value in `output`, the output of its layer; NaN where that is not finite.
  public func value(of output: Tensor) -> Double {
    switch self {
    case .logit(let index, let isCentred):
      let mean = isCentred ? output.statistics.mean : 0
      return Double(output[0, 0, index]) - mean
    case .logProbability(let index): return output.logProbabilities[index]
    case .difference(let index, let other):
      return Double(output[0, 0, index]) - Double(output[0, 0, other])
    case .channelMean(_, let channel): return output.finiteStatistics(channel)?.mean ?? .nan
    case .channelMaximum(_, let channel):
      return output.finiteStatistics(channel).map { Double($0.maximum) } ?? .nan
    case .value(_, let row, let column, let channel):
      return Double(output[row, column, channel])
    }
  }

  /// Returns the target's gradient with respect to `output`: the start of the backward pass.
  func seed(_ output: Tensor) -> Tensor {
    let shape = output.shape
    var values = [Float](repeating: 0, count: shape.count)
    switch self {
    case .logit(let index, let isCentred):
      if isCentred { values = Array(repeating: -1 / Float(shape.count), count: shape.count) }
      values[index] += 1
    case .logProbability(let index):
      values = output.logProbabilities.map { Float(-exp($0)) }
      values[index] += 1
    case .difference(let index, let other):
      values[index] += 1
      values[other] -= 1
    case .channelMean(_, let channel):
      for place in 0..<shape.places {
        values[place * shape.channels + channel] = 1 / Float(shape.places)
      }
    case .channelMaximum(_, let channel):
      let largest = output.plane(channel).largestPlace
      values[shape.index(largest.row, largest.column, channel)] = 1
    case .value(_, let row, let column, let channel):
      values[shape.index(row, column, channel)] = 1
    }
    return Tensor(shape: shape, values: values)
  }
}

extension Tensor {
  /// Returns the statistics of a channel; nil if any of its values is not finite.
  fileprivate func finiteStatistics(_ channel: Int) -> Statistics? {
    let plane = plane(channel)
    return plane.values.allSatisfy(\.isFinite) ? plane.statistics : nil
  }

  /// The logarithm of each value's softmax probability.
  fileprivate var logProbabilities: [Double] {
    let values = values.map { Double($0) }
    let largest = values.max() ?? 0
    let sum = values.reduce(0) { $0 + exp($1 - largest) }
    return values.map { $0 - largest - log(sum) }
  }
}

/// An error for a target that the network does not have.
public enum TargetError: Error, Equatable, CustomStringConvertible {
  /// The network ends with its features.
  case noClassifier
  /// The network has fewer classes.
  case noClass(Int, classes: Int)
  /// The network has fewer layers.
  case noLayer(Int)
  /// The layer has fewer channels.
  case noChannel(Int, layer: String, channels: Int)
  /// The layer has fewer rows or columns.
  case noCell(Int, Int, layer: String, output: Shape)

  /// One line that names the missing thing and what there is.
  public var description: String {
    switch self {
    case .noClassifier: "the network has no classifier, so that it has no classes to explain"
    case .noClass(let index, let classes):
      "there is no class \(index): the network has classes 0 to \(classes - 1)"
    case .noLayer(let position): "there is no layer at position \(position)"
    case .noChannel(let channel, let layer, let channels):
      "\(layer) has no channel \(channel), only 0 to \(channels - 1)"
    case .noCell(let row, let column, let layer, let output):
      "\(layer) has no cell \(row),\(column): its output is \(output)"
    }
  }
}
