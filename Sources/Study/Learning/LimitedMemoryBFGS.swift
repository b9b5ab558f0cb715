/// Minimises a smooth function of many variables by L-BFGS.
///
/// Nocedal and Wright, "Numerical Optimization", 2006, algorithm 7.5, with a diagonal initial
/// inverse Hessian and with steps that are halved until the function falls enough. Near the
/// minimum, the function falls by less than a sum of floats can resolve, while the gradient is
/// still accurate: there a step is taken if it halves the slope along it (Hager and Zhang, "A new
/// conjugate gradient method with guaranteed descent and an efficient line search", 2005).
struct LimitedMemoryBFGS {
  /// The initial inverse Hessian: one over the estimated second derivative in each direction.
  let diagonal: [Double]
  /// The search ends when the next step promises to lower the function by less than this.
  let tolerance: Double
  /// The maximum number of steps.
  var mostSteps = 500
  /// The number of steps remembered.
  private let memory = 10
  /// The relative change of the value below which a difference is noise.
  private let noise = 1e-7
  /// The maximum number of steps accepted by their slope: in the end, the slope is noise as well.
  private let mostFlatSteps = 30

  private struct Step {
    let move: [Double]
    let change: [Double]
    let inverse: Double
  }

  /// Returns the point where `function`, which returns its value and its gradient, is least; the
  /// search begins at `start`.
  func minimum(
    from start: [Double], of function: ([Double]) -> (value: Double, gradient: [Double])
  ) -> [Double] {
    var place = start
    var (value, gradient) = function(place)
    var steps: [Step] = []
    var flatSteps = 0
    for _ in 0..<mostSteps {
      let direction = direction(gradient, steps)
      let slope = dot(direction, gradient)
      guard -slope > tolerance else { break }
      var length = 1.0
      var next = sum(place, direction, length)
      var (nextValue, nextGradient) = function(next)
      func falls() -> Bool { nextValue < value && nextValue <= value + 1e-4 * length * slope }
      func isFlat() -> Bool {
        flatSteps < mostFlatSteps && abs(nextValue - value) <= noise * abs(value)
          && abs(dot(direction, nextGradient)) <= -slope / 2
      }
      while !falls(), !isFlat(), length > 1e-6 {
        length /= 2
        next = sum(place, direction, length)
        (nextValue, nextGradient) = function(next)
      }
      if !falls() {
        guard isFlat() else { break }
        flatSteps += 1
      }
      let move = sum(next, place, -1)
      let change = sum(nextGradient, gradient, -1)
      let curvature = dot(move, change)
      if curvature > 0 {
        steps.append(Step(move: move, change: change, inverse: 1 / curvature))
        if steps.count > memory { steps.removeFirst() }
      }
      (place, value, gradient) = (next, nextValue, nextGradient)
    }
    return place
  }

  /// Returns minus the gradient times the inverse Hessian estimated from the last steps.
  private func direction(_ gradient: [Double], _ steps: [Step]) -> [Double] {
    var direction = gradient
    var factors: [Double] = []
    for step in steps.reversed() {
      let factor = step.inverse * dot(step.move, direction)
      direction = sum(direction, step.change, -factor)
      factors.append(factor)
    }
    var scale = -1.0
    if let last = steps.last {
      let weighted = zip(last.change, diagonal).reduce(0) { $0 + $1.0 * $1.0 * $1.1 }
      scale = -1 / (last.inverse * weighted)
    }
    for index in direction.indices { direction[index] *= scale * diagonal[index] }
    for (step, factor) in zip(steps, factors.reversed()) {
      // The direction's sign is reversed already.
      let other = step.inverse * dot(step.change, direction)
      direction = sum(direction, step.move, -factor - other)
    }
    return direction
  }

  private func dot(_ a: [Double], _ b: [Double]) -> Double {
    a.withUnsafeBytes { a in
      b.withUnsafeBytes { b in
        // Four sums at once, because an addition to a single one would wait for the one before.
        var sums = SIMD4<Double>.zero
        let size = MemoryLayout<SIMD4<Double>>.size
        let whole = a.count / size * size
        for offset in stride(from: 0, to: whole, by: size) {
          let x = a.loadUnaligned(fromByteOffset: offset, as: SIMD4<Double>.self)
          let y = b.loadUnaligned(fromByteOffset: offset, as: SIMD4<Double>.self)
          sums += x * y
        }
        var sum = sums.sum()
        for offset in stride(from: whole, to: a.count, by: MemoryLayout<Double>.size) {
          let x = a.loadUnaligned(fromByteOffset: offset, as: Double.self)
          sum += x * b.loadUnaligned(fromByteOffset: offset, as: Double.self)
        }
        return sum
      }
    }
  }

  /// Returns a + factor · b.
  private func sum(_ a: [Double], _ b: [Double], _ factor: Double) -> [Double] {
    var result = a
    result.withUnsafeMutableBufferPointer { result in
      b.withUnsafeBufferPointer { b in
        for index in 0..<result.count { result[index] += factor * b[index] }
      }
    }
    return result
  }
}
