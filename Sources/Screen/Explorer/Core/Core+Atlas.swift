import MobileNet
import Reports
import Research

extension Core {
  /// The question for the atlas of this network.
  var atlasQuestion: AtlasQuestion { AtlasQuestion(model, path: atlasPath) }

  /// The atlas; nil if there is none or while it is read.
  var atlas: ChannelAtlas? { answers[atlasQuestion]?.atlas }

  /// The selected channel's entry in the atlas.
  var atlasChannel: ChannelAtlas.Channel? { atlas?.channel(channel, of: layer.name) }

  /// Returns the mean of each channel of the layer over the atlas' images; nil without an atlas of
  /// that layer.
  func usualMeans(ofLayer position: Int) -> [Float]? {
    let layer = layers[position]
    let means = atlas?.layers[layer.name]?.map(\.mean)
    return means?.count == layer.output.channels ? means : nil
  }

  /// Returns by how many standard deviations a channel's mean on this photo is above its mean in
  /// the atlas.
  func unusualness(of channel: Int) -> Double? {
    guard let own = atlas?.channel(channel, of: layer.name),
      let here = statistics?.channels[channel], !here.isEmpty
    else { return nil }
    return own.score(ofMean: here.mean)
  }

  /// The atlas' facts about the selected channel, one sentence a line.
  var atlasLines: [String] {
    guard let atlas, let own = atlasChannel else { return [] }
    var lines: [String] = []
    if let found = own.separates {
      lines.append(
        "the channel tells \(atlas.classes[found.classIndex]) apart best, AUC "
          + NumberText.fixed(found.area, 2)
      )
    }
    guard let statistics, !statistics.channels[channel].isEmpty else { return lines }
    guard let score = unusualness(of: channel) else {
      return lines + ["its mean is always the same"]
    }
    let size = NumberText.fixed(score.magnitude, 1)
    return lines + [
      "its mean is \(size) standard deviations \(score < 0 ? "below" : "above") its usual "
        + NumberText.value(own.mean)
    ]
  }

  /// The question of which channels of the other network correlate with the selected one.
  ///
  /// Nil without another atlas.
  var matchesQuestion: ChannelMatchesQuestion? {
    guard let atlas, let otherAtlasPath, atlasChannel != nil else { return nil }
    return ChannelMatchesQuestion(
      channel, of: layer.name, in: atlas.source, among: otherAtlasPath)
  }

  /// The channels of the other network that correlate with the selected one, one a line under a
  /// heading.
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

  /// The question of where the atlas' images are; nil if the atlas names none.
  var atlasFolderQuestion: AtlasFolderQuestion? {
    guard let atlas, let first = atlas.firstImage else { return nil }
    return AtlasFolderQuestion(of: first, atlas: atlas.source, open: album.folder)
  }

  /// The folder that holds the atlas' images, if it was found.
  var atlasFolder: String? { atlasFolderQuestion.flatMap { answers[$0]?.folder } }
}
