import Learning
import Research

/// What is asked of the disk while classes are taught.
public enum TeachingRequest: Equatable, Sendable {
  /// Write what is shown to a file of a collection.
  case record(Numbered<Photo>, as: String, in: CollectionFolder)
  /// Keep the list of a collection.
  case keep(PictureCollection, in: CollectionFolder)
  /// Copy the pictures into a folder per class.
  case export(PictureCollection, from: CollectionFolder)
  /// Save what was learned in the working folder.
  case save(Numbered<Learned>)
  /// Write what was learned beside the collection, to be looked through.
  case use(Numbered<Learned>, in: CollectionFolder)
}
