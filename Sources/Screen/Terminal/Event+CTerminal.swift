import CTerminal
import Cells

extension Event {
  /// Converts an event of ncurses; nil for keys without a name.
  init?(_ event: mbx_event) {
    switch Int(event.kind) {
    case MBX_CHARACTER:
      guard let scalar = Unicode.Scalar(UInt32(event.value)) else { return nil }
      self = .key(Key(scalar))
    case MBX_KEY:
      guard let key = Key(code: Int(event.value)) else { return nil }
      self = .key(key)
    case MBX_MOUSE:
      let kinds: [Int: Mouse.Kind] = [
        MBX_PRESS: .press, MBX_RELEASE: .release, MBX_WHEEL_UP: .wheelUp,
        MBX_WHEEL_DOWN: .wheelDown,
      ]
      guard let kind = kinds[Int(event.value)] else { return nil }
      self = .mouse(Mouse(kind, x: Int(event.x), y: Int(event.y)))
    case MBX_RESIZED:
      self = .resize(Size(width: Int(event.x), height: Int(event.y)))
    default: return nil
    }
  }
}

extension Key {
  /// Makes the key that sends `scalar`; control characters stand for Ctrl and a letter, or for
  /// Enter, Tab and the like.
  init(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x1B: self = .escape
    case 0x09: self = .tab
    case 0x0A, 0x0D: self = .enter
    case 0x08, 0x7F: self = .backspace
    case 1...26:
      self = .control(Character(Unicode.Scalar(UInt8(scalar.value) + 0x60)))
    default: self = .character(Character(scalar))
    }
  }

  /// Makes the key with a code of its own; nil if the code is unknown.
  init?(code: Int) {
    let keys: [Int: Key] = [
      MBX_UP: .up, MBX_DOWN: .down, MBX_LEFT: .left, MBX_RIGHT: .right, MBX_ENTER: .enter,
      MBX_BACKSPACE: .backspace, MBX_DELETE: .delete, MBX_INSERT: .insert, MBX_HOME: .home,
      MBX_END: .end, MBX_PAGE_UP: .pageUp, MBX_PAGE_DOWN: .pageDown, MBX_BACK_TAB: .backTab,
    ]
    if let key = keys[code] {
      self = key
    } else if code > MBX_FUNCTION {
      self = .function(code - MBX_FUNCTION)
    } else {
      return nil
    }
  }
}
