import Files
import Foundation
import Testing

/// Where a person's files are, by the XDG Base Directory Specification.
struct UserFolderTests {
  @Test func aTildeIsTheHomeThatTheEnvironmentNames() {
    let environment = ["HOME": "/home/me"]
    #expect(UserFolder.expanded("~", environment: environment) == "/home/me")
    #expect(UserFolder.expanded("~/a b.png", environment: environment) == "/home/me/a b.png")
    #expect(UserFolder.expanded("/~/a", environment: environment) == "/~/a")
  }

  @Test func theVariableOfTheSpecificationComesFirst() {
    let environment = ["XDG_CACHE_HOME": "/c", "XDG_STATE_HOME": "/s", "HOME": "/h"]
    #expect(UserFolder.cache.path(environment: environment) == "/c/mobilenet-explorer")
    #expect(UserFolder.state.path(environment: environment) == "/s/mobilenet-explorer")
    #expect(
      UserFolder.configuration.path(environment: environment) == "/h/.config/mobilenet-explorer")
  }

  @Test(arguments: ["", "relative/path"])
  func whatIsNotAbsoluteIsIgnored(value: String) {
    let environment = ["XDG_CACHE_HOME": value, "XDG_STATE_HOME": value, "HOME": "/h"]
    #expect(UserFolder.cache.path(environment: environment) == "/h/.cache/mobilenet-explorer")
    #expect(UserFolder.state.path(environment: environment) == "/h/.local/state/mobilenet-explorer")
  }

  @Test func withoutAHomeTheSystemsIsTaken() {
    #expect(
      UserFolder.cache.path(environment: [:])
        == NSHomeDirectory() + "/.cache/mobilenet-explorer")
  }
}
