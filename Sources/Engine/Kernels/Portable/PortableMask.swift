/// Copies the gradient where the activation let the recorded output through; writes zeros
/// elsewhere.
@Sendable func portableMask(
  _ gradient: UnsafePointer<Float>, _ output: UnsafePointer<Float>, _ floor: Float,
  _ ceiling: Float, _ result: UnsafeMutablePointer<Float>, _ count: Int
) {
  for index in 0..<count {
    let value = output[index]
    result[index] = value > floor && value < ceiling ? gradient[index] : 0
  }
}
