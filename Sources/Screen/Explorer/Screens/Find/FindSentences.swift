extension FindScreen {
  func sentences(_ core: Core) -> [String] {
    let finds = finds(core)
    let typed = query.isEmpty ? "Type the name of a layer or a class." : "Typed: \(query)"
    guard command == nil, !query.isEmpty else {
      return [typed.asSentence, "Or type colon layer 12, colon channel 300, colon place 3,4."]
    }
    guard finds.indices.contains(cursor) else {
      return [typed.asSentence, "Nothing has that name."]
    }
    return [
      typed.asSentence,
      "Find \(cursor + 1) of \(finds.count): \(kind(of: finds[cursor])) \(name(of: finds[cursor], core)).",
    ]
  }
}
