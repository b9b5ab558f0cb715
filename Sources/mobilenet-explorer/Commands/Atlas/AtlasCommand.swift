import ArgumentParser

struct AtlasCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "atlas",
    abstract: "Find out what every channel responds to, over a folder of images.",
    discussion: """
      For every channel of every layer: the images to which it responds most, and where in them; \
      mean, variance, share of zeros and quantiles; where the images have classes, its mean for \
      each, and the class that it separates best.

      EXAMPLES
        mobilenet-explorer atlas photos -o photos.atlas.safetensors
        mobilenet-explorer atlas show a.safetensors --layer conv5_5_sep --channel 12
        mobilenet-explorer atlas show photos.atlas.safetensors --class lemon
        mobilenet-explorer atlas compare a.safetensors b.safetensors --layer pool6 \\
          --channel 3
        mobilenet-explorer atlas photos -o part-1.safetensors --shard 1/2
        mobilenet-explorer atlas merge 1.safetensors 2.safetensors -o a.safetensors
      """,
    subcommands: [
      AtlasMakeCommand.self, AtlasShowCommand.self, AtlasCompareCommand.self,
      AtlasMergeCommand.self, AtlasTrimCommand.self,
    ],
    defaultSubcommand: AtlasMakeCommand.self)
}
