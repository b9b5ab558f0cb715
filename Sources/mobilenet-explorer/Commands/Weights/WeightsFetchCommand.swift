import ArgumentParser
import Catalogue
import Checkpoints
import Downloads
import Foundation
import Reports

struct WeightsFetchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Download a published checkpoint; without a name, list what can be fetched.",
    discussion: """
      What comes is kept in $XDG_CACHE_HOME (or ~/.cache)/mobilenet-explorer, after its length and \
      SHA-256 were checked, and has its name everywhere from then on. A download that was cut off \
      goes on where it ended. Where nobody wrote down a checksum you are asked whether to trust \
      what came; it is remembered, and the next time the same must come.

      A catalogue is a JSON file like the bundled one: {"checkpoints": [{"name", "url", "format", \
      "width", "resolution"}]}, and where they are known "bytes", "sha256", "classes" and \
      "accuracy".

      EXAMPLES
        mobilenet-explorer weights fetch
        mobilenet-explorer weights fetch keras-0.5-160
        mobilenet-explorer weights fetch caffe-1.0-224 tflite-0.25-128 --yes
      """)

  @Argument(
    help: ArgumentHelp("What to download.", valueName: "NAME"),
    completion: .custom { _, _, prefix in
      ((try? PublishedCatalogue.bundled())?.checkpoints ?? []).map(\.file.name)
        .filter { $0.hasPrefix(prefix) }
    })
  var names: [String] = []

  @Flag(help: "Trust a file whose checksum nobody wrote down.")
  var yes = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Give up when nothing comes for so long.", valueName: "SECONDS"))
  var timeout = 30

  @Option(
    help: ArgumentHelp("Another catalogue of published checkpoints.", valueName: "FILE"),
    completion: .file(extensions: ["json"]), transform: NamedFile.path)
  var catalogue: String?

  @Flag(help: "Print the list as JSON.")
  var json = false

  func validate() throws {
    guard 1...3600 ~= timeout else {
      throw ValidationError("--timeout \(timeout): expected a number from 1 to 3600.")
    }
  }

  func run() throws {
    let published =
      try catalogue.map { try PublishedCatalogue(path: $0) } ?? PublishedCatalogue.bundled()
    if names.isEmpty { return try list(published) }
    // Every name is looked up before the first download begins.
    let checkpoints = try names.map { try published.checkpoint($0) }
    for checkpoint in checkpoints { try fetch(checkpoint, labels: published.labels) }
  }

  private func list(_ published: PublishedCatalogue) throws {
    let fetched = Set(WeightsCatalogue.fetched.map(\.name))
    let table = PublishedTable(published.checkpoints, fetched: fetched)
    try Output.print(json ? table.json.text() : table.text)
  }

  private func fetch(_ checkpoint: PublishedCheckpoint, labels: PublishedFile?) throws {
    let bar = ProgressBar(total: nil, text: NumberText.bytes)
    defer { bar.clear() }
    let fetcher = Fetcher(
      cache: Cache(), patience: timeout,
      trusts: { file in
        bar.clear()
        return yes || isTrusted(file)
      },
      waits: { Console.note("another mobilenet-explorer fetches this; waiting for it") },
      progress: { bar.show($0, of: $1, note: "") })
    let file = checkpoint.file
    if !yes, fetcher.knownChecksum(of: file) == nil, isatty(STDIN_FILENO) == 0 {
      throw Failure(
        .unavailable,
        "\(file.name): nobody wrote down its checksum, and there is no terminal to ask in; "
          + "--yes trusts what comes")
    }
    // Class names are of no use to a network without classes.
    for file in [labels].compactMap({ $0 }) where checkpoint.classes != nil {
      _ = try fetcher.fetch(file)
    }
    let (path, isNew) = try fetcher.fetch(checkpoint)
    bar.clear()
    try Output.print("\(file.name): \(isNew ? "fetched" : "is there already"), \(path)")
  }

  /// Asks the person whether to trust a file whose checksum is unknown.
  private func isTrusted(_ file: Fetcher.Unknown) -> Bool {
    Console.write(
      """
      \(file.url)
      \(NumberText.grouped(file.bytes)) bytes, SHA-256 \(file.sha256)
      Nobody wrote down the checksum of this file. Trust it? [y/N] 
      """)
    let answer = readLine()?.lowercased() ?? ""
    return answer == "y" || answer == "yes"
  }
}
