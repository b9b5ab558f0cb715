import Catalogue
import Dispatch
import Explorer
import Images
import MobileNet

/// Does the slow work that the reducer asks for, one piece after another, off the key loop.
final class Worker: Sendable {
  private let queue = DispatchQueue(label: "mobilenet-explorer.worker", qos: .userInitiated)
  private let mailbox: Mailbox
  private let threads: Int?
  // Only touched on the queue.
  private nonisolated(unsafe) var network: (model: Int, network: Network)?
  private nonisolated(unsafe) var numbers = 0

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
      case .preactivate(let model, let run, let layer): preactivate(model, run, layer)
      case .rerun(let model, let run, let switches): rerun(model, run, switches)
      case .measureInfluence(let question, let model, let run, let first):
        measureInfluence(question, model, run, first)
      case .openPhoto(let path, let model): openPhoto(path, model)
      case .openWeights(let name, let resolution, let photo, let path):
        openWeights(name, resolution, photo, path)
      case .list(let folder, let purpose): mailbox.send(Folder.listed(folder, for: purpose))
      case .recall: mailbox.send(.open(.recalled(RecentImages.entries)))
      case .remember(let path): RecentImages.add(path)
      case .preview(let path, let purpose): mailbox.send(Folder.previewed(path, for: purpose))
      case .listWeights: mailbox.send(.weights(.listed(WeightsList.choices)))
      case .inspectWeights(let name):
        mailbox.send(.weights(.inspected(name: name, WeightsList.facts(of: name))))
      case .save(let kind, let state): mailbox.send(Saver.save(kind, of: state))
      case .measureReplacement(let model, let run, let layer):
        measureReplacement(model, run, layer)
      case .later(let milliseconds, let action):
        queue.asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { [mailbox] in
          mailbox.send(action)
        }
      // The loop does these itself.
      case .copy, .listenToMouse, .quit, .suspend: break
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
      if let trace { mailbox.send(.inferred(numbered(trace))) }
    } catch {
      mailbox.send(.failed("\(error)"))
    }
  }

  private func preactivate(_ model: Numbered<Model>, _ run: Numbered<Trace>, _ layer: Int) {
    do {
      let sums = try network(for: model).preactivation(at: layer, of: run.value)
      mailbox.send(.zoom(.preactivated(run: run.number, layer: layer, numbered(sums))))
    } catch {
      mailbox.send(.failed("\(error)"))
    }
  }

  private func rerun(
    _ model: Numbered<Model>, _ run: Numbered<Trace>, _ switches: [SwitchOff]
  ) {
    do {
      let trace = try network(for: model).rerun(run.value, switchingOff: switches)
      mailbox.send(.ablation(.reran(original: run.number, switches, numbered(trace))))
    } catch {
      mailbox.send(.failed("\(error)"))
    }
  }

  private func measureInfluence(
    _ question: Influence.Question, _ model: Numbered<Model>, _ run: Numbered<Trace>, _ first: Int
  ) {
    do {
      let network = try network(for: model)
      let count = network.layers[question.layer].output.channels
      let values = network.influence(
        ofChannels: first..<min(first + Influence.batch, count), at: question.layer,
        onClass: question.classIndex, of: run.value)
      if let values { mailbox.send(.grid(.measured(question, first: first, values))) }
    } catch {
      mailbox.send(.failed("\(error)"))
    }
  }

  private func measureReplacement(
    _ model: Numbered<Model>, _ run: Numbered<Trace>, _ layer: Int
  ) {
    do {
      let times = try network(for: model).measureReplacement(at: layer, of: run.value)
      guard let times else { return }
      let name = model.layers[layer].name
      mailbox.send(.lesson(.measured(model: model.number, depthwise: name, times)))
    } catch {
      mailbox.send(.failed("\(error)"))
    }
  }

  private func openPhoto(_ path: String, _ model: Numbered<Model>) {
    do {
      let photo = try Photo(path: path, for: model.value)
      mailbox.send(.photoOpened(path: path, numbered(photo), model: model.number))
    } catch {
      mailbox.send(.failed("\(error)"))
    }
  }

  private func openWeights(
    _ name: String, _ resolution: Int?, _ photo: Numbered<Photo>, _ path: String
  ) {
    do {
      let checkpoint = try WeightsCatalogue.checkpoint(name)
      let model = Model(
        checkpoint: checkpoint, source: name, resolution: resolution ?? checkpoint.resolution)
      let prepared = try photo.value.prepared(for: model) ?? Photo(path: path, for: model)
      mailbox.send(.weightsOpened(numbered(model), numbered(prepared), path: path))
    } catch {
      mailbox.send(.failed("\(error)"))
    }
  }

  /// Gives `value` a number that nothing had before; those of the start have 0.
  private func numbered<Value>(_ value: Value) -> Numbered<Value> {
    numbers += 1
    return Numbered(value, number: numbers)
  }

  private func network(for model: Numbered<Model>) throws(NetworkError) -> Network {
    if let network, network.model == model.number { return network.network }
    let made = try Network(
      model.checkpoint, resolution: model.resolution, threads: threads)
    network = (model.number, made)
    return made
  }
}
