/// Images that somebody sorted into classes, and what a network makes of them.
public struct TaughtImages: Sendable {
  /// One image.
  public struct Image: Hashable, Sendable, Codable {
    /// Its path from the folder on.
    public let name: String
    /// Its class, by its place in `classes`.
    public let classIndex: Int

    /// The image called `name` shows class `classIndex`.
    public init(name: String, classIndex: Int) {
      self.name = name
      self.classIndex = classIndex
    }
  }

  /// The names of the classes; each has an image.
  public let classes: [String]
  /// The images.
  public let images: [Image]
  /// Their features, in the same order.
  public let features: FeatureTable

  /// Puts images and their features together.
  public init(classes: [String], images: [Image], features: FeatureTable) {
    precondition(images.count == features.images)
    self.classes = classes
    self.images = images
    self.features = features
  }

  /// The images called `name`, each with its class and the features of its views.
  ///
  /// The classes come in the order of their names' bytes.
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

  /// These and `others`, whose classes of the same name are the same; an image of a name and class
  /// that are known replaces the older one, and `known` counts those.
  ///
  /// Classes and images come in the order in which all of them at once would have come.
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

  /// The images of each class.
  public var counts: [Int] {
    images.reduce(into: [Int](repeating: 0, count: classes.count)) { $0[$1.classIndex] += 1 }
  }
}
