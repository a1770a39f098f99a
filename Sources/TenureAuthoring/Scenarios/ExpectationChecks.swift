import TenureCore
import TenureProgramme

/// Expectations that no programme like this one can meet.
extension Reading {
    /// What a play can end as: an exit's outcome, its own end, or what somebody says who stops it.
    func outcome(_ node: Node, of play: String?, stops: [String]) -> String? {
        guard let scalar = scalar(node, "outcome", "an outcome") else { return nil }
        guard let play else { return scalar.text }
        let known = (names.outcomes[play] ?? []) + ["completed", "stopped"]
        guard !(known + stops).contains(where: { isSame($0, scalar.text) }) else { return scalar.text }
        report(.unknownOutcome(scalar, of: play, known, hint: suggestion(scalar.text, among: known)))
        return nil
    }

    /// An expectation lists all tasks of a step.
    func checkTasks(_ tasks: [String], _ play: String, _ step: String, at node: Node) {
        let known = names.tasks["\(play)/\(step)"] ?? []
        guard !tasks.isEmpty, !tasks.elementsEqual(known, by: { isSame($0, $1) }) else { return }
        let wrong = (node.list?.items ?? []).compactMap(\.scalar).first { scalar in
            !known.contains { isSame($0, scalar.text) }
        }
        report(
            .unknownTask(
                wrong, known, at: wrong?.place ?? node.place,
                hint: wrong.flatMap { suggestion($0.text, among: known) }))
    }

    /// `task.completed` names a task by its place, from 0.
    func checkTask(_ map: MapNode) {
        guard let node = map["task"], let play = map["play"]?.scalar?.text,
            let step = map["step"]?.scalar?.text,
            let tasks = names.tasks["\(play)/\(step)"]
        else { return }
        guard let number = whole(node, "task", in: Int.min...Int.max), !tasks.indices.contains(number) else {
            return
        }
        report(.noSuchTask(number, tasks, at: node.place))
    }

    /// Without hysteresis and dwell the band follows from the score.
    func checkBand(_ band: String, _ range: ClosedRange<Int>, at place: Place) {
        guard let health = outline.health else { return }
        let isPlain = ["hysteresis", "dwell_days"].allSatisfy { key in
            health[key].map { $0.scalar?.text == "0" } ?? true
        }
        let bands = (health["bands"]?.list?.items ?? []).compactMap(\.map)
        guard isPlain, let index = bands.firstIndex(where: { $0["id"]?.scalar?.text == band }) else { return }
        let from = bands.map { $0["from"]?.scalar.flatMap { PlainNumber.whole($0.text) } }
        guard let lower = from[index], let upper = index == 0 ? 100 : from[index - 1].map({ $0 - 1 }),
            lower <= upper,
            !range.overlaps(lower...upper)
        else { return }
        report(.impossibleBand(band, from: lower, to: upper, at: place))
    }

    func checkContradictions(_ expected: [(expectation: Expectation, place: Place)]) {
        for (index, later) in expected.enumerated() {
            guard
                let earlier = expected[max(0, index - 500)..<index].first(where: {
                    $0.expectation.contradicts(later.expectation)
                })
            else { continue }
            report(.contradiction(at: later.place, with: earlier.place))
        }
    }
}

extension Expectation {
    fileprivate func contradicts(_ other: Expectation) -> Bool { excludes(other) || other.excludes(self) }

    private func excludes(_ other: Expectation) -> Bool {
        switch (self, other) {
        case (.neverRaised(let id), .raised(_, let other)),
            (.neverRaised(let id), .signal(_, let other, open: true)):
            isSame(id, other)
        case (.neverStarted(let id), .playStarted(_, let other, _)),
            (.neverStarted(let id), .playEnded(_, let other, _)),
            (.neverStarted(let id), .step(_, let other, _, _, _, _, _)):
            isSame(id, other)
        case (.neverSent(let id), .message(_, let other, _, _)): isSame(id, other)
        case (.nothing, .playStarted), (.nothing, .playEnded), (.nothing, .step): true
        case (.raised(let day, let id), .raised(let otherDay, let other)):
            isSame(id, other) && day != otherDay
        case (.playStarted(let day, let id, _), .playStarted(let otherDay, let other, _)):
            isSame(id, other) && day != otherDay
        case (.signal(let day, let id, let open), .signal(let otherDay, let other, let otherOpen)):
            day == otherDay && isSame(id, other) && open != otherOpen
        case (.score(let day, let range?, _), .score(let otherDay, let other?, _)):
            day == otherDay && !range.overlaps(other)
        case (.kpi(let day, let id, let value?, let within, _), .kpi(let otherDay, let other, let otherValue?, let otherWithin, _)):
            day == otherDay && isSame(id, other) && abs(value - otherValue) > within + otherWithin
        case (.score(let day, _, let band?), .score(let otherDay, _, let other?)):
            day == otherDay && !isSame(band, other)
        case (_, _): false
        }
    }
}

extension Diagnostic {
    static func unknownOutcome(
        _ scalar: Scalar, of play: String, _ known: [String], hint: String?
    ) -> Diagnostic {
        Diagnostic(
            .unknownOutcome, "the play `\(play)` can not end as `\(scalar.text)`",
            at: Label(scalar.place, "no such outcome"),
            why: "It ends as \(listed(known)).", hint: hint)
    }

    static func unknownTask(_ wrong: Scalar?, _ known: [String], at place: Place, hint: String?) -> Diagnostic
    {
        let said = wrong.map { "no task is called `\($0.text)`" } ?? "these are not all, or in another order"
        return Diagnostic(
            .unknownTask, "the step has other tasks", at: Label(place, said),
            why: known.isEmpty ? "It has none." : "Its tasks are \(listed(known, "and")).", hint: hint)
    }

    static func noSuchTask(_ number: Int, _ known: [String], at place: Place) -> Diagnostic {
        Diagnostic(
            .unknownTask, "the step has no task \(number)", at: Label(place, "counted from 0"),
            why: known.isEmpty ? "It has no tasks." : "Its tasks are 0 to \(known.count - 1).")
    }

    static func impossibleBand(_ band: String, from: Int, to: Int, at place: Place) -> Diagnostic {
        Diagnostic(
            .impossibleBand, "such a score is not in the band `\(band)`",
            at: Label(place, "not with this score"),
            why: "The band goes from \(from) to \(to).")
    }

    static func contradiction(at place: Place, with other: Place) -> Diagnostic {
        var mistake = Diagnostic(
            .contradiction, "these expectations can not both hold", at: Label(place, "this one"))
        mistake.labels.append(Label(other, "and this one"))
        return mistake
    }

    static func neverHappens(_ day: String, at place: Place) -> Diagnostic {
        Diagnostic(
            .neverHappens, "this fact falls on no day", at: Label(place, "a \(day)"),
            why: "`weekdays: true` leaves out Saturdays and Sundays.")
    }
}
