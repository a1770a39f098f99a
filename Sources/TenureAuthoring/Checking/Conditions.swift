import CEL
import TenureProgramme

/// What the place of a condition wants it to give.
enum ConditionResult {
    case truth
    /// Whole or not.
    case number
    /// What is due is not known, for another mistake.
    case anything
}

extension Reading {
    /// Compiles the expression, reporting every issue at its place in the file, and notes the metrics it
    /// reads.
    ///
    /// - Parameter kinds: the fields of the event or entity that the expression is about.
    func condition(
        _ node: Node, _ key: String, of noun: String, vocabulary: Vocabulary, result: ConditionResult,
        about kinds: [EventField] = []
    ) -> Condition? {
        guard let scalar = scalar(node, key, "a condition") else { return nil }
        let source = EntityCalls.asLiteralCalls(scalar.text)
        var vocabulary = vocabulary
        vocabulary.useZones(zones)
        switch Program.compile(source, vocabulary: vocabulary, expecting: result == .truth ? .bool : nil) {
        case .failure(let issues):
            let excerpt = excerpt(scalar)
            for issue in issues.issues { report(mistake(issue, in: excerpt, noun)) }
            return nil
        case .success(let program):
            guard result != .number || program.resultType.isNumber else {
                report(.notANumber(key, program.resultType, at: scalar.place))
                return nil
            }
            for reference in program.references { use(reference) }
            check(program, scalar, noun, about: kinds)
            return Condition(source: scalar.text, program: program)
        }
    }

    func excerpt(_ scalar: Scalar) -> ConditionExcerpt {
        ConditionExcerpt(scalar: scalar, source: texts[scalar.place.file] ?? SourceText(""))
    }

    private func use(_ reference: Reference) {
        guard case .literalCall(let name, let argument, _) = reference else { return }
        if name == "m", case .found(let metric) = names.metric(argument) { use(metric: metric.metric) }
        if name == "grade" { use(metric: argument) }
    }

    private func mistake(_ issue: Issue, in excerpt: ConditionExcerpt, _ noun: String) -> Diagnostic {
        if issue.code == .undeclared, let call = excerpt.call(in: issue.range), !isDefined(call) {
            if let mistake = unknownName(call, excerpt, noun, issue.suggestions) { return mistake }
        }
        let near = issue.suggestions.isEmpty ? nil : "did you mean \(listed(issue.suggestions))?"
        let place = excerpt.place(issue.range)
        let hint =
            near
            ?? ConditionAdvice.hint(issue, in: excerpt.scalar.text, fields: names.accountFields.map(\.id))
        return .condition(issue, in: noun, at: place, hint: hint)
    }

    /// Whether the name is there, so that something else about the call is wrong, such as the field behind it.
    private func isDefined(_ call: ConditionExcerpt.Call) -> Bool {
        switch call.name {
        case "signal": names.signals.contains(call.argument)
        case "play": names.plays.contains(call.argument)
        case "sla": names.slaTexts.contains(call.argument)
        case "step": names.steps.values.contains { $0.contains(call.argument) }
        case "component": names.components.contains(call.argument)
        case "group": names.groups.contains(call.argument)
        case "grade": names.gradedMetrics.contains(call.argument)
        case _: false
        }
    }

    /// `m("…")` and its kind with a name that nothing has: the same mistake as a reference outside a
    /// condition.
    private func unknownName(
        _ call: ConditionExcerpt.Call, _ excerpt: ConditionExcerpt, _ noun: String, _ near: [String]
    ) -> Diagnostic? {
        let place = excerpt.place(call.range)
        switch call.name {
        case "m": return metricMistake(call.argument, at: place, noun)
        case "grade":
            return unknown(
                .unknownMetric, "judged metric", call.argument, names.gradedMetrics, .metric, place, noun)
        case "signal":
            return unknown(.unknownSignal, "signal", call.argument, names.signals, .signal, place, noun)
        case "play": return unknown(.unknownPlay, "play", call.argument, names.plays, .play, place, noun)
        case "sla":
            return unknown(.unknownSLA, "SLA", call.argument, names.slaTexts, .sla, place, noun)
        case "step":
            return .unknown(.unknownStep, "step of this play", call.argument, at: place, in: noun, near: near)
        case "component":
            return unknown(
                .unknownComponent, "health component", call.argument, names.components, nil, place, noun)
        case "group":
            return unknown(.unknownComponent, "health group", call.argument, names.groups, nil, place, noun)
        case "days_until", "days_since":
            return unknown(
                .unknownAccountField, "date", call.argument, names.dateFields, .accountField, place, noun)
        case _: return nil
        }
    }
}

extension Reading {
    /// A reference to something that nothing is called, with the nearest names and where the nearest is.
    func unknown(
        _ code: MistakeCode, _ kindName: String, _ name: String, _ candidates: [String],
        _ kind: DefinitionKind?,
        _ place: Place, _ noun: String
    ) -> Diagnostic {
        let near = isFull ? [] : NearestNames.of(name, among: candidates)
        let definition = near.first.flatMap { first in kind.flatMap { self.place(of: $0, first) } }
        return .unknown(
            code, kindName, name, at: place, in: noun, near: near, nearest: definition, choices: candidates)
    }

    /// A text that names no metric, or none with that window; nil when it does.
    func metricMistake(_ text: String, at place: Place, _ noun: String) -> Diagnostic? {
        switch names.metric(text) {
        case .found: nil
        case .wrongWindow(let metric, let written, let windows):
            .wrongWindow(
                metric, written: written, windows: windows, at: place,
                definition: self.place(of: .metric, metric))
        case .unknown: unknownMetric(text, at: place, noun)
        }
    }

    /// The window is no part of the name that is looked for, so that `active_user.7d` finds `active_users`.
    private func unknownMetric(_ text: String, at place: Place, _ noun: String) -> Diagnostic {
        var name = text
        if let dot = text.lastIndex(of: "."), windowDays(String(text[text.index(after: dot)...])) != nil {
            name = String(text[..<dot])
        }
        return unknown(.unknownMetric, "metric", name, names.metricIDs, .metric, place, noun)
    }
}

extension Type {
    fileprivate var isNumber: Bool {
        switch self {
        case .int, .uint, .double, .dyn: true
        case .wrapper(let inner): inner.isNumber
        case .null, .bool, .string, .bytes, .timestamp, .duration, .list, .map, .optional, .type, .opaque, .variable:
            false
        }
    }
}
