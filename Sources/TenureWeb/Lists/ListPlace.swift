import TenureCore
import TenureInsight

/// Where an item stands in an ordered list; total, so that a page can go on after it whatever has changed since.
struct ListPlace: Comparable, Sendable {
    /// What is unknown comes last, whichever way the list runs.
    let isUnknown: Bool
    let number: Int64
    let text: String
    let id: String
    /// Whether texts run from the last to the first.
    let isReversed: Bool

    init(number: Int64?, text: String = "", id: String, isReversed: Bool = false) {
        isUnknown = number == nil
        self.number = number ?? 0
        self.text = text
        self.id = id
        self.isReversed = isReversed
    }

    static func < (left: ListPlace, right: ListPlace) -> Bool {
        if left.isUnknown != right.isUnknown { return right.isUnknown }
        if left.number != right.number { return left.number < right.number }
        if !isSame(left.text, right.text) { return precedes(left.text, right.text) != left.isReversed }
        return precedes(left.id, right.id)
    }

    static func == (left: ListPlace, right: ListPlace) -> Bool { !(left < right) && !(right < left) }
}

extension ListPlace {
    /// For a cursor.
    var words: String {
        let parts: JSON = [.bool(isUnknown), .int(number), .string(text), .string(id), .bool(isReversed)]
        return parts.text
    }

    init?(words: String) {
        guard case .success(.array(let parts)) = JSONReader.read(words), parts.count == 5, let isUnknown = parts[0].bool,
            let number = parts[1].int, let text = parts[2].string, let id = parts[3].string, let isReversed = parts[4].bool
        else { return nil }
        self.init(number: isUnknown ? nil : number, text: text, id: id, isReversed: isReversed)
    }
}

extension Placed {
    /// Where a cursor's place is among items.
    init(_ place: ListPlace, text: Int64 = 0, id: Int64) {
        self.init(number: place.isUnknown ? nil : place.number, text: place.isReversed ? 0 &- text : text, id: id, slot: 0)
    }
}
