import Foundation

/// A text file beside a checkpoint with one label a line, the usual form of publication.
///
/// The list for ImageNet often has 1001 classes, the first of which is called background; networks
/// without that class can use the list too.
enum LabelFile {
  /// Finds the labels beside `file`; a note says why a file that looks like labels is not used.
  ///
  /// The file's name decides: labels.txt, labels_mobilenet_quant_v1_224.txt, flower_labels.txt,
  /// class_names.txt, classes.txt, synset_words.txt.
  static func labels(
    beside file: CheckpointFile, classes: Int
  ) -> (labels: Sourced<[String]>?, notes: [String]) {
    var notes: [String] = []
    for name in file.neighbourNames.sorted() where isNamedAsLabels(name) {
      guard let text = try? file.neighbour(name, format: "label").text else {
        notes.append("\(name) beside it is not used: it is no text")
        continue
      }
      switch labels(in: text, classes: classes) {
      case .success(let labels): return (Sourced(labels, .neighbour(name)), [])
      case .failure(let problem):
        notes.append("\(name) beside it is not used: \(problem.description)")
      }
    }
    return (nil, notes)
  }

  /// The reason why a text holds no labels for a network.
  struct Problem: Error, CustomStringConvertible {
    let description: String
  }

  /// Reads the labels of `classes` classes from a text with one a line; lines may begin with their
  /// numbers.
  static func labels(in text: String, classes: Int) -> Result<[String], Problem> {
    labels(lines(of: text), classes: classes)
  }

  /// The labels in a text with one a line, in order.
  static func lines(of text: String) -> [String] {
    let text = text.first == "\u{FEFF}" ? String(text.dropFirst()) : text
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    if let numbered = numbered(lines) { lines = numbered }
    return lines.map(withoutWordNetID)
  }

  /// Returns `lines` as the labels of `classes` classes, with or without the background as needed.
  static func labels(_ lines: [String], classes: Int) -> Result<[String], Problem> {
    var lines = lines
    let isBackground = ["background", "dummy", "unused background"].contains {
      lines.first?.lowercased() == $0
    }
    if lines.count == classes + 1, isBackground { lines.removeFirst() }
    if lines.count == classes - 1, classes == 1001, !isBackground {
      lines.insert("background", at: 0)
    }
    guard lines.count == classes else {
      return .failure(
        Problem(description: "there are \(lines.count), and \(classes) classes"))
    }
    return .success(lines)
  }

  /// Returns the lines in the order of the numbers at their beginning: "3 owl", "3: owl", "3,owl".
  ///
  /// Nil unless the numbers are consecutive from 0 or 1.
  private static func numbered(_ lines: [String]) -> [String]? {
    var places: [Int: String] = [:]
    for line in lines {
      let digits = line.prefix { $0.isASCII && $0.isNumber }
      guard let number = Int(digits), let next = line.dropFirst(digits.count).first,
        next.isWhitespace || ":,;=\t".contains(next)
      else { return nil }
      let label = line.dropFirst(digits.count).drop { $0.isWhitespace || ":,;=".contains($0) }
      places[number] = label.trimmingCharacters(in: CharacterSet(charactersIn: "\"' "))
    }
    guard places.count == lines.count, let first = places.keys.min(), first <= 1 else { return nil }
    let inOrder = (first..<first + lines.count).compactMap { places[$0] }
    return inOrder.count == lines.count ? inOrder : nil
  }

  /// Returns a line of Caffe's synset_words.txt, "n01440764 tench, Tinca tinca", without the id.
  private static func withoutWordNetID(_ line: String) -> String {
    let word = line.prefix { !$0.isWhitespace }
    let isID = word.count == 9 && word.first == "n" && word.dropFirst().allSatisfy(\.isNumber)
    let rest = line.dropFirst(word.count).trimmingCharacters(in: .whitespaces)
    return isID && !rest.isEmpty ? rest : line
  }

  /// Whether a file of that name has labels in it.
  static func isNamedAsLabels(_ name: String) -> Bool {
    let name = name.lowercased()
    guard name.hasSuffix(".txt") || name.hasSuffix(".names") else { return false }
    return ["label", "classes", "class_names", "synset"].contains { name.contains($0) }
  }
}
