import Comparison
import MobileNet
import Reports
import Tensors

/// One precision beside the others: its name, its run, and its numbers under the cursor.
struct PrecisionColumn {
  /// Which it is.
  let precision: Precision
  /// The name of the precision.
  var name: String { precision.rawValue }
  /// The run's outputs as real numbers.
  let trace: Trace
  /// The outputs as stored; nil for floats.
  let kept: PrecisionRun.Kept?

  /// Returns the columns of floats and, as far as they are computed, of halves and integers.
  static func all(_ screen: PrecisionScreen, _ core: Core, _ floats: Trace) -> [PrecisionColumn] {
    [PrecisionColumn(precision: .float, trace: floats, kept: nil)]
      + [Precision.half, .integer].compactMap { precision in
        screen.run(in: precision, core).map {
          PrecisionColumn(precision: precision, trace: $0.reals, kept: $0.kept)
        }
      }
  }

  /// Returns the selected channel's real value under the cursor.
  func value(_ core: Core) -> String {
    let place = place(core)
    return NumberText.value(
      trace.output(at: core.selection.layer)[place.y, place.x, core.channel])
  }

  /// Returns the stored value under the cursor: the bits of a float or a half, or a byte with its
  /// meaning.
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
