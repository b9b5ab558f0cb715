import Reports

/// The results of a last layer learned from pictures whose ground gives the class away, and of one
/// learned from better pictures.
public struct BackgroundOutcome: Equatable, Sendable {
  /// The results of one last layer.
  public struct Round: Equatable, Sendable {
    /// The accuracy on pictures while they were held back, 0…1.
    public let heldBack: Double
    /// The number of test pictures classified right, with the same grounds.
    public let same: Int
    /// The number of test pictures classified right, with the grounds exchanged.
    public let exchanged: Int
    /// The share of the evidence for the class that lies on the ground, 0…1.
    public let onGround: Double

    /// Creates the results.
    public init(heldBack: Double, same: Int, exchanged: Int, onGround: Double) {
      self.heldBack = heldBack
      self.same = same
      self.exchanged = exchanged
      self.onGround = onGround
    }
  }

  /// The names of the two classes.
  public let classes: [String]
  /// The number of pictures learned.
  public let learned: Int
  /// The number of pictures added as a cure.
  public let cure: Int
  /// The number of pictures in each test.
  public let tests: Int
  /// The results after learning pictures whose ground gives the class away.
  public let spurious: Round
  /// The results after learning those pictures and the cure.
  public let cured: Round

  /// Creates an outcome.
  public init(
    classes: [String], learned: Int, cure: Int, tests: Int, spurious: Round, cured: Round
  ) {
    self.classes = classes
    self.learned = learned
    self.cure = cure
    self.tests = tests
    self.spurious = spurious
    self.cured = cured
  }
}

/// A lesson on a class learned by its background, and on the cure.
public struct BackgroundLesson: Lesson {
  /// The sentences.
  public let script: LessonScript
  private let outcome: BackgroundOutcome
  private let network: String

  /// Explains `outcome`, that of the network called `network`.
  public init(_ outcome: BackgroundOutcome, of network: String, script: LessonScript) {
    self.outcome = outcome
    self.network = network
    self.script = script
  }

  /// The facts that the script's sentences can use.
  public var facts: Facts {
    var facts = Facts()
    facts.set("network", verbatim: network)
    facts.set("first", word: outcome.classes.first, of: outcome.classes)
    facts.set("second", word: outcome.classes.last, of: outcome.classes)
    facts.set("learned", "\(outcome.learned)")
    facts.set("cure", "\(outcome.cure)")
    facts.set("tests", "\(outcome.tests)")
    set("", outcome.spurious, of: &facts)
    set("cured-", outcome.cured, of: &facts)
    facts.flag("fooled", 2 * outcome.spurious.exchanged < outcome.tests)
    facts.flag("better", outcome.cured.exchanged > outcome.spurious.exchanged)
    facts.charts["tests"] = chart("tests", [outcome.spurious])
    facts.charts["cured"] = chart("cured", [outcome.cured])
    let rounds = [("before", outcome.spurious), ("after", outcome.cured)]
    for (name, count) in [("ground", 1), ("ground-after", 2)] {
      facts.charts[name] = Facts.ChartFact(
        title: "ground",
        rows: rounds.prefix(count).map {
          (.word($0.0), $0.1.onGround, NumberText.percent($0.1.onGround))
        }, reach: 1)
    }
    return facts
  }

  private func set(_ prefix: String, _ round: BackgroundOutcome.Round, of facts: inout Facts) {
    facts.set(prefix + "held-back", NumberText.percent(round.heldBack))
    facts.set(prefix + "same", "\(round.same)")
    facts.set(prefix + "exchanged", "\(round.exchanged)")
    facts.set(prefix + "ground", NumberText.percent(round.onGround))
  }

  private func chart(_ title: String, _ rounds: [BackgroundOutcome.Round]) -> Facts.ChartFact {
    Facts.ChartFact(
      title: title,
      rows: rounds.flatMap { round in
        [("same", round.same), ("exchanged", round.exchanged)].map {
          (.word($0.0), Double($0.1), "\($0.1)")
        }
      }, reach: Double(outcome.tests))
  }
}
