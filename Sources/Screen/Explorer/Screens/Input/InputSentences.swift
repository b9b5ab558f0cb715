extension InputScreen {
  func sentences(_ core: Core) -> [String] {
    let (crop, size) = (core.photo.crop, core.model.resolution)
    let spoken =
      size.isSquare
      ? "\(size.height) by \(size.width)" : "\(size.height) rows by \(size.width) columns"
    return [
      "The photo is \(core.photo.width) by \(core.photo.height); the network gets "
        + "\(spoken) of it.",
      "That is columns \(crop.columns.lowerBound) to \(crop.columns.upperBound - 1) and rows "
        + "\(crop.rows.lowerBound) to \(crop.rows.upperBound - 1).",
    ]
      + explanation(core).map {
        $0.split(separator: " ").joined(separator: " ").replacing("shifted:", with: "shifted")
          .asSentence
      }
      + InputSetting.allCases.map { setting in
        let mark = setting == self.setting ? "The arrows change it: " : ""
        return (mark + words(setting, core).split(separator: " ").joined(separator: " ")).asSentence
      } + [answer(core)]
  }
}
