import TenureCore
import TenureStore

/// Names and addresses of all contacts in small ASCII letters, account by account, in one array of bytes: where a piece of one
/// stands is known without reading rows, whose number is four times that of the accounts.
struct ContactTexts: Sendable {
    /// Those of one account, apart by line breaks; empty: it has no contacts.
    typealias Entry = (account: AccountID, text: String)

    /// Ascending.
    private var accounts = ByteLists()
    private var texts = ByteLists()

    init() {}

    private init(roomFor others: ContactTexts) {
        accounts = ByteLists(roomFor: others.accounts)
        texts = ByteLists(roomFor: others.texts)
    }

    /// - Parameter entry: of an account behind all that are there.
    mutating func append(_ entry: Entry) {
        guard !entry.text.isEmpty else { return }
        accounts.append(Array(entry.account.text.utf8))
        texts.append(asciiLowered(entry.text) + [Self.lineBreak])
    }

    /// It takes as much room as it needs afterwards, whatever it took before.
    ///
    /// - Parameter changed: ascending by account.
    mutating func replace(_ changed: [Entry]) {
        var (next, place) = (ContactTexts(roomFor: self), 0)
        for entry in changed {
            let end = accounts.place(of: Array(entry.account.text.utf8), from: place)
            next.append(self, place..<end.place)
            next.append(entry)
            place = end.isThere ? end.place + 1 : end.place
        }
        next.append(self, place..<accounts.count)
        self = next
    }

    private mutating func append(_ other: ContactTexts, _ places: Range<Int>) {
        accounts.append(other.accounts, places)
        texts.append(other.texts, places)
    }

    /// The first accounts of which a contact's name or address holds the text. One of several lines may stand in two of them:
    /// whoever reads the rows asks again.
    func accounts(holding text: String, limit: Int) -> [AccountID] {
        guard limit > 0 else { return [] }
        let wanted = asciiLowered(text)
        let places = wanted.isEmpty ? Array(0..<min(limit, accounts.count)) : texts.places(holding: wanted, limit: limit)
        return places.map { AccountID(String(decoding: accounts[$0], as: UTF8.self)) }
    }

    private static let lineBreak = UInt8(ascii: "\n")
}
