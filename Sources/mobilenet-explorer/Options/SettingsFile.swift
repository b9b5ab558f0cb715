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

  /// What stands in it, without the mark that some editors begin a file with.
  private func text() throws(FileBytesError) -> String {
    let data = try FileBytes.contents(of: path, limit: 1 << 20)
    let text = String(decoding: data, as: UTF8.self)
    return text.first == "\u{FEFF}" ? String(text.dropFirst()) : text
  }

  /// The file and the line that sets `name`.
  func place(of name: String) -> String {
    let line = (try? text()).flatMap { Settings.line(setting: name, in: $0) }
    return path + (line.map { ", line \($0)" } ?? "")
  }

  /// What it says; the defaults, if it is not there and nobody named it.
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
