/// Work that the reducer asks for and that is done elsewhere; answers come back as actions.
public enum Effect: Equatable, Sendable {
  /// Run the network on the photo.
  case infer(Numbered<Model>, Numbered<Photo>)
  /// Leave the program.
  case quit
  /// Give the terminal back to the shell until it brings the program to the foreground again.
  case suspend
}
