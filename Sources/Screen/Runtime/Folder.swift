import Cells
import Checkpoints
import Explorer
import Files
import Foundation
import Images

/// What the file picker shows of the disk.
enum Folder {
  /// Reads the folder at `path`: the folder above, folders, and files that may serve `purpose`.
  ///
  /// A folder that is a checkpoint itself counts as a file.
  static func listed(_ path: String, for purpose: OpenState.Purpose) -> Action {
    let folder = url(of: path)
    do {
      let found = try FileManager.default.contentsOfDirectory(
        at: folder, includingPropertiesForKeys: [.isDirectoryKey], options: .skipsHiddenFiles)
      let entries = found.compactMap { url -> OpenState.Entry? in
        let isDirectory =
          (try? url.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory == true
        let isWeights = purpose == .weights && CheckpointReader.mayRead(path: url.path)
        let isFolder = isDirectory && !isWeights
        guard isFolder || isWeights || purpose != .weights && isImage(url.lastPathComponent) else {
          return nil
        }
        return OpenState.Entry(
          name: url.lastPathComponent, path: folder.path + "/" + url.lastPathComponent,
          isFolder: isFolder)
      }
      let sorted = entries.sorted {
        ($1.isFolder ? 1 : 0, $0.name) < ($0.isFolder ? 1 : 0, $1.name)
      }
      let above = OpenState.Entry(
        name: "..", path: folder.deletingLastPathComponent().path, isFolder: true)
      return .open(.listed(folder: folder.path, [above] + sorted))
    } catch {
      let isThere = FileManager.default.fileExists(atPath: folder.path)
      return isThere
        ? .failed("\(folder.path): cannot be read: \(error.reason)") : missing(folder.path)
    }
  }

  /// Looks what lies at `path`, which a person typed or pasted.
  static func resolved(_ path: String) -> Action {
    let path = url(of: path).path
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      return missing(path)
    }
    if CheckpointReader.mayRead(path: path) { return .open(.resolved(path: path, .weights)) }
    return .open(.resolved(path: path, isFolder.boolValue ? .folder : .file))
  }

  private static func missing(_ path: String) -> Action {
    .failed("\(path): there is no such file or folder")
  }

  /// The file that a path means to a shell: ~ is the person's home.
  private static func url(of path: String) -> URL {
    URL(fileURLWithPath: UserFolder.expanded(path)).standardizedFileURL
  }

  /// Makes a small picture of the image at `path`, or looks into the checkpoint there.
  static func previewed(_ path: String, for purpose: OpenState.Purpose) -> Action {
    if purpose == .weights {
      switch WeightsList.facts(of: path) {
      case .known(let facts): return .open(.previewed(path: path, .weights(facts)))
      case .problem(let reason): return .open(.previewed(path: path, .problem(reason)))
      }
    }
    do {
      let image = try DecodedImage(contentsOf: path, forSide: 160)
      let longest = max(image.pixels.width, image.pixels.height)
      let scale = min(1, 160 / Double(longest))
      let pixels = image.resized(
        width: max(1, Int(Double(image.pixels.width) * scale)),
        height: max(1, Int(Double(image.pixels.height) * scale)))
      let size = Size(width: image.width, height: image.height)
      return .open(.previewed(path: path, .picture(pixels, size)))
    } catch {
      return .open(.previewed(path: path, .problem("\(error)")))
    }
  }

  /// Whether a file's name ends as images' names do.
  static func isImage(_ name: String) -> Bool {
    let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
    return ["png", "jpg", "jpeg"].contains(ending)
  }
}

extension Photo {
  /// Reads the image at `path` as `model` wants it; `-` is standard input.
  public init(path: String, for model: Model) throws(ImageError) {
    let preprocessing = model.checkpoint.preprocessing
    let image = try DecodedImage(
      contentsOf: path, forSide: preprocessing.shorterSide(for: model.resolution))
    self.init(image, preprocessing: preprocessing, side: model.resolution)
  }
}
