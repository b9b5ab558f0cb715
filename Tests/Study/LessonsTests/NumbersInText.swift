/// The numbers that a sentence states, in order: `1,024`, `-0.25`, `1.0e-5`; in German and Spanish `1.024`,
/// `-0,25`, `1,0e-5`.
func numbers(in text: String, language: String = "en") -> [Double] {
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
    let plain = word.filter { $0 != (language == "en" ? "," : ".") }.map { $0 == "," ? "." : $0 }
    if let number = Double(String(plain)) { numbers.append(number) }
    word = character == "-" ? "-" : ""
  }
  return numbers
}
