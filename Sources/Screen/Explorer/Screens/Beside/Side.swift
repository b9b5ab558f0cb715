import MobileNet
import Research
import Tensors

/// One side: a network, what it made of a photo, the layer, the cell and the channel to look at.
struct Side {
  let model: Numbered<Model>
  let photo: Photo
  let run: Numbered<Run>
  /// The layer, counted from 0.
  let layer: Int
  /// The cell.
  let cell: CellPosition
  /// The class that channels are asked about; nil without a classifier.
  let classIndex: Int?

  /// What the layer made.
  var output: Tensor { run.trace.output(at: layer) }

  /// How much each channel speaks for the class; nil where none can.
  var influence: InfluenceQuestion? {
    guard model.layers.canBePatched(layer) else { return nil }
    return classIndex.map { InfluenceQuestion(model, run, layer: layer, classIndex: $0) }
  }

  /// The channels from the one to show first to the last, once that is known: by their influence,
  /// or, where none has one, by their means.
  ///
  /// The order is that of the photo before until it is measured anew.
  func order(_ answers: Answers) -> [Int]? {
    guard model.layers.canBePatched(layer) else {
      return descending(run.value.statistics(at: layer).channels.map(\.mean))
    }
    return influence.flatMap { answers.latest($0) }.map { descending($0.map(Double.init)) }
  }
}

extension BesideScreen {
  /// Both sides at the selected layer; nil until both are there, or where the other network has no
  /// such layer.
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

  /// The class of the other network that has the name of the one that is asked about, or its
  /// number where neither has names; else the one that it finds most likely.
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
