/// The source of a fact about a network.
public enum Source: Hashable, Sendable, CustomStringConvertible {
  /// The file's metadata.
  case metadata
  /// The kinds, shapes and settings of the layers.
  case layers
  /// Another file beside the network's.
  case neighbour(String)
  /// Another fact in the file, such as "the scale of its quantised input".
  case implied(by: String)
  /// The convention of the program that makes such files, which do not state the fact.
  case convention(of: String)
  /// The catalogue that the file was fetched by; the file does not state the fact.
  case catalogue
  /// The person, by these options.
  case person(String)
  /// A guess, with its reason, because nothing states the fact.
  case assumed(because: String)

  /// Whether neither the person, the file, nor a file beside it states the fact.
  public var isAssumption: Bool {
    switch self {
    case .metadata, .layers, .neighbour, .implied, .person: false
    case .convention, .catalogue, .assumed: true
    }
  }

  /// A phrase for people.
  public var description: String {
    switch self {
    case .metadata: "stated in the file"
    case .layers: "seen from the layers"
    case .neighbour(let name): "\(name) beside it"
    case .implied(let reason): "implied by \(reason)"
    case .convention(let maker): "not in the file; \(maker)'s convention"
    case .catalogue: "not in the file; the catalogue says so"
    case .person(let options): "yours: \(options)"
    case .assumed(let reason): "assumed: \(reason)"
    }
  }
}

/// A fact about a network, with its source.
struct Sourced<Value: Sendable>: Sendable {
  let value: Value
  let source: Source

  init(_ value: Value, _ source: Source) {
    self.value = value
    self.source = source
  }
}
