import Cells

/// A screen: the keys it has and how it looks.
///
/// A new screen is a folder beside this file and a case in the list below.
public struct Screen: Sendable {
  /// The screens there are.
  public enum ID: String, CaseIterable, Sendable {
    case home, grid, zoom, kernels, evidence, ablation, lesson, compare, beside, find
    case input, open, weights, save, help
  }

  /// The keys that work on it, besides those that work everywhere.
  let bindings: [Binding]
  /// What the help calls it.
  let title: String
  /// Draws the part between the header and the footer.
  let draw: @Sendable (ExplorerState, Rect, inout Frame) -> Void
  /// What a letter means while the person types text; nil where letters are keys.
  var typed: (@Sendable (ExplorerState, Character) -> Action?)?
}

extension Screen.ID {
  /// Whether it is left again once something is chosen.
  var isMenu: Bool {
    switch self {
    case .home, .grid, .zoom, .kernels, .evidence, .ablation, .lesson, .compare, .beside, .input:
      false
    case .find, .open, .weights, .save, .help: true
    }
  }

  /// What it has and how it looks.
  var definition: Screen {
    switch self {
    case .home: .home
    case .grid: .grid
    case .zoom: .zoom
    case .kernels: .kernels
    case .evidence: .evidence
    case .ablation: .ablation
    case .lesson: .lesson
    case .compare: .compare
    case .beside: .beside
    case .find: .find
    case .input: .input
    case .open: .open
    case .weights: .weights
    case .save: .save
    case .help: .help
    }
  }
}
