/// Where something that is known about a network comes from.
public enum Source: Hashable, Sendable, CustomStringConvertible {
  /// The file's metadata says it.
  case metadata
  /// The kinds, shapes and settings of its layers say it.
  case layers
  /// Another file beside it says it.
  case neighbour(String)
  /// It follows from something else in the file: "the scale of its quantised input".
  case implied(by: String)
  /// The file does not say it; whoever makes such files has it so.
  case convention(of: String)
  /// The file does not say it; the catalogue that it was fetched by does.
  case catalogue
  /// The person says so, by these options.
  case person(String)
  /// Nothing says it; this is a guess, and why.
  case assumed(because: String)

  /// Whether the file, or one beside it, does not say it.
  public var isAssumption: Bool {
    switch self {
    case .metadata, .layers, .neighbour, .implied, .person: false
    case .convention, .catalogue, .assumed: true
    }
  }

  /// A few words for people.
  public var description: String {
    switch self {
    case .metadata: "the file's metadata"
    case .layers: "its layers"
    case .neighbour(let name): "\(name) beside it"
    case .implied(let reason): "implied by \(reason)"
    case .convention(let maker): "not in the file; \(maker)'s convention"
    case .catalogue: "not in the file; the catalogue says so"
    case .person(let options): "yours: \(options)"
    case .assumed(let reason): "assumed: \(reason)"
    }
  }
}

/// Something that is known about a network, and from where.
struct Sourced<Value: Sendable>: Sendable {
  let value: Value
  let source: Source

  init(_ value: Value, _ source: Source) {
    self.value = value
    self.source = source
  }
}
