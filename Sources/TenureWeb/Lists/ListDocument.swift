import HTTPTypes
import TenureCore
import TenureRuntime

/// One page of a list: items, and the address of the next page in the body and as a link.
struct ListDocument: Sendable {
    var items: [JSON]
    var total: Int?
    /// Address of the next page, with its cursor.
    var next: (link: String, cursor: String)?

    var answer: Answer {
        var body: JSONObject = ["items": .array(items)]
        if let total { body["total"] = .int(Int64(total)) }
        body["next_cursor"] = JSON(next?.cursor)
        let answer = Answer.json(.object(body))
        guard let next else { return answer }
        return answer.adding(.link, "<\(next.link)>; rel=\"next\"")
    }
}

/// A page cut out of a list that is made anew for each request: cheap, since it comes from memory.
struct MemoryPage {
    let limit: Int
    let after: Int
    private let api: APICall
    private let list: String
    /// The address of the whole list.
    private let address: String
    /// What a cursor belongs to besides the list.
    private let question: String

    static let names: Set<String> = ["limit", "cursor"]

    /// - Parameter address: with the filters, which the caller has read; nil: there are none.
    init(_ api: APICall, list: String, of address: String? = nil) throws {
        let names = address == nil ? Self.names : try Set(NamedTexts(encoded: api.call.rawQuery).names)
        let query = try api.call.query(allowing: names)
        self.api = api
        self.list = list
        self.address = address ?? api.call.path
        question = address ?? ""
        limit = try ListLimit.read(query)
        guard let cursor = query.filled("cursor") else {
            after = 0
            return
        }
        let place = try Cursor.open(cursor, list: list, query: question, api.workspace.keys)
        guard let number = Int(place), number >= 0 else { throw Cursor.refusal }
        after = number
    }

    func document(_ all: [JSON]) -> ListDocument {
        let page = all.dropFirst(after).prefix(limit)
        var document = ListDocument(items: Array(page), total: all.count)
        if all.count > after + page.count, !page.isEmpty {
            let cursor = Cursor.make(String(after + page.count), list: list, query: question, api.workspace.keys)
            let size = limit == WebLimits.pageItemsDefault ? nil : String(limit)
            let rest = Links.with("", [("limit", size), ("cursor", cursor)]).dropFirst()
            document.next = (address + (address.contains("?") ? "&" : "?") + rest, cursor)
        }
        return document
    }
}
