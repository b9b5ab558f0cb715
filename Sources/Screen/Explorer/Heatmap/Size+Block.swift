import Cells
import Tensors

extension Size {
  /// Returns the rows and columns of `plane` whose mean a pixel of a picture of this size shows, as "3×3";
  /// nil if each value has a pixel.
  func block(of plane: Plane) -> String? {
    block(of: Size(width: plane.width, height: plane.height))
  }

  /// Returns the rows and columns of `source` whose mean a field of this size shows, as "3×3"; nil if each
  /// value has a field.
  func block(of source: Size) -> String? {
    guard width < source.width || height < source.height else { return nil }
    return "\((source.height + height - 1) / height)×\((source.width + width - 1) / width)"
  }
}
