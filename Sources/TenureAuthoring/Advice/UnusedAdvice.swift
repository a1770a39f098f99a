import TenureProgramme

/// Definitions that nothing looks at.
extension Reading {
    func adviseOnUnused(_ programme: Programme) {
        let metrics = Set(usedMetrics)
        for definition in outline.all(.metric) where definition.isOwn && !metrics.contains(definition.id) {
            report(.unusedMetric(definition.id, at: definition.idPlace))
        }
        for definition in outline.all(.message)
        where definition.isOwn && !usedMessages.contains(definition.id) {
            report(.unusedMessage(definition.id, at: definition.idPlace))
        }
        for definition in outline.all(.calendar) where !usedCalendars.contains(definition.id) {
            report(.unusedCalendar(definition.id, at: definition.idPlace))
        }
        adviseOnEntities(programme)
        adviseOnFeatures(programme)
    }

    private func adviseOnEntities(_ programme: Programme) {
        let changed = Set(programme.events.compactMap(\.entity?.kind))
        for entity in programme.entities where !changed.contains(entity.id) {
            guard let place = place(of: .entity, entity.id) else { continue }
            report(.unchangedEntity(entity.id, at: place))
        }
    }

    private func adviseOnFeatures(_ programme: Programme) {
        for metric in programme.metrics {
            guard case .featureBreadth(let use) = metric.measure, let place = place(of: .metric, metric.id)
            else { continue }
            let isEmpty =
                switch use.scope {
                case .all: programme.features.isEmpty
                case .key: !programme.features.contains(where: \.isKey)
                case .advanced: !programme.features.contains(where: \.isAdvanced)
                }
            if isEmpty { report(.noSuchFeatures(use.scope.rawValue, at: place)) }
        }
    }
}

extension Diagnostic {
    static func unusedMetric(_ id: String, at place: Place) -> Diagnostic {
        Diagnostic(
            .unusedMetric, severity: .warning, "nothing reads the metric `\(id)`",
            at: Label(place, "kept for nobody"),
            why: "Metrics are read by conditions, by health, by KPIs, by other metrics and under `show`.",
            hint: "put it under `show` if people are to see it, or remove it")
    }

    static func unusedMessage(_ id: String, at place: Place) -> Diagnostic {
        Diagnostic(
            .unusedMessage, severity: .warning, "no step sends the message `\(id)`",
            at: Label(place, "never sent"),
            why: "Messages are sent by `do` and `overdue` of steps.")
    }

    static func unusedCalendar(_ id: String, at place: Place) -> Diagnostic {
        Diagnostic(
            .unusedCalendar, severity: .warning, "nothing counts by the calendar `\(id)`",
            at: Label(place, "never looked at"),
            hint: "write `calendar: \(id)` at the plays and SLAs that have business hours")
    }

    static func unchangedEntity(_ id: String, at place: Place) -> Diagnostic {
        Diagnostic(
            .unchangedEntity, severity: .warning, "no event changes the entity `\(id)`",
            at: Label(place, "there will never be one"),
            hint: "write `entity: {kind: \(id), key: …, set: {…}}` at an event")
    }

    static func noSuchFeatures(_ scope: String, at place: Place) -> Diagnostic {
        let which = scope == "all" ? "no features" : "no \(scope) features"
        return Diagnostic(
            .noSuchFeatures, severity: .warning, "there are \(which) to measure",
            at: Label(place, "always unknown"),
            hint: scope == "all"
                ? "define `features:`" : "write `\(scope): true` at the features that are meant")
    }
}
