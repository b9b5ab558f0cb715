import MobileNet
import Reports

/// MobileNet beside other networks, as text and JSON.
public struct NetworksReport: Sendable {
  private let networks: [ComparedNetwork]
  private let milliseconds: [ComparedNetwork: Double]

  /// Reports `networks`, MobileNet first, with the `milliseconds` known so far.
  public init(
    _ networks: [ComparedNetwork] = ComparedNetwork.all,
    milliseconds: [ComparedNetwork: Double]
  ) {
    self.networks = networks
    self.milliseconds = milliseconds
  }

  /// The headings of the columns: two lines of up to eighty characters.
  public static let header = [
    String(repeating: " ", count: 20) + "    layers add up to           published       measured",
    row("network", "params", "mult-adds", "params", "M-adds", "top-1", "ms", "×"),
  ]

  /// Returns the line of a network, with the figures known so far.
  public func line(of network: ComparedNetwork) -> String {
    let time = milliseconds[network]
    let ratio = time.flatMap { time in networks.first.flatMap { milliseconds[$0] }.map { time / $0 }
    }
    return Self.row(
      network.name, network.computedParameters.map(NumberText.short) ?? "–",
      network.computedMultiplyAdds.map(NumberText.short) ?? "–", text(network.parameters),
      text(network.multiplyAdds), text(network.top1) + network.top1.source.letter,
      time.map { NumberText.fixed($0, $0 < 10 ? 2 : 1) } ?? (network.body == .nothing ? "–" : "…"),
      ratio.map { NumberText.fixed($0, 1) } ?? "")
  }

  /// The notes on the columns.
  public static let notes = [
    "published: millions, and top-1 on ImageNet in percent; "
      + "\(PublishedFigure.Source.howard2017.legend), "
      + "\(PublishedFigure.Source.szegedy2016.legend). For SqueezeNet, the former prints twice what "
      + "its layers add up to, as if it counted additions and multiplications apart.",
    "ms: the shortest of \(Repetition.count) runs here, with made-up weights on the engine's own kernels. Of "
      + "the others, only convolutions and matrix products are timed: their pooling is done by a "
      + "plain kernel.",
  ]

  /// A sentence that compares SqueezeNet with MobileNet; nil until both are measured.
  public var verdict: String? {
    guard let mobileNet = networks.first,
      let squeezeNet = networks.first(where: { $0.body == .layers(.squeezeNet) }),
      let own = milliseconds[mobileNet], let other = milliseconds[squeezeNet],
      let adds = squeezeNet.computedMultiplyAdds, let ownAdds = mobileNet.computedMultiplyAdds,
      let parameters = squeezeNet.computedParameters,
      let ownParameters = mobileNet.computedParameters
    else { return nil }
    func times(_ value: Double) -> String { NumberText.fixed(value, 2) }
    let points = mobileNet.top1.value - squeezeNet.top1.value
    return "SqueezeNet 1.0 against MobileNet 1.0: "
      + "\(times(Double(parameters) / Double(ownParameters))) times the parameters, "
      + "\(times(Double(adds) / Double(ownAdds))) times the multiply-adds, \(times(other / own)) "
      + "times the time here, and \(NumberText.fixed(points, 1)) points less top-1 as published."
  }

  /// The table, the verdict, the notes on the columns, and the sources.
  public var text: String {
    let sources = Set(networks.flatMap { [$0.parameters, $0.multiplyAdds, $0.top1].map(\.source) })
    let lines = Self.header + networks.map { line(of: $0) }
    return
      ((lines + [""] + [verdict].compactMap { $0 } + [""] + Self.notes + [""])
      + PublishedFigure.Source.allCases.filter(sources.contains).map {
        "\($0.letter)  \($0.rawValue)"
      })
      .joined(separator: "\n")
  }

  /// The report as JSON, for scripts, with the layers of each network that has a graph.
  public var json: JSONReport {
    JSONReport(networks.map { Row($0, milliseconds: milliseconds[$0]) })
  }

  private func text(_ figure: PublishedFigure) -> String {
    let value = figure.value
    let digits = value == value.rounded() ? 0 : value * 10 == (value * 10).rounded() ? 1 : 2
    return (figure.isBound ? "<" : "") + NumberText.fixed(value, digits)
  }

  private static func row(
    _ name: String, _ parameters: String, _ multiplyAdds: String, _ published: String,
    _ publishedAdds: String, _ top1: String, _ time: String, _ ratio: String
  ) -> String {
    [
      name.padded(right: 20), parameters.padded(left: 9), multiplyAdds.padded(left: 10),
      published.padded(left: 7), publishedAdds.padded(left: 7), top1.padded(left: 6),
      time.padded(left: 8), ratio.padded(left: 5),
    ].joined(separator: " ")
  }

  private struct Row: Encodable {
    let name: String
    let parameters, multiplyAdds: Int?
    let milliseconds: Double?
    let published: Published
    let layers: [Layer]?

    init(_ network: ComparedNetwork, milliseconds: Double?) {
      name = network.name
      parameters = network.computedParameters
      multiplyAdds = network.computedMultiplyAdds
      self.milliseconds = milliseconds
      published = Published(
        megaParameters: Figure(network.parameters), megaMultiplyAdds: Figure(network.multiplyAdds),
        top1: Figure(network.top1))
      if case .layers(let graph) = network.body {
        layers = graph.layers.filter { $0.operation != .concatenation }.map(Row.Layer.init)
      } else {
        layers = nil
      }
    }

    struct Layer: Encodable {
      let name: String
      let output: [Int]
      let parameters, multiplyAdds: Int

      init(_ layer: MobileNet.Layer) {
        name = layer.name
        output = [layer.output.height, layer.output.width, layer.output.channels]
        parameters = layer.parameters
        multiplyAdds = layer.multiplyAdds
      }
    }
  }

  private struct Published: Encodable {
    let megaParameters, megaMultiplyAdds, top1: Figure
  }

  private struct Figure: Encodable {
    let value: Double
    let isUpperBound: Bool
    let source: String

    init(_ figure: PublishedFigure) {
      value = figure.value
      isUpperBound = figure.isBound
      source = "\(figure.source.rawValue), \(figure.place)"
    }
  }

}
