extension [String] {
  /// The fields as a line of comma-separated values, quoted where they must be (RFC 4180).
  public var csvLine: String {
    map { field in
      let isPlain = !field.contains { $0 == "," || $0 == "\"" || $0.isNewline }
      return isPlain ? field : "\"" + field.replacing("\"", with: "\"\"") + "\""
    }.joined(separator: ",") + "\n"
  }
}
