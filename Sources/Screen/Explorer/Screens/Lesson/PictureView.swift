import Cells
import Lessons
import MobileNet
import Tensors

/// One picture at a time, as large as possible: the photo, its planes, a plane and its kernel.
struct PictureView {
  let core: Core
  let lesson: PictureLesson
  let step: Step

  func draw(in area: Rect, of frame: inout Frame) {
    guard let trace = core.run?.trace else { return }
    let (stem, depthwise, pointwise) = lesson.positions
    switch step.part {
    case .planes:
      PlaneSheet(trace.output(at: stem)).draw(in: area, of: &frame)
    case .plane, .filtered:
      drawFilter(
        from: trace.input(at: depthwise),
        to: step.part == .filtered ? trace.output(at: depthwise) : nil, in: area, of: &frame)
    case .filteredPlanes:
      PlaneSheet(trace.output(at: depthwise)).draw(in: area, of: &frame)
    case .mixture:
      let (left, right) = area.columns(.ratio(3, 5), .fill, gap: 2)
      PlaneSheet(trace.output(at: depthwise), channels: lesson.shares.map(\.channel)).draw(
        in: left, of: &frame)
      ChartsView(charts: step.charts, words: core.stage).draw(in: right, of: &frame.cells)
    case .mixed:
      // Beside the photo, to see what the channel found.
      let (photo, output) = area.columns(.ratio(1, 2), .fill, gap: 2)
      frame.cells.write(core.stage("photo"), x: photo.x, y: photo.y, style: Theme.quiet)
      PhotoView(pixels: core.photo.prepared.pixels).draw(
        in: photo.rows(.fixed(1), .fill).1, of: &frame.cells)
      MapPicture(
        tensor: trace.output(at: pointwise), channel: lesson.channel,
        title: "\(core.layers[pointwise].name) \(lesson.channel)"
      ).draw(in: output, of: &frame)
    default:
      // Beside the kernels that are applied to the photo, if there is room.
      let isRoomy = Layout.isRoomy(core.size)
      let (photo, kernels) = area.columns(
        .fixed(isRoomy ? min(2 * area.height, area.width * 3 / 5) : area.width), .fill, gap: 2)
      PhotoView(pixels: core.photo.prepared.pixels).draw(in: photo, of: &frame.cells)
      if isRoomy { KernelSheet(core: core, position: stem).draw(in: kernels, of: &frame) }
    }
  }

  /// Draws the input plane, the kernel and the output plane side by side.
  private func drawFilter(
    from input: Tensor, to output: Tensor?, in area: Rect, of frame: inout Frame
  ) {
    let size = KernelPicture.size
    let side = (area.width - size.width - 4) / 2
    let (left, _, right) = area.columns(.fixed(side), .fill, .fixed(side))
    let names = core.layers[..<lesson.positions.depthwise].last?.name ?? ""
    MapPicture(tensor: input, channel: lesson.plane, title: "\(names) \(lesson.plane)").draw(
      in: left, of: &frame)
    KernelPicture(
      weights: lesson.kernel, reach: lesson.kernel.map(\.magnitude).max() ?? 0,
      words: core.stage
    ).draw(
      x: area.x + side + 2, y: area.y + max(0, (area.height - size.height) / 2), of: &frame.cells)
    guard let output else { return }
    let name = core.layers[lesson.positions.depthwise].name
    MapPicture(tensor: output, channel: lesson.plane, title: "\(name) \(lesson.plane)").draw(
      in: right, of: &frame)
  }
}

/// Planes of a tensor side by side, each with its number, as large as fits.
struct PlaneSheet {
  private let tensor: Tensor
  private let channels: [Int]

  /// Shows `channels` of `tensor`, or all of them.
  init(_ tensor: Tensor, channels: [Int]? = nil) {
    self.tensor = tensor
    self.channels = channels ?? Array(0..<tensor.shape.channels)
  }

  /// The smallest height of a plane with its number, in rows.
  private static let fewestRows = 5

  func draw(in area: Rect, of frame: inout Frame) {
    // Cells are twice as high as wide, so a square plane takes twice as many columns as rows.
    var rows = max(area.height, Self.fewestRows)
    while rows > Self.fewestRows, area.width / (2 * rows) * (area.height / rows) < channels.count {
      rows -= 1
    }
    let columns = max(1, area.width / (2 * rows - 1))
    // Where not all fit, those that do take the whole width.
    let width = rows > Self.fewestRows ? 2 * (rows - 1) : max(1, area.width / columns - 1)
    rows = width / 2 + 1
    let shown = channels.prefix(columns * max(1, area.height / rows))
    for (index, channel) in shown.enumerated() {
      MapPicture(tensor: tensor, channel: channel, title: "\(channel)").draw(
        in: area.tile(index, across: columns, size: Size(width: width, height: rows)), of: &frame)
    }
  }
}
