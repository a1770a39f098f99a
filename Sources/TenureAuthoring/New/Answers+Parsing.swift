import TenureCore

extension Answers {
    static let titleMax = 60

    func title(_ text: String) throws(WrongAnswer) -> String {
        guard !text.isEmpty else { throw WrongAnswer(sentence: "Please write a few words.") }
        guard text.unicodeScalars.count <= Self.titleMax else {
            throw WrongAnswer(sentence: "That has more than \(Self.titleMax) characters; a shorter name, please.")
        }
        guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
            throw WrongAnswer(sentence: "There is a character in it that cannot be printed.")
        }
        return text
    }

    func titles(_ text: String, _ counts: ClosedRange<Int>, of noun: String) throws(WrongAnswer) -> [String] {
        var found: [String] = []
        for part in text.split(separator: ",") {
            let title = try title(trimmed(part))
            if found.contains(where: { $0.lowercased() == title.lowercased() }) {
                throw WrongAnswer(sentence: "`\(title)` is there twice.")
            }
            found.append(title)
        }
        guard counts.contains(found.count) else {
            let wanted = "\(counts.lowerBound) to \(counts.upperBound) \(noun), separated by commas"
            throw WrongAnswer(sentence: "There are \(found.count); \(wanted), please.")
        }
        return found
    }

    func choice(_ text: String) throws(WrongAnswer) -> Offer {
        if let offer = Offer(rawValue: text.lowercased()) { return offer }
        let names = Offer.allCases.map(\.rawValue)
        let hint = didYouMean(text, among: names).map { " \(capitalised($0))" } ?? ""
        throw WrongAnswer(sentence: "Please write one of \(listed(names)).\(hint)")
    }

    func whole(_ text: String, in range: ClosedRange<Int>) throws(WrongAnswer) -> Int {
        if let value = PlainNumber.whole(text), range.contains(value) { return value }
        throw WrongAnswer(sentence: "Please write a whole number from \(range.lowerBound) to \(range.upperBound).")
    }

    func oneOf(_ values: [Int], _ text: String) throws(WrongAnswer) -> Int {
        if let value = PlainNumber.whole(text), values.contains(value) { return value }
        throw WrongAnswer(sentence: "Please write one of \(listed(values.map(String.init))).")
    }

    func zoneName(_ text: String, _ zones: ZoneTable) throws(WrongAnswer) -> String {
        if zones[text] != nil { return text }
        let hint = didYouMean(text, among: zones.names).map { capitalised($0) } ?? "An example is `Europe/Rome`."
        throw WrongAnswer(sentence: "There is no time zone `\(text.prefix(60))`. \(hint)")
    }

    /// `100000, 20000 EUR`
    func revenue(_ text: String) throws(WrongAnswer) -> (strategic: Int, core: Int, currency: String) {
        let words = text.split { $0 == "," || $0 == " " }.map(String.init)
        let amounts = words.prefix(2).compactMap { PlainNumber.whole($0) }
        guard amounts.count == 2, words.count <= 3 else {
            throw WrongAnswer(sentence: "Please write two whole amounts and a currency, such as `100000, 20000 EUR`.")
        }
        guard amounts[1] >= 4, amounts[0] > amounts[1], amounts[0] <= 1_000_000_000 else {
            throw WrongAnswer(sentence: "The first amount must be the larger one, at most 1000000000, the second at least 4.")
        }
        let code = words.count == 3 ? words[2] : currency
        guard code.utf8.count == 3, code.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
            throw WrongAnswer(sentence: "A currency has three capital letters, such as `EUR`.")
        }
        return (amounts[0], amounts[1], code)
    }

    /// `Report Viewed: Reports, Report Exported: Reports`; parts that are left out keep their usual event.
    func trackedEvents(_ text: String) throws(WrongAnswer) -> [TrackedEvent] {
        var events: [TrackedEvent] = []
        for part in text.split(separator: ",") {
            let (name, feature) = try trackedEvent(part)
            if events.contains(where: { isSame($0.name, name) }) {
                throw WrongAnswer(sentence: "The event `\(name)` is there twice.")
            }
            events.append(TrackedEvent(name: name, feature: feature))
        }
        guard !events.isEmpty, events.count <= 60 else { throw WrongAnswer(sentence: "Please name 1 to 60 events.") }
        return try completed(events)
    }

    /// Names may hold colons themselves: the first one behind which a part stands counts.
    private func trackedEvent(_ text: Substring) throws(WrongAnswer) -> (name: String, feature: Int) {
        let colons = text.indices.filter { text[$0] == ":" }
        guard let last = colons.last else {
            throw WrongAnswer(sentence: "`\(trimmed(text).prefix(60))` names no part; write it as `Report Viewed: Reports`.")
        }
        let names = features.map { $0.lowercased() }
        let colon = colons.first { names.contains(trimmed(text[text.index(after: $0)...]).lowercased()) } ?? last
        return (try title(trimmed(text[..<colon])), try feature(trimmed(text[text.index(after: colon)...])))
    }

    private func feature(_ text: String) throws(WrongAnswer) -> Int {
        if let index = features.firstIndex(where: { $0.lowercased() == text.lowercased() }) { return index }
        let hint = didYouMean(text, among: features).map { capitalised($0) } ?? "Parts are \(listed(features, "and"))."
        throw WrongAnswer(sentence: "You named no part `\(text.prefix(60))`. \(hint)")
    }

    private func completed(_ events: [TrackedEvent]) throws(WrongAnswer) -> [TrackedEvent] {
        var all = events
        for usual in Self.usualEvents(features) where !events.contains(where: { $0.feature == usual.feature }) {
            if all.contains(where: { isSame($0.name, usual.name) }) {
                throw WrongAnswer(sentence: "No event tells of `\(features[usual.feature])`; please name one.")
            }
            all.append(usual)
        }
        return all
    }
}
