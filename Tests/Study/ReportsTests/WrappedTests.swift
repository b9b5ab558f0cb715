import Reports
import Testing

struct WrappedTests {
  @Test(arguments: [
    ("one two three", ["one two", "three"]), ("", []), ("  a  b ", ["a b"]),
    ("/a/long/path: cannot", ["/a/long/", "path:", "cannot"]),
    ("at /some/path", ["at", "/some/pa", "th"]), ("it is 11.3 %.", ["it is", "11.3 %."]),
  ])
  func noLineIsLongerThanItsWidth(text: String, lines: [String]) {
    #expect(text.wrapped(to: 8) == lines)
  }
}
