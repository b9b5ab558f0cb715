import ArgumentParser
import Comparison
import Evaluation
import Folders
import Foundation
import MobileNet
import Reports
import Tensors

extension CompareCommand {
  /// Compares `precisions` of every candidate on the images of `folder`, or on the photo.
  ///
  /// Without `precisions`, each candidate runs in its own: integers if it has them, else floats.
  func compare(_ precisions: [Precision]?) throws {
    let candidates = try candidates()
    let bar = ProgressBar(total: candidates.count * (precisions?.count ?? 1))
    var rows: [PrecisionTable.Row] = []
    var notes: [String] = []
    var silent: Set<Precision> = []
    var absences = Absences()
    var unreadable: Set<String> = []
    // Every network and precision meets the same images.
    func note(_ reason: String) {
      if unreadable.insert(reason).inserted { Console.note(reason) }
    }
    for candidate in candidates {
      let weights = try checkpoint(candidate.weights)
      let resolution = candidate.resolution
      let checkpoint = weights.at(resolution: resolution).calibrated(for: resolution)
      let images = try folder.map {
        try LabelledFolder.images(in: $0, truth: truth, for: checkpoint)
      }
      var first: [String: Int]?
      for precision in precisions ?? [checkpoint.integers == nil ? .float : .integer] {
        bar.show(rows.count, note: "\(candidate.name) at \(resolution), \(precision.rawValue)")
        let (ready, way) = try prepared(
          checkpoint, for: precision, resolution: resolution, images, note: note)
        if let way, !notes.contains(way) { notes.append(way) }
        do {
          let (row, answers) = try measure(
            candidate, ready, in: precision, images, first: first, note: note
          ) { [done = rows.count] in
            bar.show(
              done, note: "\(candidate.name) at \(resolution), \(precision.rawValue), image \($0)")
          }
          first = first ?? answers
          rows.append(row)
        } catch let absence as Absence {
          absences.add(absence.reason, of: candidate, ", \(precision.rawValue)")
          silent.insert(precision)
        }
      }
    }
    bar.clear()
    absences.note()
    guard !rows.isEmpty else { return try absences.leave() }
    let table = PrecisionTable(rows, on: folder ?? images[0], notes: notes)
    // Losses are shown for one network only: of many they would be too long to read.
    let losses =
      candidates.count == 1 && folder == nil
      ? try losses(of: candidates[0], precisions?.filter { !silent.contains($0) } ?? []) : nil
    let text = ([table.text] + [losses?.text].compactMap(\.self)).joined(separator: "\n\n")
    try Output.print(json ? table.json(losses).text() : text)
    try absences.leave()
  }

  /// The reason why a network has no answer in a precision.
  private struct Absence: Error {
    let reason: String
  }

  /// Returns each layer's loss on the photo in every one of `precisions` except floats.
  private func losses(of candidate: Candidate, _ precisions: [Precision]) throws -> LossReport? {
    let resolution = candidate.resolution
    let checkpoint = try checkpoint(candidate.weights).at(resolution: resolution).calibrated(
      for: resolution)
    let network = try Network(checkpoint, resolution: resolution, threads: threads)
    let photo = try ImageInput(images[0]).photo(for: checkpoint, resolution: resolution)
    let floats = network.run(photo.prepared.tensor)
    guard floats.problem == nil else { return nil }
    let others = precisions.filter { $0 == .half || $0 == .integer }
    let runs = try others.map { precision in
      let (ready, _) = try prepared(checkpoint, for: precision, resolution: resolution, nil)
      return (precision, try PrecisionRun(ready, precision, beside: floats, of: network))
    }
    return runs.isEmpty ? nil : LossReport(checkpoint, runs)
  }

  /// Returns the checkpoint with the numbers that `precision` needs, and the way in which integers
  /// were made if the file has none.
  private func prepared(
    _ checkpoint: Checkpoint, for precision: Precision, resolution: Resolution,
    _ images: [LabelledImages.Image]?, note: (String) -> Void = Console.note
  ) throws -> (Checkpoint, way: String?) {
    guard precision == .integer, checkpoint.integers == nil else { return (checkpoint, nil) }
    let photos =
      try calibrate.map { try RangePhotos(folder: $0) }
      ?? RangePhotos(images?.map(\.path) ?? self.images)
    do {
      let network = try Network(checkpoint, resolution: resolution, threads: threads)
      let ranges = try photos.ranges(of: network, quantization.extent, note: note)
      return (
        try checkpoint.quantized(for: resolution, ranges, quantization.recipe),
        "integer: \(quantization.text(photos: ranges.photos))."
      )
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(.data, "\(checkpoint.name): \(error)")
    }
  }

  /// Returns a row of the table, and the most likely class of each image, or of the photo.
  private func measure(
    _ candidate: Candidate, _ checkpoint: Checkpoint, in precision: Precision,
    _ images: [LabelledImages.Image]?, first: [String: Int]?, note: (String) -> Void,
    progress: @escaping @Sendable (Int) -> Void
  ) throws -> (PrecisionTable.Row, [String: Int]) {
    let resolution = candidate.resolution
    do {
      let network = try PrecisionNetwork(
        checkpoint, precision: precision, resolution: resolution, threads: threads)
      guard let images else { return try measure(candidate, checkpoint, network, first: first) }
      guard checkpoint.architecture.classes != nil else {
        throw Failure(
          .data, "\(candidate.name): has no classifier, so there is nothing to evaluate")
      }
      let evaluation = try Evaluator(
        checkpoint, precision: precision, resolution: resolution,
        threads: threads ?? Network.defaultImageThreads
      ).evaluate(images) { progress($0.images) }
      if let failure = evaluation.failure { throw Absence(reason: failure) }
      for image in evaluation.unreadable { note(image.reason) }
      let shape = checkpoint.architecture.input(resolution: resolution)
      var row = PrecisionTable.Row(
        name: candidate.name, network,
        milliseconds: try network.shortestRun(on: Tensor(repeating: 0.5, shape: shape)))
      row.accuracy = (
        evaluation.answers.count, evaluation.share(top: 1), evaluation.share(top: 5)
      )
      let answers = Dictionary(evaluation.answers.map { ($0.image, $0.answer) }) { $1 }
      row.agreement = first.map { agreement(of: answers, with: $0) }
      return (row, answers)
    } catch let error as NetworkError {
      throw Failure(.data, "\(candidate.name): \(error)")
    }
  }

  /// Returns a row of the table for the photo.
  private func measure(
    _ candidate: Candidate, _ checkpoint: Checkpoint, _ network: PrecisionNetwork,
    first: [String: Int]?
  ) throws -> (PrecisionTable.Row, [String: Int]) {
    let photo = try ImageInput(images[0]).photo(for: checkpoint, resolution: candidate.resolution)
    let input = photo.prepared.tensor
    let answer = network.probabilities(of: input)
    guard answer.isFinite else { throw Absence(reason: network.run(input).absence) }
    var row = PrecisionTable.Row(
      name: candidate.name, network, milliseconds: try network.shortestRun(on: input))
    guard checkpoint.architecture.classes != nil,
      let best = Prediction.top(1, of: answer.values).first
    else { return (row, [:]) }
    row.answer = Measurement.TopClass(
      classIndex: best.classIndex, label: checkpoint.label(best.classIndex),
      hasName: !checkpoint.labels.isEmpty, probability: Double(best.probability))
    let answers = [images[0]: best.classIndex]
    row.agreement = first.map { agreement(of: answers, with: $0) }
    return (row, answers)
  }

  private func agreement(of answers: [String: Int], with first: [String: Int]) -> Double {
    let same = answers.count { first[$0.key] == $0.value }
    return answers.isEmpty ? 0 : Double(same) / Double(answers.count)
  }
}
