import MobileNet

extension Explainer {
  /// Explains `target` by each of `methods` at `level`, and measures how well each holds where
  /// `measuresCurves`.
  ///
  /// `progress` hears of the part that is done, 0…1, and of what is being done. Throws as `explain`
  /// does.
  public func survey(
    _ target: Target, by methods: [ExplanationMethod], at level: Level, measuresCurves: Bool,
    progress: (Double, String) -> Void
  ) throws(ExplanationError) -> [ExplanationReport.Entry] {
    var entries: [ExplanationReport.Entry] = []
    for (number, method) in methods.enumerated() {
      // Among several methods, Grad-CAM looks where it can.
      let isMisplaced = method == .gradCAM && level == .input && methods.count > 1
      let level = isMisplaced ? .usual : level
      let found = try explain(target, by: method, at: level) { part, _ in
        progress((Double(number) + part) / Double(methods.count), method.rawValue)
        return true
      }
      guard let found else { continue }
      entries.append(
        ExplanationReport.Entry(found, curves: measuresCurves ? curves(of: found) : nil))
    }
    return entries
  }
}
