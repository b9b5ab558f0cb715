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
    let base = folder(variable) ?? (folder("HOME") ?? NSHomeDirectory()) + "/" + place
    return base + "/mobilenet-explorer"
  }
}
