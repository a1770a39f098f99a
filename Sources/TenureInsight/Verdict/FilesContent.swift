import CEL
package import TenureProgramme

/// What files of the past hold at all, of anybody.
package struct FilesContent: Sendable {
    package var eventTypes: Set<String> = []
    /// Types of events that some login did.
    package var memberTypes: Set<String> = []
    package var features: Set<String> = []
    /// Fields of accounts with a value, owners included.
    package var fields: Set<String> = []
    package var hasContacts = false

    package init() {}
}

/// Something that a programme reads and the files do not have, and what follows for everybody.
package struct MissingInput: Hashable, Sendable {
    /// `no ticket.created`
    package var what: String
    /// Metrics that are unknown because of it, and those that read as if there had been none.
    package var unknown: [String]
    package var none: [String]
    /// Titles of signals that ask for it directly.
    package var signals: [String]
}

extension FilesContent {
    /// What the programme's score and signals read in vain, in the order in which they ask for it.
    package func missing(of programme: Programme) -> [MissingInput] {
        var missing: [MissingInput] = []
        for reference in Feeds.metrics(of: programme) {
            for what in lacks(Feeds.of(reference, in: programme), programme) {
                missing.note(what) { input in
                    if programme.readsAsNone(reference) {
                        input.none.append(reference.text)
                    } else {
                        input.unknown.append(reference.text)
                    }
                }
            }
        }
        for signal in programme.signals {
            for what in lacks(Feeds.direct(signal.when, in: programme), programme) {
                missing.note(what) { $0.signals.append(signal.title) }
            }
        }
        return missing
    }

    /// Whether a signal asks who the account's people are when nobody named any: it would speak of the files only.
    package func cannotJudge(_ signal: Signal, in programme: Programme) -> Bool {
        !hasContacts && programme.asksWhoIsKnown(signal.when)
    }

    private func lacks(_ feeds: [Feed], _ programme: Programme) -> [String] {
        var lacks: [String] = []
        for feed in feeds {
            guard let what = lack(feed.sort, programme), !lacks.contains(what) else { continue }
            lacks.append(what)
        }
        return lacks
    }

    private func lack(_ sort: Feed.Sort, _ programme: Programme) -> String? {
        switch sort {
        case .events(let sum): eventTypes.contains(sum.filter.event) ? nil : "no \(sum.filter.event)"
        case .activity:
            programme.events.contains { $0.isActivity && memberTypes.contains($0.type) }
                ? nil : "no use by a login"
        case .use:
            programme.events.contains { $0.isActivity && eventTypes.contains($0.type) } ? nil : "no use of the product"
        case .features(let names): names.isDisjoint(with: features) ? "no use of the declared features" : nil
        case .entities(let kind):
            programme.events.contains { $0.entity?.kind == kind && eventTypes.contains($0.type) }
                ? nil : "nothing about \(kind)s"
        case .grade: "no judgements"
        case .flag: "no flags"
        case .field("term_start") where fields.isDisjoint(with: ["customer_since", "term_start"]):
            "no customer_since or term_start (an account's age counts from what is told of it first)"
        // One of the two is enough.
        case .field("customer_since"), .field("term_start"): nil
        case .field(let name): fields.contains(name) ? nil : "no account field \(name)"
        case .contact: hasContacts ? nil : "no contacts"
        case .beginning: nil
        }
    }
}

extension [MissingInput] {
    fileprivate mutating func note(_ what: String, _ change: (inout MissingInput) -> Void) {
        if let index = firstIndex(where: { $0.what == what }) { return change(&self[index]) }
        var input = MissingInput(what: what, unknown: [], none: [], signals: [])
        change(&input)
        append(input)
    }
}

extension Programme {
    /// Whether a metric without any of its events says "none" rather than "unknown".
    fileprivate func readsAsNone(_ reference: MetricReference, depth: Int = 0) -> Bool {
        guard depth < 20, let metric = metrics.first(where: { $0.id == reference.metric }) else {
            return false
        }
        switch metric.measure {
        case .sum, .monthSum, .distinct, .entities: return true
        case .change(let of, _): return readsAsNone(of, depth: depth + 1)
        case .expression(let condition):
            let read = condition.program.references.map { readsAsNone($0, depth) }
            return !read.isEmpty && read.allSatisfy { $0 }
        case .activeMembers, .stickiness, .activeDays, .featureBreadth, .featureUses, .ratio, .last,
            .daysSince,
            .daysSinceFirst, .daysSinceUse, .newestOfEach, .activeWeeks, .percentile, .grade,
            .attainment:
            return false
        }
    }

    private func readsAsNone(_ reference: Reference, _ depth: Int) -> Bool {
        switch reference {
        case .literalCall("m", let text, _):
            MetricReference(text, in: self).map { readsAsNone($0, depth: depth + 1) } ?? false
        case .literalCall("contact", _, "known"): true
        case .literalCall, .path: false
        }
    }

    /// Whether it asks if somebody is known at the account, itself or through expressions: nobody then means no.
    fileprivate func asksWhoIsKnown(_ condition: Condition, depth: Int = 0) -> Bool {
        depth < 20
            && condition.program.references.contains { reference in
                switch reference {
                case .literalCall("contact", _, "known"): true
                case .literalCall("m", let text, _):
                    expression(of: text).map { asksWhoIsKnown($0, depth: depth + 1) } ?? false
                case .literalCall, .path: false
                }
            }
    }

    private func expression(of metric: String) -> Condition? {
        guard let id = MetricReference(metric, in: self)?.metric,
            case .expression(let condition) = metrics.first(where: { $0.id == id })?.measure
        else { return nil }
        return condition
    }
}
