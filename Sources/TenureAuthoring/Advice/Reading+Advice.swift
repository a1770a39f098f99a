import TenureCore
import TenureProgramme

/// A message that a step sends, with what the step and its play have to tell.
struct Sending {
    var message: String
    var place: Place
    var hasSignal: Bool
    var hasDue: Bool
}

/// What works and is probably not meant.
extension Reading {
    /// Looks over the programme as a whole. Nothing here is an error.
    func advise(_ programme: Programme) {
        adviseOnConditions()
        adviseOnSegments()
        for (when, clear) in clearings { adviseOnClearing(when, clear) }
        adviseOnHealth(programme.health)
        adviseOnSendings(programme.messages)
        adviseOnCapitals()
        // A misspelt reference makes its definition look unused, which is then not the author's mistake.
        if !hasErrors { adviseOnUnused(programme) }
    }

    // MARK: - Conditions

    private func adviseOnConditions() {
        for condition in conditions {
            let probe = ConditionProbe(condition)
            let parts = probe.decidedParts
            for part in parts {
                let place = excerpt(condition.scalar).place(part.range)
                report(.decidedPart(part.verdict, part.reference, part.domain.words, at: place))
            }
            guard parts.isEmpty, condition.noun != "segment", let verdict = probe.verdict else { continue }
            report(.decided(verdict, condition.noun, condition.scalar.text, at: condition.scalar.place))
        }
    }

    /// Whatever stands behind a segment that always holds.
    private func adviseOnSegments() {
        guard
            let index = segmentConditions.firstIndex(where: {
                ConditionProbe($0.condition).verdict == .always
            })
        else { return }
        let all = segmentConditions[index]
        for segment in segmentConditions[(index + 1)...] {
            report(.unreachableSegment(segment.id, at: segment.place, behind: all.id, all.place))
        }
    }

    private func adviseOnClearing(_ when: CheckedCondition, _ clear: CheckedCondition) {
        guard ConditionProbe(when).implies(ConditionProbe(clear)) else { return }
        report(.clearWhileHolding(at: clear.scalar.place, when: when.scalar.place))
    }

    // MARK: - Messages

    private func adviseOnSendings(_ messages: [MessageTemplate]) {
        let mentioned = Dictionary(
            messages.map { ($0.id, TagScanner.names(in: $0.subject).union(TagScanner.names(in: $0.body))) },
            uniquingKeysWith: { first, _ in first })
        for sending in sendings {
            guard let names = mentioned[sending.message] else { continue }
            if !sending.hasSignal, let name = names.filter({ $0.hasPrefix("signal.") }).sorted().first {
                report(
                    .emptyTag(
                        name, "no signal starts this play", at: sending.place,
                        message: place(of: .message, sending.message)))
            }
            if !sending.hasDue, names.contains("step.due") {
                report(
                    .emptyTag(
                        "step.due", "this step is never due", at: sending.place,
                        message: place(of: .message, sending.message)))
            }
        }
    }

    // MARK: - Names

    private func adviseOnCapitals() {
        for kind in DefinitionKind.allCases {
            var seen: [String: Definition] = [:]
            for definition in outline.all(kind) where !definition.id.isEmpty {
                let key = definition.id.lowercased()
                if let first = seen[key], definition.isOwn || first.isOwn {
                    report(
                        .caseTwins(
                            kind, definition.id, at: definition.idPlace, other: first.id, first: first.idPlace
                        ))
                }
                seen[key] = seen[key] ?? definition
            }
        }
    }
}
