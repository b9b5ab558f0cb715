/// The numbers that a sentence states, in order: `1,024`, `-0.25`, `1.0e-5`.
func numbers(in text: String) -> [Double] {
  var numbers: [Double] = []
  var word = ""
  for character in text + " " {
    let isPart =
      character.isNumber && character.isASCII
      || (character == "." || character == "," || character == "e") && !word.isEmpty
      || character == "-" && (word.isEmpty || word.hasSuffix("e"))
    if isPart {
      word.append(character)
      continue
    }
    while let last = word.last, ".,e-".contains(last) { word.removeLast() }
    if let number = Double(word.filter { $0 != "," }) { numbers.append(number) }
    word = character == "-" ? "-" : ""
  }
  return numbers
}
