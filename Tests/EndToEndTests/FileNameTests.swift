import Foundation
import Testing

/// Files whose names are bytes and no text, as an old disk or a foreign archive leaves them.
@Suite struct FileNameTests {
  /// Runs `script` in a shell, in an empty folder.
  ///
  /// In it `$program`, `$photo` and `$name` stand for the program, a photo and a name that is not UTF-8.
  private func run(_ script: String) throws -> Program.Outcome {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let photo = URL(fileURLWithPath: "Samples/Images/circle.png").path
    return try Program.run(
      path: "/bin/sh", ["-c", "name=$(printf 'caf\\351')\ncd \"$folder\"\n" + script],
      environment: ["program": Program.path, "photo": photo, "folder": folder.path])
  }

  @Test func isReadWrittenAndFoundByItsBytes() throws {
    let outcome = try run(
      """
      set -e
      mkdir "$name" && cp "$photo" "$name/$name.png"
      small="--weights mobilenet-0.25 --resolution 64"
      "$program" classify "$name/$name.png" --top 1 $small >/dev/null
      "$program" weights convert mobilenet-0.25 -o "$name/$name.safetensors" >/dev/null
      "$program" weights info "$name/$name.safetensors" >/dev/null
      "$program" explain "$name/$name.png" $small -o "$name/map.png" >/dev/null
      "$program" export "$name/$name.png" --layer conv1 --format npy $small -o "$name/new" >/dev/null
      "$program" features "$name" $small -o "$name/$name.npy" >/dev/null
      LC_ALL=C grep -q "^0,$name.png," "$name/$name.csv"
      "$program" similar "$photo" $small --features "$name/$name.npy" >/dev/null
      LC_ALL=C ls * | od -An -c
      """)
    #expect(outcome.status == 0 && outcome.errors == "")
    let bytes = outcome.output.split(whereSeparator: \.isWhitespace).joined()
    #expect(
      bytes == #"caf351.csv\ncaf351.npy\ncaf351.png\ncaf351.safetensors\nmap.png\nnew\n"#)
  }

  @Test func foldersAndListsNameTheirImagesByBytes() throws {
    let outcome = try run(
      """
      mkdir "$name" && cp "$photo" "$name/1.png"
      printf '%s/1.png\\tlemon\\n' "$name" >list
      "$program" evaluate . --labels list --weights mobilenet-0.25 --json
      """)
    #expect(outcome.status == 0 && outcome.errors == "")
    #expect(outcome.output.contains("\"images\" : 1"))
  }

  @Test func aPipeThatNobodyWritesToIsNoList() throws {
    let outcome = try run("mkfifo list; \"$program\" evaluate . --labels list")
    #expect(outcome.status == 66)
    #expect(
      outcome.errors
        == "mobilenet-explorer: --labels list: cannot be read: is a pipe that nobody writes to\n")
  }

  @Test(.enabled(if: TmuxScreen.tmux != nil, "tmux is not installed"))
  func isListedOpenedAndSavedUnder() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let photo = URL(fileURLWithPath: "Samples/Images/circle.png").path
    let screen = try TmuxScreen(
      width: 100, height: 30,
      command: "cd \(quoted(folder.path)); cp \(quoted(photo)) $(printf 'caf\\351.png'); "
        + "cp \(quoted(photo)) a.png; "
        + "\(quoted(Program.path)) a.png --weights mobilenet-0.25; "
        + "LC_ALL=C ls | od -An -c; read line")
    #expect(try screen.shows("a.png ─ "))
    try screen.press("o")
    #expect(try screen.shows("caf\u{FFFD}.png"))
    try screen.press("c", "a", "f")
    #expect(try screen.shows("▸caf\u{FFFD}.png"))
    try screen.press("Enter")
    #expect(try screen.shows("caf\u{FFFD}.png ─ "))
    try screen.press("s", "Enter")
    #expect(try screen.shows("saved caf\u{FFFD}-conv1"))
    try screen.press("q")
    #expect(try screen.shows("c   a   f 351   -   c   o   n   v   1"))
  }
}
