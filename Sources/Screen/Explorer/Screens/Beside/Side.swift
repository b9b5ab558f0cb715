import MobileNet
import Tensors

/// One side: a network, what it made of a photo, the layer, the cell and the channel to look at.
struct Side {
  let model: Numbered<Model>
  let photo: Photo
  let run: Numbered<Trace>
  /// The layer, counted from 0.
  let layer: Int
  /// The row of the cell.
  let y: Int
  /// The column of the cell.
  let x: Int
  /// The class that channels are asked about; nil without a classifier.
  let classIndex: Int?

  /// What the layer made.
  var output: Tensor { run.value.output(at: layer) }
}

extension ExplorerState {
  /// Both sides at the selected layer; nil until both are there, or where the other network has no
  /// such layer.
  var sides: (left: Side, right: Side)? {
    guard let run, let other = beside.answer?.counterpart.value,
      let position = other.model.layers.firstIndex(where: { $0.name == layer.name })
    else { return nil }
    let carried = ZoomState.Place(y: zoom.y, x: zoom.x).carried(
      from: planeShape, to: ActivationMap.shape(of: other.model.layers[position].output))
    let left = Side(
      model: model, photo: photo.value, run: run, layer: place.layer, y: zoom.y, x: zoom.x,
      classIndex: selectedClass)
    let right = Side(
      model: other.model, photo: other.photo, run: other.run, layer: position, y: carried.y,
      x: carried.x, classIndex: otherClass(other))
    return (left, right)
  }

  /// The class of the other network that has the name of the one that is asked about, or its
  /// number where neither has names; else the one that it finds most likely.
  private func otherClass(_ other: Counterpart) -> Int? {
    let (own, others) = (model.checkpoint, other.model.checkpoint)
    let best = other.run.value.predictions(top: 1).first?.classIndex
    guard let index = selectedClass else { return best }
    if own.labels.isEmpty, others.labels.isEmpty,
      own.architecture.classes == others.architecture.classes
    {
      return index
    }
    return others.labels.firstIndex(of: own.label(index)) ?? best
  }

  /// The channels of a side from the one to show first to the last, once that is known: by their
  /// influence, or, behind the layers that have one, by their values.
  func order(of side: Side) -> [Int]? {
    guard side.model.layers[side.layer].canBeSwitchedOff else {
      return descending(side.output.values.map(Double.init))
    }
    return influence(of: side).map { descending($0.map(Double.init)) }
  }

  /// How much each channel of a side speaks for the class, once all were measured.
  func influence(of side: Side) -> [Float]? {
    guard let classIndex = side.classIndex else { return nil }
    return beside.rankings.first { $0.isAbout(side, class: classIndex) }?.values
  }
}
