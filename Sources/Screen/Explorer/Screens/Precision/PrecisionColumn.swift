import Comparison
import MobileNet
import Reports
import Tensors

/// One precision beside the others: its name, what it made of the photo, the number under the cursor.
struct PrecisionColumn {
  /// Which it is.
  let precision: Precision
  /// Its name.
  var name: String { precision.rawValue }
  /// What it made of the photo, in reals.
  let trace: Trace
  /// The numbers as they are kept; nil for floats.
  let kept: PrecisionRun.Kept?

  /// Floats, and what is known of halves and integers.
  static func all(_ screen: PrecisionScreen, _ core: Core, _ floats: Trace) -> [PrecisionColumn] {
    [PrecisionColumn(precision: .float, trace: floats, kept: nil)]
      + [Precision.half, .integer].compactMap { precision in
        screen.run(in: precision, core).map {
          PrecisionColumn(precision: precision, trace: $0.reals, kept: $0.kept)
        }
      }
  }

  /// The real number under the cursor of the selected channel.
  func value(_ core: Core) -> String {
    let place = place(core)
    return NumberText.value(
      trace.output(at: core.selection.layer)[place.y, place.x, core.channel])
  }

  /// The same as it is kept: the bits of a float or a half, or a byte and what it means.
  func stored(_ core: Core) -> String {
    let place = place(core)
    let (position, channel) = (core.selection.layer, core.channel)
    guard let kept else {
      return NumberText.bits(trace.output(at: position)[place.y, place.x, channel].bitPattern)
    }
    let text = kept.text(at: position, y: place.y, x: place.x, channel: channel)
    guard case .integer(let trace) = kept else { return text }
    let numbers = trace.output(at: position).quantization
    let zero = numbers.zeroPoint
    let sign = zero < 0 ? "+" : "−"
    return
      "\(numbers.typeName) \(text): \(NumberText.value(numbers.scale))·(\(text) \(sign) \(abs(zero)))"
  }

  private func place(_ core: Core) -> (y: Int, x: Int) {
    core.layer.output.places > 1 ? (core.cursor.y, core.cursor.x) : (0, 0)
  }
}
