import Foundation

/// The folders for a person's own files, after the XDG Base Directory Specification.
public enum UserFolder: Sendable {
  /// Settings.
  case configuration
  /// Files that can be fetched or made again.
  case cache
  /// State that is kept from one run of the program to the next.
  case state

  /// Returns the folder's path, whether it exists or not.
  ///
  /// The base folder is $XDG_CONFIG_HOME, $XDG_CACHE_HOME or $XDG_STATE_HOME if that is an absolute
  /// path, otherwise the usual folder in the person's home.
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

  /// Returns the person's home: $HOME if that is an absolute path, otherwise the home that the
  /// system records.
  static func home(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> String {
    environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? NSHomeDirectory()
  }

  /// Returns `path` as a shell would expand it: ~ is the person's home, ~name that of `name`.
  public static func expanded(
    _ path: String, environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> String {
    guard path == "~" || path.hasPrefix("~/") else {
      return NSString(string: path).expandingTildeInPath
    }
    return home(environment: environment) + path.dropFirst()
  }
}
