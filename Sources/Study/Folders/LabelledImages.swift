import MobileNet

/// Images with the class that each of them shows, in a checkpoint's own numbering.
public struct LabelledImages: Sendable {
  /// One image and its class.
  public struct Image: Hashable, Sendable {
    /// Where the file is.
    public let path: String
    /// What people are told: the path from the folder on.
    public let name: String
    /// The class in the checkpoint's own numbering.
    public let classIndex: Int

    /// The image at `path`, called `name`, shows class `classIndex`.
    public init(path: String, name: String, classIndex: Int) {
      self.path = path
      self.name = name
      self.classIndex = classIndex
    }
  }

  /// The files, in the order of their paths.
  public let images: [Image]

  /// Folders that are named like no class of the checkpoint, and were left out.
  public let unknownFolders: [String]

  /// Finds the classes of `named` among `classes`.
  ///
  /// A folder that is no class is left out, unless all are; a line of a list must be right.
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
