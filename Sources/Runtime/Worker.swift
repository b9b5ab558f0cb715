import Dispatch
import Explorer
import MobileNet

/// Does the slow work that the reducer asks for, one piece after another, off the key loop.
final class Worker: Sendable {
  private let queue = DispatchQueue(label: "mobilenet-explorer.worker", qos: .userInitiated)
  private let mailbox: Mailbox
  private let threads: Int?
  // Only touched on the queue.
  private nonisolated(unsafe) var network: (model: Int, network: Network)?
  private nonisolated(unsafe) var runs = 0

  /// Sends what comes of the work to `mailbox`; networks run on `threads` threads.
  init(mailbox: Mailbox, threads: Int?) {
    self.mailbox = mailbox
    self.threads = threads
  }

  /// Begins the work of `effect` behind what was asked for before.
  func perform(_ effect: Effect) {
    queue.async { [self] in
      switch effect {
      case .infer(let model, let photo): infer(model, photo)
      case .quit, .suspend: break
      }
    }
  }

  private func infer(_ model: Numbered<Model>, _ photo: Numbered<Photo>) {
    do {
      let isFirst = self.network?.model != model.number
      let network = try network(for: model)
      var trace: Trace?
      if isFirst {
        // The first run finds cold memory; what it took would say little about the layers.
        network.run(photo.prepared.tensor, reusing: &trace)
      }
      network.run(photo.prepared.tensor, reusing: &trace) { [mailbox] position, milliseconds in
        mailbox.send(.layerFinished(position: position, milliseconds: milliseconds))
      }
      runs += 1
      if let trace { mailbox.send(.inferred(Numbered(trace, number: runs))) }
    } catch {
      mailbox.send(.failed("\(error)"))
    }
  }

  private func network(for model: Numbered<Model>) throws(NetworkError) -> Network {
    if let network, network.model == model.number { return network.network }
    let made = try Network(
      model.checkpoint, resolution: model.resolution, threads: threads)
    network = (model.number, made)
    return made
  }
}
