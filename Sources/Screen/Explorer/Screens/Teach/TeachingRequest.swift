import Learning
import Research

/// The file operations of teaching.
public enum TeachingRequest: Equatable, Sendable {
  /// Write the photo to a file of the collection.
  case record(Numbered<Photo>, as: String, in: CollectionFolder)
  /// Write the collection's list.
  case keep(PictureCollection, in: CollectionFolder)
  /// Copy the pictures into a folder for each class.
  case export(PictureCollection, from: CollectionFolder)
  /// Save the learned network in the working folder.
  case save(Numbered<Learned>)
  /// Write the learned network beside the collection, to be explored.
  case use(Numbered<Learned>, in: CollectionFolder)
}
