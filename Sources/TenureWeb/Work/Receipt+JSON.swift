import TenureCore

extension Receipt: KeptRow {
    static let prefix = "receipt:"

    var text: String {
        var object: JSONObject = [
            "by": .string(by), "at": .int(at.milliseconds), "page": .string(page), "words": .string(words),
            "undoings": .array(undoings.map(\.json)),
        ]
        if let undone { object["undone"] = undone.json }
        return JSON.object(object).text
    }

    init?(id: String, text: String) {
        guard case .success(.object(let object)) = JSONReader.read(text, limits: .ownRows),
            let by = object["by"]?.string, let at = object["at"]?.int, let page = object["page"]?.string,
            let words = object["words"]?.string, let undoings = object["undoings"]?.array
        else { return nil }
        self.init(
            id: id, by: by, at: Instant(milliseconds: at), page: page, words: words,
            undoings: undoings.compactMap { Undoing($0) }, undone: object["undone"].flatMap { Undone($0) })
    }
}

extension Receipt.Undone {
    fileprivate var json: JSON {
        [
            "at": .int(at.milliseconds), "count": .int(Int64(count)), "messages_sent": .int(Int64(messagesSent)),
            "left": .array(left.map { [.string($0.account.text), .string($0.reason)] }),
        ]
    }

    fileprivate init?(_ json: JSON) {
        guard let object = json.object, let at = object["at"]?.int, let count = object["count"]?.int,
            let sent = object["messages_sent"]?.int, let left = object["left"]?.array
        else { return nil }
        self.init(
            at: Instant(milliseconds: at), count: Int(count),
            left: left.compactMap { pair in
                guard let pair = pair.array, pair.count == 2, let account = pair[0].string, let reason = pair[1].string
                else { return nil }
                return Receipt.Left(account: AccountID(account), reason: reason)
            }, messagesSent: Int(sent))
    }
}

extension Undoing {
    fileprivate var json: JSON {
        switch self {
        case .owner(let account, let role, let person, let at, let before):
            [
                "owner", .string(account.text), .string(role), .string(person), .int(at.milliseconds), JSON(before),
            ]
        case .start(let account, let play, let number): ["start", .string(account.text), .string(play), .int(Int64(number))]
        case .note(let account, let id): ["note", .string(account.text), .string(id)]
        }
    }

    fileprivate init?(_ json: JSON) {
        guard let parts = json.array, parts.count >= 3, let kind = parts[0].string, let account = parts[1].string,
            let name = parts[2].string
        else { return nil }
        switch (kind, parts.count) {
        case ("owner", 6):
            guard let person = parts[3].string, let at = parts[4].int else { return nil }
            self = .owner(
                AccountID(account), role: name, person: person, at: Instant(milliseconds: at), before: parts[5].string)
        case ("start", 4):
            guard let number = parts[3].int.flatMap({ Int32(exactly: $0) }) else { return nil }
            self = .start(AccountID(account), play: name, number: number)
        case ("note", 3): self = .note(AccountID(account), id: name)
        case _: return nil
        }
    }
}
