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
      + [resizing(core).asSentence]
      + colors(core).map { color in
        "\(color.name.capitalizedFirst) is the pixel \(color.arithmetic): in the middle "
          + "\(color.pixel) becomes \(color.value)."
      }
      + InputSetting.allCases.map { setting in
        "\(setting.name.capitalizedFirst): \(setting.value(core.model.checkpoint))"
          + (setting.isSaid(core.model.said) ? ", as you said" : "")
          + (setting == self.setting ? "; left and right change it." : ".")
      } + [answer(core).asSentence]
  }
}
