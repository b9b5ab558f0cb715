import Catalogue
import Folders
import MobileNet

/// How classes are named that folders call by their WordNet ids.
enum ClassNaming {
  /// What people call `classes`, as `checkpoint` does, or else the networks that come with the program.
  static func names(of classes: [String], by checkpoint: Checkpoint? = nil) throws -> [String] {
    guard classes.contains(where: WordNetNames.isID) else { return classes }
    let own = checkpoint.map { WordNetNames($0).names(of: classes) } ?? classes
    guard own.contains(where: WordNetNames.isID) else { return own }
    let bundled = try WeightsCatalogue.checkpoint(WeightsCatalogue.defaultName)
    return WordNetNames(bundled).names(of: own)
  }
}
