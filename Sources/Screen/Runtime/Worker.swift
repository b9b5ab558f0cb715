import Catalogue
import Comparison
import Dispatch
import Explorer
import Images
import Lessons
import Live
import MobileNet
import Synchronization

/// Does the slow work that the reducer asks for, one piece after another, off the key loop.
final class Worker: Sendable {
  private let queue = DispatchQueue(label: "mobilenet-explorer.worker", qos: .userInitiated)
  private let mailbox: Mailbox
  private let threads: Int?
  private let numbering: Numbering
  private let pipeline: Pipeline?
  private let waiting = Atomic(0)
  // Only touched on the queue.
  private nonisolated(unsafe) var networks: [(model: Int, network: Network)] = []
  private nonisolated(unsafe) var reader = CandidateReader()
  private nonisolated(unsafe) var counterpart: (candidate: Candidate, model: Numbered<Model>)?

  /// Sends what comes of the work to `mailbox`; networks run on `threads` threads, those for a
  /// stream in its `pipeline`.
  init(mailbox: Mailbox, threads: Int?, numbering: Numbering, pipeline: Pipeline?) {
    self.mailbox = mailbox
    self.threads = threads
    self.numbering = numbering
    self.pipeline = pipeline
  }

  /// Whether something that was asked for is not done.
  var isBusy: Bool { waiting.load(ordering: .acquiring) > 0 }

  /// Begins the work of `effect` behind what was asked for before.
  func perform(_ effect: Effect) {
    waiting.add(1, ordering: .relaxed)
    queue.async { [self] in
      defer {
        waiting.subtract(1, ordering: .releasing)
        // A frame may have been left where it was for this.
        if pipeline != nil { mailbox.wakeUp() }
      }
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
      case .resolve(let path): mailbox.send(Folder.resolved(path))
      case .recall: mailbox.send(.open(.recalled(RecentImages.entries)))
      case .remember(let path): RecentImages.add(path)
      case .preview(let path, let purpose): mailbox.send(Folder.previewed(path, for: purpose))
      case .listWeights: mailbox.send(.weights(.listed(WeightsList.choices)))
      case .inspectWeights(let name):
        mailbox.send(.weights(.inspected(name: name, WeightsList.facts(of: name))))
      case .save(let kind, let state): mailbox.send(Saver.save(kind, of: state))
      case .measureReplacement(let model, let run, let layer):
        measureReplacement(model, run, layer)
      case .listCandidates(let model): mailbox.send(.compare(.listed(candidates(model))))
      case .measure(let candidate, let photo, let path): measure(candidate, photo, path)
      case .measureNetwork(let network): measure(network)
      case .inferCounterpart(let question, let model, let photo, let run, let path):
        inferCounterpart(question, model, photo, run, path)
      case .runOther(let model, let run, let convention, let switches):
        runOther(model, run, convention, switches)
      case .later(let milliseconds, let action):
        queue.asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { [mailbox] in
          mailbox.send(action)
        }
      case .live(.record(let state)):
        if let pipeline { mailbox.send(Saver.record(pipeline.recorded, of: state)) }
      // The loop does these itself.
      case .live, .copy, .listenToMouse, .quit, .suspend: break
      }
    }
  }

  private func infer(_ model: Numbered<Model>, _ photo: Numbered<Photo>) {
    do {
      let isFirst = !networks.contains { $0.model == model.number }
      let network = try network(for: model)
      if let pipeline { return pipeline.use(network, number: model.number) }
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
      if let values { mailbox.send(.influenceMeasured(question, first: first, values)) }
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

  private func runOther(
    _ model: Numbered<Model>, _ run: Numbered<Trace>, _ convention: Convention,
    _ switches: [SwitchOff]
  ) {
    do {
      let other = try OtherRun(
        convention, of: model.checkpoint, like: run.value, switchingOff: switches,
        threads: threads)
      mailbox.send(.lesson(.ranOther(Numbered(other, number: run.number))))
    } catch {
      mailbox.send(.failed("\(error)"))
    }
  }

  private func openPhoto(_ path: String, _ model: Numbered<Model>) {
    do {
      let photo = try Photo(path: path, for: model.value)
      mailbox.send(.photoOpened(path: path, numbered(photo), model: model.number))
    } catch {
      mailbox.send(.photoFailed(path: path, reason: "\(error)"))
    }
  }

  private func openWeights(
    _ name: String, _ resolution: Int?, _ photo: Numbered<Photo>, _ path: String
  ) {
    do {
      let checkpoint = try WeightsCatalogue.checkpoint(name)
      let model = Model(
        checkpoint: checkpoint, source: name, resolution: resolution ?? checkpoint.resolution)
      mailbox.send(
        .weightsOpened(
          numbered(model), numbered(try prepared(photo, path, for: model)), path: path))
    } catch {
      mailbox.send(.failed("\(error)"))
    }
  }

  /// The photo as `model` wants it, read anew from `path` if need be.
  private func prepared(
    _ photo: Numbered<Photo>, _ path: String, for model: Model
  ) throws(ImageError) -> Photo {
    if let prepared = photo.value.prepared(for: model) { return prepared }
    return try Photo(path: path, for: model)
  }

  /// What is bundled, at the paper's resolutions, and the explored network, which may be neither.
  private func candidates(_ model: Numbered<Model>) -> [Candidate] {
    let bundled = Candidate.grid(WeightsCatalogue.bundledNames)
    let explored = Candidate(.checkpoint(model.source), resolution: model.resolution)
    return bundled.contains(explored) ? bundled : [explored] + bundled
  }

  private func measure(_ candidate: Candidate, _ photo: Numbered<Photo>, _ path: String) {
    do {
      let measurement = try reader.measure(candidate, threads: threads) {
        try prepared(photo, path, for: $0)
      }
      mailbox.send(.compare(.measured(photo: photo.number, measurement)))
    } catch {
      mailbox.send(.compare(.failed(.candidate(candidate), "\(error)")))
    }
  }

  private func measure(_ network: ComparedNetwork) {
    do {
      guard let milliseconds = try network.measure(threads: threads) else { return }
      mailbox.send(.compare(.networkMeasured(network, milliseconds)))
    } catch {
      mailbox.send(.compare(.failed(.network(network), "\(error)")))
    }
  }

  private func inferCounterpart(
    _ question: BesideState.Question, _ model: Numbered<Model>, _ photo: Numbered<Photo>,
    _ run: Numbered<Trace>, _ path: String
  ) {
    do {
      let (other, seen) = try counterpart(question.other, model, photo, path)
      let trace = try network(for: other).run(seen.prepared.tensor)
      let isSameNetwork = other == model
      let counterpart = Counterpart(
        model: other, photo: seen, run: numbered(trace),
        similarities: isSameNetwork ? run.value.similarities(to: trace) : [])
      mailbox.send(.beside(.inferred(question, numbered(counterpart))))
    } catch {
      mailbox.send(.beside(.failed(question, "\(error)")))
    }
  }

  /// The network and the photo of the other side.
  private func counterpart(
    _ other: BesideState.Other, _ model: Numbered<Model>, _ photo: Numbered<Photo>, _ path: String
  ) throws -> (Numbered<Model>, Photo) {
    switch other {
    case .network(let candidate):
      let found: Numbered<Model>
      if let known = counterpart, known.candidate == candidate {
        found = known.model
      } else {
        found = numbered(try reader.model(of: candidate))
        counterpart = (candidate, found)
      }
      return (found, try prepared(photo, path, for: found.value))
    case .photo(let path):
      return (model, try Photo(path: path, for: model.value))
    }
  }

  private func numbered<Value>(_ value: Value) -> Numbered<Value> { numbering.number(value) }

  /// The network of `model`; the two that were used last are kept.
  private func network(for model: Numbered<Model>) throws(NetworkError) -> Network {
    if let index = networks.firstIndex(where: { $0.model == model.number }) {
      networks.append(networks.remove(at: index))
    } else {
      let made = try Network(
        model.checkpoint, resolution: model.resolution, threads: threads)
      networks = networks.suffix(1) + [(model.number, made)]
    }
    return networks[networks.count - 1].network
  }
}
