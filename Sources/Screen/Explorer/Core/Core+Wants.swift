import MobileNet
import Research

extension Core {
  /// The questions whose answers are needed to show what is under study, and what is to be shown
  /// next.
  var wants: [AnyQuestion] {
    var wants: [AnyQuestion] = []
    if let dropped { wants.append(AnyQuestion(PathQuestion(dropped))) }
    if let weights { wants.append(AnyQuestion(weights)) }
    if let photo = nextPhoto { wants.append(AnyQuestion(photo)) }
    if live == nil { wants.append(AnyQuestion(RunQuestion(model, photo))) }
    wants.append(AnyQuestion(atlasQuestion))
    if let folder = atlasFolderQuestion { wants.append(AnyQuestion(folder)) }
    guard !patches.isEmpty else { return wants }
    return wants
      + [original, live?.next?.run].compactMap(\.self).map {
        AnyQuestion(RerunQuestion(model, $0, patching: patches))
      }
  }

  /// The question for the photo to show next: another image, or the same one for other weights.
  private var nextPhoto: PhotoQuestion? {
    if let next = weights.flatMap({ answers[$0] }) {
      return PhotoQuestion(
        coming ?? album.path, for: next, present: coming == nil ? photo : nil)
    }
    return coming.map { PhotoQuestion($0, for: model) }
  }

  /// Takes in the final answer to `question`, or its failure; returns further intents.
  mutating func heard(_ question: AnyQuestion) -> [Intent] {
    switch question.base {
    case let asked as PhotoQuestion: return take(asked)
    case let asked as ModelQuestion:
      if asked == weights, answers[asked] == nil { weights = nil }
    case is RunQuestion: fixRange()
    case let asked as RerunQuestion: showNext(after: asked)
    case let asked as PathQuestion:
      guard asked.path == dropped else { return [] }
      dropped = nil
      switch answers[asked] {
      case .folder(let path): return [.open(.began(.image, folder: path))]
      case .checkpoint(let path): return [.weightsAsked(path, resolution: nil)]
      case .file(let path): return [.photoAsked(path: path)]
      case nil: break
      }
    default: break
    }
    return []
  }

  /// Shows the photo that was asked for, in the network that it was prepared for.
  private mutating func take(_ asked: PhotoQuestion) -> [Intent] {
    guard asked == nextPhoto else { return [] }
    guard let photo = answers[asked] else {
      if asked.model != model { weights = nil }
      if asked.path == coming { album.skip(asked.path) }
      coming = nil
      return []
    }
    var intents: [Intent] = []
    let old = model
    if asked.model != old {
      take(asked.model)
      if live != nil { intents.append(.perform(.live(.use(asked.model)))) }
    }
    if let coming {
      selection = album.go(to: coming, leaving: selection)
      intents.append(.perform(.remember(path: coming)))
    }
    coming = nil
    self.photo = photo
    live?.run = nil
    live?.next = nil
    live?.trends = []
    message = nil
    let grid = planeShape
    if asked.model != old { placed.forgetArea() }
    placed.y = min(placed.y, grid.height - 1)
    placed.x = min(placed.x, grid.width - 1)
    return intents
  }

  /// Puts another network under study; patches and chosen classes are dropped, as they mean nothing
  /// in it.
  private mutating func take(_ model: Numbered<Model>) {
    album.carrySelections(from: layers, to: model.layers)
    selection = selection.carried(from: layers, to: model.layers)
    view.fixed = nil
    patches = []
    chosenClass = nil
    rival = nil
    weights = nil
    self.model = model
  }
}
