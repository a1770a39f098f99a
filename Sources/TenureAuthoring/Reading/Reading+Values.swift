import TenureCore
import TenureProgramme

/// What a node means to the field that it was written for. Each gives nil after reporting why.
extension Reading {
    func scalar(_ node: Node, _ key: String, _ wanted: String) -> Scalar? {
        guard let scalar = node.scalar, !scalar.isEmpty else {
            report(.wrongKind(key, wanted: wanted, got: node))
            return nil
        }
        return scalar
    }

    func text(_ node: Node, _ key: String) -> String? {
        guard let scalar = scalar(node, key, "a text") else { return nil }
        if scalar.text.allSatisfy(\.isWhitespace) { report(.emptyText(key, at: scalar.place)) }
        return scalar.text
    }

    func id(_ node: Node, _ key: String) -> String? {
        guard let scalar = scalar(node, key, "an id") else { return nil }
        guard isID(scalar.text) else {
            report(.malformedID(scalar))
            return nil
        }
        return scalar.text
    }

    func flag(_ node: Node, _ key: String) -> Bool? {
        guard let scalar = scalar(node, key, "`true` or `false`") else { return nil }
        if scalar.style == .plain, let value = Bool(scalar.text) { return value }
        report(.wrongKind(key, wanted: "`true` or `false`", got: node))
        return nil
    }

    func number(_ node: Node, _ key: String, in range: ClosedRange<Double>? = nil) -> Double? {
        guard let scalar = scalar(node, key, "a number") else { return nil }
        guard scalar.style == .plain, let value = PlainNumber.double(scalar.text) else {
            report(.wrongKind(key, wanted: "a number", got: node))
            return nil
        }
        if let range, !range.contains(value) {
            report(
                .outOfRange(
                    key, scalar, "from \(shortest(range.lowerBound)) to \(shortest(range.upperBound))"))
            return nil
        }
        return value
    }

    func whole(_ node: Node, _ key: String, in range: ClosedRange<Int>) -> Int? {
        guard let scalar = scalar(node, key, "a whole number") else { return nil }
        guard scalar.style == .plain, let value = PlainNumber.whole(scalar.text) else {
            report(.wrongKind(key, wanted: "a whole number", got: node))
            return nil
        }
        guard range.contains(value) else {
            report(.outOfRange(key, scalar, "from \(range.lowerBound) to \(range.upperBound)"))
            return nil
        }
        return value
    }

    func span(_ node: Node, _ key: String, in counts: ClosedRange<Int32> = 0...100_000) -> Span? {
        guard let scalar = scalar(node, key, "a duration, such as `3d`") else { return nil }
        guard let span = Span(text: scalar.text), String(span.count) + span.unit.rawValue == scalar.text
        else {
            report(.malformedSpan(key, scalar))
            return nil
        }
        guard counts.contains(span.count) else {
            report(.spanOutOfRange(key, scalar, span.count < 0 ? .negative : .nothing))
            return nil
        }
        guard span.roughDays.magnitude <= 36_525 else {
            report(.spanOutOfRange(key, scalar, .tooLong))
            return nil
        }
        return span
    }

    func date(_ node: Node, _ key: String) -> Day? {
        guard let scalar = scalar(node, key, "a date") else { return nil }
        guard let day = Day(text: scalar.text) else {
            report(.malformedDate(key, scalar))
            return nil
        }
        return day
    }

    func zone(_ node: Node, _ key: String) -> String? {
        guard let scalar = scalar(node, key, "a time zone") else { return nil }
        guard zones[scalar.text] != nil else {
            report(.unknownZone(scalar, hint: suggestion(scalar.text, among: zones.names)))
            return nil
        }
        return scalar.text
    }

    func choice(_ node: Node, _ key: String, of names: [String]) -> String? {
        guard let scalar = scalar(node, key, "one of \(listed(names))") else { return nil }
        guard names.contains(where: { isSame($0, scalar.text) }) else {
            report(.notAChoice(key, scalar, names, hint: suggestion(scalar.text, among: names, isKey: true)))
            return nil
        }
        return scalar.text
    }

    /// A list, or nothing after a report; a single value is not taken for a list of one.
    func items(_ node: Node, _ key: String) -> [Node] {
        if let list = node.list {
            if Self.listsOfNames.contains(key) { checkRepeats(list.items, key) }
            return list.items
        }
        report(.wrongKind(key, wanted: "a list", got: node))
        return []
    }

    /// Lists in which a text that comes twice means no more than once, or does harm.
    private static let listsOfNames: Set<String> = [
        "starts_on", "after", "windows", "holidays", "choices", "values", "show", "to", "requirements",
    ]

    private func checkRepeats(_ items: [Node], _ key: String) {
        var seen: [String: Place] = [:]
        for scalar in items.compactMap(\.scalar) where !scalar.isEmpty {
            if let first = seen[scalar.text] {
                report(.repeatedItem(key, scalar, first: first))
            } else {
                seen[scalar.text] = scalar.place
            }
        }
    }

    func map(_ node: Node, _ key: String) -> MapNode? {
        if let map = node.map { return map }
        report(.wrongKind(key, wanted: "a mapping", got: node))
        return nil
    }

    func texts(_ node: Node, _ key: String) -> [String] {
        items(node, key).compactMap { text($0, key) }
    }
}

extension Span {
    /// Its length to the day or so, in either direction.
    fileprivate var roughDays: Int64 {
        switch unit {
        case .minutes: Int64(count) / 1440
        case .hours, .businessHours: Int64(count) / 24
        case .days, .businessDays: Int64(count)
        case .weeks: Int64(count) * 7
        case .months: Int64(count) * 30
        }
    }
}

/// Letters, digits, `_` and `-`, in parts joined by dots.
func isID(_ text: String) -> Bool {
    guard text.utf8.count <= 100, !text.isEmpty else { return false }
    return text.utf8.split(separator: 0x2E, omittingEmptySubsequences: false).allSatisfy { part in
        !part.isEmpty
            && part.allSatisfy { byte in
                switch byte {
                case 0x61...0x7A, 0x41...0x5A, 0x30...0x39, 0x5F, 0x2D: true
                case _: false
                }
            }
    }
}

/// Numbers as a person writes them: no leading zeros, underscores, exponents, infinities or sexagesimals.
enum PlainNumber {
    static func whole(_ text: String) -> Int? { isNumber(text, fraction: false) ? Int(text) : nil }

    static func double(_ text: String) -> Double? {
        guard text.utf8.count <= 40, isNumber(text, fraction: true), let value = Double(text), value.isFinite
        else {
            return nil
        }
        return value
    }

    private static func isNumber(_ text: String, fraction: Bool) -> Bool {
        let unsigned = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let parts = unsigned.utf8.split(separator: 0x2E, omittingEmptySubsequences: false)
        guard (1...(fraction ? 2 : 1)).contains(parts.count) else { return false }
        let areDigits = parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { (0x30...0x39).contains($0) } }
        return areDigits && (parts[0].count == 1 || parts[0].first != 0x30)
    }
}

/// `5` rather than `5.0`.
func shortest(_ value: Double) -> String {
    Int64(exactly: value).map(String.init) ?? "\(value)"
}
