import Files
import Foundation
import Settings

/// The configuration file: the one that was named, or the one in its usual place.
struct SettingsFile {
  /// The file's path, whether the file exists or not.
  let path: String
  private let wasNamed: Bool

  /// Takes the file at `path`; for nil the one in $XDG_CONFIG_HOME (~/.config).
  init(_ path: String?) {
    wasNamed = path != nil
    self.path = path ?? UserFolder.configuration.path() + "/config"
  }

  /// Returns the file's text, without a byte-order mark.
  private func text() throws(FileBytesError) -> String {
    let data = try FileBytes.contents(of: path, limit: 1 << 20)
    let text = String(decoding: data, as: UTF8.self)
    return text.first == "\u{FEFF}" ? String(text.dropFirst()) : text
  }

  /// Returns the file's path and the line that sets `name`.
  func place(of name: String) -> String {
    let line = (try? text()).flatMap { Settings.line(setting: name, in: $0) }
    return path + (line.map { ", line \($0)" } ?? "")
  }

  /// Returns the file's settings; the defaults if the file does not exist and nobody named it.
  func settings() throws -> Settings {
    guard wasNamed || FileManager.default.fileExists(atPath: path) else { return Settings() }
    let text: String
    do {
      text = try self.text()
    } catch {
      throw Failure(.noInput, "\(path): cannot be read: \(error)")
    }
    do {
      let settings = try Settings(parsing: text)
      for repetition in Settings.repetitions(in: text) { Console.note("\(path), \(repetition)") }
      return settings
    } catch {
      throw Failure(.data, "\(path), \(error)")
    }
  }
}
