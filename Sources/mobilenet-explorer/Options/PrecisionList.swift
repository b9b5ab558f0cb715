import ArgumentParser
import MobileNet

/// The precisions to compare, separated by commas: `float,half,integer`.
struct PrecisionList: ExpressibleByArgument {
  let precisions: [Precision]

  init?(argument: String) {
    let names = argument.split(separator: ",", omittingEmptySubsequences: false)
    let found = names.compactMap { Precision(rawValue: String($0)) }
    guard found.count == names.count, Set(found).count == found.count else { return nil }
    precisions = found
  }

  static var allValueStrings: [String] { ["float,half,integer"] }
}
