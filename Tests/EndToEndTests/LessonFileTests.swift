import Foundation
import Testing

/// Lessons of a person's own, in other languages, and quizzes, as a teacher runs them.
@Suite struct LessonFileTests {
  private let photo = "Samples/Images/circle.png"

  private func lesson(
    _ arguments: String..., environment: [String: String] = [:]
  ) throws -> Program.Outcome {
    try Program.run(
      ["lesson", photo, "--weights", "mobilenet-0.25", "--resolution", "64"] + arguments,
      environment: environment)
  }

  private func folder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  /// The grounds give the classes away, and a few pictures on the other ground mend it: as
  /// `learn` and `evaluate` say of such pictures too.
  @Test func aClassIsLearnedByItsBackgroundAndCured() throws {
    let told = try lesson("--topic", "background")
    #expect(told.status == 0, "\(told.errors)")
    let text = told.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(text.hasPrefix("mobilenet-0.25 is taught lemon and orange"))
    #expect(text.contains("100 %. That looks good."))
    #expect(text.contains("the class was told by the ground"))
    let cured = try #require(text.firstMatch(of: /(\d+) of 24 with the grounds exchanged/))
    #expect(try #require(Int(cured.output.1)) >= 20)
  }

  @Test func aTeachersOwnFileIsTold() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("mine.lesson").path
    try
      "topic field\ntitle My own\n? How wide?\n@each layers\n@when first\n= {layer}: {side}\n@end\n"
      .write(toFile: file, atomically: true, encoding: .utf8)
    let told = try lesson("--topic", file)
    #expect(told.status == 0, "\(told.errors)")
    #expect(told.output == "My own\n\n? How wide?\n  conv1: 3\n")

    // Of a value made term by term the terms are a table between the sentences.
    try "topic cell\ntitle Mine\n? Why?\n= Because.\n@each groups\n= {place}\n@end\n= {recorded}\n"
      .write(toFile: file, atomically: true, encoding: .utf8)
    let lines = try lesson("--topic", file).output.split(separator: "\n")
    #expect(lines.prefix(3) == ["Mine", "? Why?", "  Because."])
    #expect(lines.count == 3 + 9 + 2 && lines[12].hasPrefix("sum of 9 terms"), "\(lines)")

    try "topic field\ntitle My own\n? How {wide}?\n"
      .write(toFile: file, atomically: true, encoding: .utf8)
    let wrong = try lesson("--topic", file)
    #expect(wrong.status == 65 && wrong.output.isEmpty)
    #expect(
      wrong.errors.contains("\(file):3: nothing is called {wide}; there are input-columns"))

    // A comma in a file's name is no comma between two, and the option can be repeated.
    let comma = folder.appendingPathComponent("a,b")
    try FileManager.default.createDirectory(at: comma, withIntermediateDirectories: true)
    let own = comma.appendingPathComponent("my,own.lesson").path
    try "topic field\ntitle Mine\n? Why?\n= Because.\n"
      .write(toFile: own, atomically: true, encoding: .utf8)
    let both = try lesson("--topic", own, "--topic", "padding,field")
    #expect(both.status == 0 && both.errors.isEmpty, "\(both.errors)")
    #expect(both.output.hasPrefix("Mine\n\n? Why?\n  Because.\n\n\n"), "\(both.output)")
    let three = try lesson("--topic", own, "--topic", "padding,field", "--json")
    let told3 = try JSONSerialization.jsonObject(with: Data(three.output.utf8)) as? [Any]
    #expect(told3?.count == 3)

    let (pipe, list) = (folder.path + "/pipe.lesson", folder.path + "/list.playlist")
    #expect(mkfifo(pipe, 0o600) == 0)
    try "field\npipe.lesson\n".write(toFile: list, atomically: true, encoding: .utf8)
    for file in [pipe, list] {
      let silent = try lesson("--topic", file)
      #expect(silent.status == 66 && silent.output.isEmpty, "\(silent)")
      #expect(silent.errors.contains("\(pipe): cannot be read: is a pipe that"), "\(silent)")
    }
    let missing = try lesson("--topic", folder.path + "/none.lesson")
    #expect(missing.status == 66 && missing.errors.contains("none.lesson: no such file"))
    #expect(try lesson("--topic", "kell").status == 64)
  }

  /// The accuracy of integers in the lesson is that in the list of weights.
  @Test func theAccuracyOfIntegersIsThatOfTheList() throws {
    let list = try Program.run(["weights", "--json"])
    let json = try JSONSerialization.jsonObject(with: Data(list.output.utf8)) as? [String: Any]
    let rows = try #require(json?["weights"] as? [[String: Any]])
    func top1(_ name: String) throws -> String {
      let row = try #require(rows.first { $0["name"] as? String == name })
      let accuracy = try #require(row["accuracy"] as? [[String: Any]])
      let at224 = try #require(accuracy.first { $0["resolution"] as? Int == 224 })
      return String(format: "%.1f %%", try #require(at224["top1"] as? Double))
    }
    let told = try lesson("--topic", "quantisation")
    #expect(told.status == 0, "\(told.errors)")
    let text = told.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let expected =
      try "At 224: floats \(top1("mobilenet-0.25")), one scale a layer "
      + "\(top1("mobilenet-0.25-int8-tensor")), a scale a channel \(top1("mobilenet-0.25-int8"))."
    #expect(text.contains(expected), "\(text)")
    // Nobody measured it with the other padding.
    let other = try lesson("--topic", "quantisation", "--padding", "same")
    #expect(other.status == 0 && !other.output.contains("That was one photo."))
  }

  @Test func lessonsComeInTheLanguageThatWasAskedFor() throws {
    let german = try lesson("--language", "de")
    #expect(german.output.contains("Das Netz hat"))
    let spanish = try lesson(environment: ["LC_ALL": "es_ES.UTF-8"])
    #expect(spanish.output.contains("La red registró"))
    // An option counts before the configuration, and that before the environment.
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let own = folder.appendingPathComponent("mobilenet-explorer")
    try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
    try Data("language = de\n".utf8).write(to: own.appendingPathComponent("config"))
    let environment = ["LC_ALL": "es_ES.UTF-8", "XDG_CONFIG_HOME": folder.path]
    let set = try lesson(environment: environment)
    #expect(set.output.contains("Das Netz hat"), "\(set)")
    let asked = try lesson("--language", "en", environment: environment)
    #expect(asked.output.contains("The network rec"), "\(asked)")
    let unknown = try lesson("--language", "xx")
    #expect(unknown.status == 64 && unknown.errors.contains("en, de, es"))
    // Numbers too: 9 · 32 · 64 · 112 · 112 multiplications, say.
    let pair = try lesson("--topic", "replacement", "--language", "de")
    #expect(pair.output.firstMatch(of: /[0-9]{1,3}\.[0-9]{3}\.[0-9]{3}/) != nil)
    #expect(pair.output.firstMatch(of: /[0-9],[0-9]{3},[0-9]/) == nil)
  }

  @Test func theNamesThatAFileCanUseAreListed() throws {
    let names = try lesson("--topic", "replacement", "--names")
    #expect(names.status == 0)
    #expect(names.output.contains("pair-formula"))
    #expect(names.output.split(separator: "\n").contains { $0.hasPrefix("outputs") })
  }

  @Test func aQuizIsWrittenForTheClassAndForTheTeacher() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let (sheet, key, page) = (
      "\(folder.path)/w.txt", "\(folder.path)/k.txt", "\(folder.path)/q.html"
    )
    let outcome = try lesson(
      "--quiz", "9", "--seed", "7", "--text", sheet, "--key", key, "--html", page)
    #expect(
      outcome.status == 0 && outcome.output == "\(sheet)\n\(key)\n\(page)\n", "\(outcome.errors)")
    let questions = try String(contentsOfFile: sheet, encoding: .utf8)
    #expect(questions.contains("9. ") && questions.contains("[ ] d"))
    let answers = try String(contentsOfFile: key, encoding: .utf8)
    #expect(answers.contains("9. ") && !answers.contains("[ ]"))
    #expect(try String(contentsOfFile: page, encoding: .utf8).hasPrefix("<!doctype html>"))

    let json = try lesson("--quiz", "9", "--seed", "7", "--json")
    #expect(json.output.contains("\"skill\" : \"shape\""))
    #expect(try lesson("--quiz", "0").status == 64)
    #expect(try lesson("--key", key).status == 64)
    let nowhere = try lesson("--quiz", "3", "--text", "/dev/null/x.txt")
    #expect(nowhere.status == 73 && nowhere.errors.contains("/dev/null/x.txt"))
  }

  @Test func severalLessonsAreToldInOrderAndHandedOut() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let list = "\(folder.path)/monday.playlist"
    try "field # first\ncell layer conv3_1_dw channel 3 place 2,1\n"
      .write(toFile: list, atomically: true, encoding: .utf8)
    let told = try lesson("--topic", list)
    #expect(told.status == 0, "\(told.errors)")
    let titles = told.output.split(separator: "\n").filter { !$0.hasPrefix(" ") }
    #expect(titles.first?.hasPrefix("receptive field") == true)
    #expect(titles.contains("conv3_1_dw, depthwise: row 2, column 1, channel 3"))

    let (page, sheet) = ("\(folder.path)/p.html", "\(folder.path)/s.md")
    let written = try lesson("--topic", "cell,field", "--hand-out", page)
    #expect(written.status == 0 && written.output == page + "\n", "\(written.errors)")
    let html = try String(contentsOfFile: page, encoding: .utf8)
    #expect(html.components(separatedBy: "<h2>").count == 3 && html.contains("image/png;base64"))
    _ = try lesson("--topic", "cell", "--hand-out", sheet, "--without-answers")
    let markdown = try String(contentsOfFile: sheet, encoding: .utf8)
    #expect(
      markdown.contains("**How many multiplications") && !markdown.contains("The network rec"))

    let json = try lesson("--topic", "cell,field", "--json")
    let all = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]]
    #expect(all?.count == 2)

    for (arguments, status, words) in [
      (["--topic", "cell,kell"], 64, "kell"),
      (["--topic", list + "x/none.playlist"], 66, "none.playlist: no such file"),
      (["--topic", "cell", "--hand-out", "x.pdf"], 64, ".html or .md"),
      (["--topic", "cell", "--without-answers"], 64, "--hand-out"),
      (["--topic", "cell", "--hand-out", "/dev/null/x.md"], 73, "/dev/null/x.md"),
    ] as [([String], Int32, String)] {
      let outcome = try Program.run(
        ["lesson", photo, "--weights", "mobilenet-0.25", "--resolution", "64"] + arguments)
      #expect(outcome.status == status && outcome.errors.contains(words), "\(outcome)")
    }
    // What a file asks for is named with its line.
    for (line, words) in [
      ("layer conv9_9", "layer conv9_9: no such layer"),
      ("channel 5000", "channel 5000: conv2_1_dw has channels 0 to 7"),
      ("place 99,1", "place 99,1: expected ROW,COLUMN from 0,0 to 31,31, as conv2_1_dw has them"),
    ] {
      try "field\ncell \(line)\n".write(toFile: list, atomically: true, encoding: .utf8)
      let wrong = try lesson("--topic", list)
      #expect(
        wrong.status == 65 && wrong.errors.contains("monday.playlist:2: \(words)"), "\(wrong)")
    }
  }
}
