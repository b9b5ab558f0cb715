import Catalogue
import Folders
import MobileNet

/// The names of classes that folders call by their WordNet ids.
enum ClassNaming {
  /// The names of `classes`, by `checkpoint`, or else by the networks that come with the program.
  static func names(of classes: [String], by checkpoint: Checkpoint? = nil) throws -> [String] {
    guard classes.contains(where: WordNetNames.isID) else { return classes }
    let own = checkpoint.map { WordNetNames($0).names(of: classes) } ?? classes
    guard own.contains(where: WordNetNames.isID) else { return own }
    let bundled = try WeightsCatalogue.checkpoint(WeightsCatalogue.defaultName)
    return WordNetNames(bundled).names(of: own)
  }
}
