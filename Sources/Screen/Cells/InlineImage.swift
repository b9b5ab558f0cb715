/// iTerm2's inline images (iterm2.com/documentation-images.html): an image file that fills cells.
public enum InlineImage {
  /// Returns the command that shows `file` over `columns` × `rows` cells from the cursor on, which
  /// stays in place.
  public static func encode(_ file: [UInt8], columns: Int, rows: Int) -> [UInt8] {
    Array(
      ("\u{1B}]1337;File=inline=1;size=\(file.count);width=\(columns);height=\(rows);"
        + "preserveAspectRatio=0;doNotMoveCursor=1:").utf8)
      + Base64.encode(file) + [0x07]
  }
}
