import Lessons

extension QuizScreen {
  func sentences(_ core: Core) -> [String] {
    guard let quiz = quiz(core), let asked else { return [core.waitingSentence] }
    let right = scores(core).reduce(0) { $0 + $1.right }
    let answered = answers.count { $0 != nil }
    let state = answered == 0 ? [] : ["\(right) of \(answered) answers are right."]
    guard let question = question(core) else {
      let missed = quiz.questions.indices.filter { answers[$0] != quiz.questions[$0].answer }
      return [
        "The quiz about \(asked.photo) is over."
      ] + state + [
        missed.isEmpty ? "Nothing was missed." : "Missed:"
      ] + missed.map { quiz.questions[$0].reason.asSentence }
    }
    let choices = question.choices.enumerated().map { choice, text in
      let hands = votes[index].map { ", \($0[choice]) hands" } ?? ""
      return "\(choice + 1): \(text)\(hands)."
    }
    let reply =
      answer.map { answer in
        let verdict =
          answer == question.answer
          ? "Right." : "No: not \(answer + 1), but \(question.answer + 1)."
        return "\(verdict) \(question.reason.asSentence)"
      }
      ?? typedVotes.map { "How many hands for choice \(cursor + 1)? \($0)" }
      ?? "Choice \(cursor + 1), \(question.choices[cursor]), is under the cursor."
    return [
      "Question \(index + 1) of \(Self.count) about \(asked.photo).", question.text.asSentence,
      reply,
    ] + state + choices
  }
}
