import Comparison
import MobileNet

/// Work that the reducer asks for and that is done elsewhere; answers come back as actions.
public enum Effect: Equatable, Sendable {
  /// Run the network on the photo.
  case infer(Numbered<Model>, Numbered<Photo>)
  /// Compute the sums of a layer of a run before its activation function.
  case preactivate(Numbered<Model>, Numbered<Trace>, layer: Int)
  /// Compute what a run becomes with parts of the network switched off.
  case rerun(Numbered<Model>, Numbered<Trace>, [SwitchOff])
  /// Measure the influence of some channels of a run on a class, from `first` on.
  case measureInfluence(Influence.Question, Numbered<Model>, Numbered<Trace>, first: Int)
  /// Time a pair of layers of a run, and the standard convolution that it replaces.
  case measureReplacement(Numbered<Model>, Numbered<Trace>, layer: Int)
  /// Say what can be compared: what is bundled, and the explored network.
  case listCandidates(Numbered<Model>)
  /// Measure a candidate on the photo.
  case measure(Candidate, photo: Numbered<Photo>, path: String)
  /// Measure a network of another kind.
  case measureNetwork(ComparedNetwork)
  /// Run another network on the photo, or the network on another photo.
  case inferCounterpart(
    BesideState.Question, model: Numbered<Model>, photo: Numbered<Photo>, run: Numbered<Trace>,
    path: String)
  /// Run the network on the photo of a run with another convention than its weights' own.
  case runOther(Numbered<Model>, Numbered<Trace>, Convention, switchingOff: [SwitchOff])
  /// Let an action happen after some time.
  indirect case later(milliseconds: Int, Action)
  /// Read a photo for the network.
  case openPhoto(path: String, Numbered<Model>)
  /// Read weights, and the photo as they want it, at their own input side unless one is given.
  case openWeights(name: String, resolution: Int?, photo: Numbered<Photo>, path: String)
  /// Read what is in a folder.
  case list(folder: String, for: OpenState.Purpose = .image)
  /// Look what lies at a path that was typed or pasted.
  case resolve(path: String)
  /// Read which images were opened last.
  case recall
  /// Note that an image was opened.
  case remember(path: String)
  /// Make a small picture of an image, or look into a checkpoint.
  case preview(path: String, for: OpenState.Purpose = .image)
  /// Read what weights there are.
  case listWeights
  /// Read what a checkpoint is.
  case inspectWeights(name: String)
  /// Write something of what is shown to a file.
  case save(SaveKind, ExplorerState)
  /// Ask something of the stream.
  indirect case live(LiveRequest)
  /// Put text into the terminal's clipboard.
  case copy(String)
  /// Hear the mouse, or leave it to the terminal.
  case listenToMouse(Bool)
  /// Leave the program.
  case quit
  /// Give the terminal back to the shell until it brings the program to the foreground again.
  case suspend
}
