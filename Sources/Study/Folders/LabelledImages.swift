import MobileNet

/// Images with the class that each of them shows, in a checkpoint's own numbering.
public struct LabelledImages: Sendable {
  /// One image and its class.
  public struct Image: Hashable, Sendable {
    /// The path of the file.
    public let path: String
    /// The path as people see it, relative to the folder.
    public let name: String
    /// The class in the checkpoint's own numbering.
    public let classIndex: Int

    /// Creates the image at `path`, called `name`, of class `classIndex`.
    public init(path: String, name: String, classIndex: Int) {
      self.path = path
      self.name = name
      self.classIndex = classIndex
    }
  }

  /// The files, in the order of their paths.
  public let images: [Image]

  /// Folders whose names are no class of the checkpoint and that were left out.
  public let unknownFolders: [String]

  /// Finds the classes of `named` among `classes`.
  ///
  /// A folder that is no class is left out, unless all are; in a list, an unknown class is an
  /// error.
  public init(_ named: NamedImages, list: String? = nil, classes: ClassNames) throws(FolderError) {
    var images: [Image] = []
    var unknown: Set<String> = []
    for image in named.images {
      if let index = classes.index(of: image.name) {
        images.append(Image(path: named.path(of: image), name: image.path, classIndex: index))
      } else if let list, let line = image.line {
        throw .unknownClass(list: list, number: line, name: image.name)
      } else {
        unknown.insert(image.name)
      }
    }
    unknownFolders = unknown.sorted()
    guard !images.isEmpty else {
      throw .unknownClasses(folder: named.folder, names: unknownFolders)
    }
    self.images = images
  }
}
