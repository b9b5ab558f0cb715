import Files
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
    self.path = path ?? UserFolder.configuration.path() + "/config"
  }

  private var text: String? {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The file and the line that sets `name`.
  func place(of name: String) -> String {
    let line = text.flatMap { Settings.line(setting: name, in: $0) }
    return path + (line.map { ", line \($0)" } ?? "")
  }

  /// What it says; the defaults, if it is not there and nobody named it.
  func settings() throws -> Settings {
    guard let text else {
      if wasNamed { throw Failure(.noInput, "\(path): cannot be read") }
      return Settings()
    }
    do {
      return try Settings(parsing: text)
    } catch {
      throw Failure(.data, "\(path), \(error)")
    }
  }
}
