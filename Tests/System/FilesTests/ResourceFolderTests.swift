import Files
import Foundation
import Testing

/// Where what comes with the program is looked for.
struct ResourceFolderTests {
  @Test func besideTheProgramComesFirst() {
    let folder = ResourceFolder.of("Weights", source: #filePath)
    let names = ["mobilenet-explorer_Weights.resources", "mobilenet-explorer_Weights.bundle"]
    #expect(names.contains(folder.lastPathComponent))
    #expect(FileManager.default.fileExists(atPath: folder.path))
  }

  @Test func whatTheEnvironmentNamesCounts() {
    let folder = ResourceFolder.of(
      "Weights", source: #filePath, environment: [ResourceFolder.variable: "/some/where"])
    #expect(folder.path == "/some/where/Weights")
  }

  @Test(arguments: ["Weights", "Samples", "Lessons"])
  func aCheckoutHasAllOfThem(target: String) {
    let checkout = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../..")
    let folder = ResourceFolder.of(
      target, source: #filePath,
      environment: [ResourceFolder.variable: checkout.standardizedFileURL.path])
    #expect(FileManager.default.fileExists(atPath: folder.path))
  }

  @Test func thenComesTheFolderOfTheSource() {
    let folder = ResourceFolder.of("Nothing", source: #filePath)
    #expect(folder.lastPathComponent == "FilesTests")
  }

  @Test func whatIsNowhereIsMissedBesideTheProgram() {
    let folder = ResourceFolder.of("Nothing", source: "/no/such/folder/Nothing.swift")
    #expect(folder.lastPathComponent == "mobilenet-explorer_Nothing.resources")
    let program = Bundle.main.executableURL?.resolvingSymlinksInPath()
    #expect(folder.deletingLastPathComponent() == program?.deletingLastPathComponent())
  }
}
