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

    static let names: Set<String> = ["limit", "cursor"]

    init(_ api: APICall, list: String) throws {
        let query = try api.call.query(allowing: Self.names)
        self.api = api
        self.list = list
        limit = try ListLimit.read(query)
        guard let cursor = query.filled("cursor") else {
            after = 0
            return
        }
        let place = try Cursor.open(cursor, list: list, query: "", api.workspace.keys)
        guard let number = Int(place), number >= 0 else { throw Cursor.refusal }
        after = number
    }

    func document(_ all: [JSON]) -> ListDocument {
        let page = all.dropFirst(after).prefix(limit)
        var document = ListDocument(items: Array(page), total: all.count)
        if all.count > after + page.count, !page.isEmpty {
            let cursor = Cursor.make(String(after + page.count), list: list, query: "", api.workspace.keys)
            let size = limit == WebLimits.pageItemsDefault ? nil : String(limit)
            document.next = (Links.with(api.call.path, [("limit", size), ("cursor", cursor)]), cursor)
        }
        return document
    }
}
