import MobileNet
import Research
import Tensors

/// One side: a network, its run on a photo, and the layer, cell and class to look at.
struct Side {
  let model: Numbered<Model>
  let photo: Photo
  let run: Numbered<Run>
  /// The layer, counted from 0.
  let layer: Int
  /// The cell.
  let cell: CellPosition
  /// The class whose influence orders the channels; nil without a classifier.
  let classIndex: Int?

  /// The layer's output.
  var output: Tensor { run.trace.output(at: layer) }

  /// The question for each channel's influence on the class; nil if channels of the layer have
  /// none.
  var influence: InfluenceQuestion? {
    guard model.layers.canBePatched(layer) else { return nil }
    return classIndex.map { InfluenceQuestion(model, run, layer: layer, classIndex: $0) }
  }

  /// Returns the channels in the order in which they are shown: by influence, or in layers without
  /// it by their means; nil until that is known.
  ///
  /// Until the influence is measured for this photo, the order is that of the photo before.
  func order(_ answers: Answers) -> [Int]? {
    guard model.layers.canBePatched(layer) else {
      return descending(run.value.statistics(at: layer).channels.map(\.mean))
    }
    return influence.flatMap { answers.latest($0) }.map { descending($0.map(Double.init)) }
  }
}

extension BesideScreen {
  /// Returns both sides at the selected layer; nil until both are computed, or if the other network
  /// has no layer of that name.
  func sides(_ core: Core) -> (left: Side, right: Side)? {
    guard let run = core.run, let other = counterpart(core),
      let position = other.model.layers.firstIndex(where: { $0.name == core.layer.name })
    else { return nil }
    let cell = CellPosition(y: core.cursor.y, x: core.cursor.x)
    let left = Side(
      model: core.model, photo: core.photo.value, run: run, layer: core.selection.layer,
      cell: cell, classIndex: core.selectedClass)
    let right = Side(
      model: other.model, photo: other.photo, run: other.run, layer: position,
      cell: cell.carried(
        from: core.planeShape, to: ActivationMap.shape(of: other.model.layers[position].output)),
      classIndex: otherClass(other, core))
    return (left, right)
  }

  /// Returns the other network's class with the same name as the selected one, or the same number
  /// if neither network has names; otherwise the other network's most likely class.
  private func otherClass(_ other: Counterpart, _ core: Core) -> Int? {
    let (own, others) = (core.model.checkpoint, other.model.checkpoint)
    let best = other.run.trace.predictions(top: 1).first?.classIndex
    guard let index = core.selectedClass else { return best }
    if own.labels.isEmpty, others.labels.isEmpty,
      own.architecture.classes == others.architecture.classes
    {
      return index
    }
    return others.labels.firstIndex(of: own.label(index)) ?? best
  }
}
