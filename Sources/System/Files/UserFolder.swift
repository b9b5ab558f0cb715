import Foundation

/// Where this program keeps what belongs to a person, as the XDG Base Directory Specification says.
public enum UserFolder: Sendable {
  /// What the person prefers.
  case configuration
  /// What can be fetched again.
  case cache
  /// What is remembered from one time to the next.
  case state

  /// The folder's path, whether it exists or not.
  ///
  /// $XDG_CONFIG_HOME and its like say where, unless they are not absolute; otherwise it is a folder
  /// in $HOME, and without that in the home that the system knows.
  public func path(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> String {
    let (variable, place) =
      switch self {
      case .configuration: ("XDG_CONFIG_HOME", ".config")
      case .cache: ("XDG_CACHE_HOME", ".cache")
      case .state: ("XDG_STATE_HOME", ".local/state")
      }
    func folder(_ name: String) -> String? {
      environment[name].flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    let base = folder(variable) ?? Self.home(environment: environment) + "/" + place
    return base + "/mobilenet-explorer"
  }

  /// The person's home: $HOME, and without that the one that the system knows.
  static func home(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> String {
    environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? NSHomeDirectory()
  }

  /// The path that a shell makes of `path`: ~ is the person's home, and ~name another's.
  public static func expanded(
    _ path: String, environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> String {
    guard path == "~" || path.hasPrefix("~/") else {
      return NSString(string: path).expandingTildeInPath
    }
    return home(environment: environment) + path.dropFirst()
  }
}
