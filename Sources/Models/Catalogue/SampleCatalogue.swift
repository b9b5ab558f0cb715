import Samples

/// Finds the bundled images by name.
public enum SampleCatalogue {
  /// Returns the bundled images, in the order of display.
  public static func all() throws(CatalogueError) -> [BundledSample] {
    guard !BundledSample.all.isEmpty else {
      throw .nothingBundled(folder: BundledSample.resources.path)
    }
    return BundledSample.all
  }

  /// Returns the path of the image called `name`, or of the first one without a name.
  public static func path(of name: String?) throws(CatalogueError) -> String {
    let all = try all()
    let found = name.map { BundledSample.named($0) } ?? all.first
    guard let found else {
      throw .unknownSample(name ?? "samples", known: all.map(\.name))
    }
    return found.path
  }
}
