import Foundation

extension Error {
  /// The reason why a file could not be read, written or parsed, in the system's words where it has
  /// some.
  public var reason: String {
    if let error = self as? DecodingError { return error.place }
    if let error = self as? FileBytesError { return error.description }
    // A bridged error is one of Foundation's own only if its domain says so.
    let error = self as NSError
    if let cause = error.userInfo[NSUnderlyingErrorKey] as? any Error { return cause.reason }
    if error.domain == NSPOSIXErrorDomain { return Self.text(Int32(error.code)) }
    let codes: [CocoaError.Code: POSIXErrorCode] = [
      .fileNoSuchFile: .ENOENT, .fileReadNoSuchFile: .ENOENT, .fileReadNoPermission: .EACCES,
      .fileWriteNoPermission: .EACCES, .fileWriteOutOfSpace: .ENOSPC,
      .fileWriteVolumeReadOnly: .EROFS, .fileWriteFileExists: .EEXIST,
    ]
    let code =
      error.domain == NSCocoaErrorDomain ? codes[CocoaError.Code(rawValue: error.code)] : nil
    return code.map { Self.text($0.rawValue) } ?? "the system does not say why"
  }

  private static func text(_ code: Int32) -> String {
    String(cString: strerror(code)).lowercased()
  }
}

extension Error {
  /// Returns the reason why `json` could not be parsed.
  ///
  /// For a number that does not fit its type (1e30 for an integer), Foundation on Linux reports
  /// invalid JSON.
  public func reason(reading json: Data) -> String {
    let isJSON = (try? JSONSerialization.jsonObject(with: json)) != nil
    return reason == DecodingError.noJSON && isJSON
      ? "a number in it is too large, or should be a whole one" : reason
  }
}

extension DecodingError {
  fileprivate static let noJSON = "it is not JSON"

  /// The fault in some JSON, and where it is: "layers.3.name is not a text".
  fileprivate var place: String {
    func place(_ context: Context) -> String {
      let path = context.codingPath.map { $0.intValue.map { "\($0)" } ?? $0.stringValue }
      return path.isEmpty ? "it" : path.joined(separator: ".")
    }
    return switch self {
    case .keyNotFound(let key, let context): "\(place(context)) has no \(key.stringValue)"
    case .typeMismatch(let type, let context): "\(place(context)) is not \(Self.name(of: type))"
    case .valueNotFound(let type, let context):
      "\(place(context)) is nothing, expected \(Self.name(of: type))"
    case .dataCorrupted(let context) where !context.codingPath.isEmpty:
      "\(place(context)) has a value that it can't have"
    default: Self.noJSON
    }
  }

  private static func name(of type: Any.Type) -> String {
    switch type {
    case is String.Type: "a text"
    case is any BinaryInteger.Type, is any BinaryFloatingPoint.Type: "a number"
    case is Bool.Type: "true or false"
    case is any Collection.Type: "a list"
    default: "an object"
    }
  }
}
