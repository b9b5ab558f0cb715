import Foundation
import Settings

/// The configuration file: the one that was named, or the one in its usual place.
struct SettingsFile {
  /// Where it is, whether it exists or not.
  let path: String
  private let wasNamed: Bool

  /// The file at `path`, or in $XDG_CONFIG_HOME (~/.config) without one.
  init(_ path: String?) {
    wasNamed = path != nil
    if let path {
      self.path = path
      return
    }
    let environment = ProcessInfo.processInfo.environment
    let home = environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 }
    self.path = (home ?? NSHomeDirectory() + "/.config") + "/mobilenet-explorer/config"
  }

  /// What it says; the defaults, if it is not there and nobody named it.
  func settings() throws -> Settings {
    guard let data = FileManager.default.contents(atPath: path) else {
      if wasNamed { throw Failure(.noInput, "\(path): cannot be read") }
      return Settings()
    }
    do {
      return try Settings(parsing: String(decoding: data, as: UTF8.self))
    } catch {
      throw Failure(.data, "\(path), \(error)")
    }
  }
}
