extension Product {
  /// Computes the matrix product in plain Swift, four rows by eight columns in registers.
  func runPortable() {
    var row = 0
    while row + 4 <= rows {
      fourRows(row)
      row += 4
    }
    while row < rows {
      oneRow(row)
      row += 1
    }
  }

  private func fourRows(_ row: Int) {
    let bias = Lanes8(panel)
    var (sum0, sum1, sum2, sum3) = (bias, bias, bias, bias)
    var weights = panel + 8
    for segment in 0..<segments {
      let input0 = input + row * inputStride + segment * segmentStride
      let input1 = input0 + inputStride
      let input2 = input1 + inputStride
      let input3 = input2 + inputStride
      for k in 0..<depth {
        let weight = Lanes8(weights)
        sum0.add(input0[k], weight)
        sum1.add(input1[k], weight)
        sum2.add(input2[k], weight)
        sum3.add(input3[k], weight)
        weights += 8
      }
    }
    let output = output + row * outputStride
    sum0.store(to: output, columns, floor, ceiling)
    sum1.store(to: output + outputStride, columns, floor, ceiling)
    sum2.store(to: output + 2 * outputStride, columns, floor, ceiling)
    sum3.store(to: output + 3 * outputStride, columns, floor, ceiling)
  }

  private func oneRow(_ row: Int) {
    var sum = Lanes8(panel)
    var weights = panel + 8
    for segment in 0..<segments {
      let input = input + row * inputStride + segment * segmentStride
      for k in 0..<depth {
        sum.add(input[k], Lanes8(weights))
        weights += 8
      }
    }
    sum.store(to: output + row * outputStride, columns, floor, ceiling)
  }
}

/// Eight neighbouring floats, as two registers of four: a comparison of SIMD8 compiles to a loop.
private struct Lanes8 {
  var low: SIMD4<Float>
  var high: SIMD4<Float>

  @inline(__always) init(_ pointer: UnsafePointer<Float>) {
    low = UnsafeRawPointer(pointer).loadUnaligned(as: SIMD4<Float>.self)
    high = UnsafeRawPointer(pointer + 4).loadUnaligned(as: SIMD4<Float>.self)
  }

  @inline(__always) mutating func add(_ input: Float, _ weight: Lanes8) {
    let input = SIMD4(repeating: input)
    low = sum(low, input, times: weight.low)
    high = sum(high, input, times: weight.high)
  }

  @inline(__always) func store(
    to output: UnsafeMutablePointer<Float>, _ columns: Int, _ floor: Float, _ ceiling: Float
  ) {
    let (low, high) = (clamp(low, floor, ceiling), clamp(high, floor, ceiling))
    if columns == 8 {
      UnsafeMutableRawPointer(output).storeBytes(of: low, as: SIMD4<Float>.self)
      UnsafeMutableRawPointer(output + 4).storeBytes(of: high, as: SIMD4<Float>.self)
    } else {
      for column in 0..<columns { output[column] = column < 4 ? low[column] : high[column - 4] }
    }
  }
}
