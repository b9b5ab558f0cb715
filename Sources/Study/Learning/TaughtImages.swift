/// Images that a person sorted into classes, with their features.
public struct TaughtImages: Sendable {
  /// One image.
  public struct Image: Hashable, Sendable, Codable {
    /// The path, relative to the folder.
    public let name: String
    /// The index of the class in `classes`.
    public let classIndex: Int

    /// Creates the image called `name`, of class `classIndex`.
    public init(name: String, classIndex: Int) {
      self.name = name
      self.classIndex = classIndex
    }
  }

  /// The names of the classes, each of which has an image.
  public let classes: [String]
  /// The images.
  public let images: [Image]
  /// The features of the images, in the same order.
  public let features: FeatureTable

  /// Combines images with their features.
  public init(classes: [String], images: [Image], features: FeatureTable) {
    precondition(images.count == features.images)
    self.classes = classes
    self.images = images
    self.features = features
  }

  /// Creates taught images from the name, the class and the features of each.
  ///
  /// The classes are sorted by the bytes of their names.
  public init(
    _ images: [(name: String, className: String, values: [Float])], width: Int, views: Int
  ) {
    let names = Set(images.map(\.className)).sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    let indices = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    self.init(
      classes: names,
      images: images.map { Image(name: $0.name, classIndex: indices[$0.className] ?? 0) },
      features: FeatureTable(width: width, views: views, values: images.flatMap(\.values)))
  }

  /// Returns these images joined with `others`; one of a known name and class replaces the older
  /// one, and `known` counts the replaced.
  ///
  /// Classes of the same name are the same. Classes and images are ordered as if all had been given
  /// at once.
  public func adding(_ others: TaughtImages) -> (taught: TaughtImages, known: Int) {
    precondition(
      features.width == others.features.width && features.views == others.features.views)
    struct Entry {
      let image: Image
      let name: String
      let values: ArraySlice<Float>
    }
    func entries(_ taught: TaughtImages) -> [Entry] {
      taught.images.enumerated().map {
        Entry(
          image: $1, name: taught.classes[$1.classIndex], values: taught.features.image($0))
      }
    }
    var seen: Set<[String]> = []
    var all: [Entry] = []
    // The newer image of a name replaces the older one.
    for entry in entries(others) + entries(self)
    where seen.insert([entry.name, entry.image.name]).inserted {
      all.append(entry)
    }
    all.sort { $0.image.name.utf8.lexicographicallyPrecedes($1.image.name.utf8) }
    let names = Set(all.map(\.name)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let indices = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    let taught = TaughtImages(
      classes: names,
      images: all.map { Image(name: $0.image.name, classIndex: indices[$0.name] ?? 0) },
      features: FeatureTable(
        width: features.width, views: features.views, values: all.flatMap(\.values)))
    return (taught, images.count + others.images.count - all.count)
  }

  /// The number of images of each class.
  public var counts: [Int] {
    images.reduce(into: [Int](repeating: 0, count: classes.count)) { $0[$1.classIndex] += 1 }
  }
}
