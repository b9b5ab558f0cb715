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
  private func text() throws -> String {
    // Not `Data(contentsOf:)`, which refuses what another program writes into.
    let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    let text = String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
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
      throw Failure(.noInput, "\(path): cannot be read: \(error.reason)")
    }
    do {
      return try Settings(parsing: text)
    } catch {
      throw Failure(.data, "\(path), \(error)")
    }
  }
}
