import MobileNet
import Reports
import Research

extension Core {
  /// What the channels did over many images.
  var atlasQuestion: AtlasQuestion { AtlasQuestion(model, path: atlasPath) }

  /// What the channels did over many images; nil where nobody knows.
  var atlas: ChannelAtlas? { answers[atlasQuestion]?.atlas }

  /// What the selected channel did over many images.
  var atlasChannel: ChannelAtlas.Channel? { atlas?.channel(channel, of: layer.name) }

  /// The mean of each channel of the layer at a position over many images; nil where nobody knows.
  func usualMeans(ofLayer position: Int) -> [Float]? {
    let layer = layers[position]
    let means = atlas?.layers[layer.name]?.map(\.mean)
    return means?.count == layer.output.channels ? means : nil
  }

  /// How many deviations above its usual a channel of the selected layer is on this photo.
  func unusualness(of channel: Int) -> Double? {
    guard let own = atlas?.channel(channel, of: layer.name), let statistics else { return nil }
    return own.score(ofMean: statistics.channels[channel].mean)
  }

  /// What the atlas says of the selected channel, a sentence to a line.
  var atlasLines: [String] {
    guard let atlas, let own = atlasChannel else { return [] }
    var lines: [String] = []
    if let found = own.separates {
      lines.append(
        "the channel tells \(atlas.classes[found.classIndex]) best, AUC \(NumberText.fixed(found.area, 2))"
      )
    }
    guard statistics != nil else { return lines }
    guard let score = unusualness(of: channel) else {
      return lines + ["its mean is always the same"]
    }
    let usual = "its mean is usually \(NumberText.value(own.mean))"
    let size = NumberText.fixed(score.magnitude, 1)
    return lines + [usual + ", here \(size) deviations \(score < 0 ? "below" : "above")"]
  }

  /// Which channels of another network go with the selected one; nil where no other atlas is open.
  var matchesQuestion: ChannelMatchesQuestion? {
    guard let atlas, let otherAtlasPath, atlasChannel != nil else { return nil }
    return ChannelMatchesQuestion(
      channel, of: layer.name, in: atlas.source, among: otherAtlasPath)
  }

  /// The channels of another network that go with the selected one, a line for each.
  var matchLines: [String] {
    guard let question = matchesQuestion else { return [] }
    guard let matches = answers[question] else {
      return answers.hasFailed(AnyQuestion(question)) ? [] : ["comparing with the other network …"]
    }
    return [
      "channels of \(matches.network) that go with it, over "
        + "\(NumberText.grouped(matches.images)) images:"
    ]
      + matches.found.map {
        "\(NumberText.fixed($0.correlation, 2)) \($0.layer) channel \($0.channel)"
      }
  }

  /// Where the images of the atlas are; nil where it names none.
  var atlasFolderQuestion: AtlasFolderQuestion? {
    guard let atlas, let first = atlas.firstImage else { return nil }
    return AtlasFolderQuestion(of: first, atlas: atlas.source, open: album.folder)
  }

  /// The folder that the images of the atlas are in, if they are anywhere.
  var atlasFolder: String? { atlasFolderQuestion.flatMap { answers[$0]?.folder } }
}
