import TenureCore
import TenureRuntime

/// An opaque, signed place in a list: made by us for one query of one workspace, and useless anywhere else.
enum Cursor {
    static func make(_ place: String, list: String, query: String, _ keys: WorkspaceKeys) -> String {
        Base64.encode(Array((signature(place, list, query, keys) + place).utf8))
    }

    /// Changed, foreign and misplaced cursors are refused alike.
    static func open(_ cursor: String, list: String, query: String, _ keys: WorkspaceKeys) throws -> String {
        guard cursor.utf8.count <= 4_096, let bytes = Base64.decode(cursor), bytes.count >= signatureBytes,
            let place = String(validating: bytes[signatureBytes...], as: UTF8.self),
            signature(place, list, query, keys).utf8.elementsEqual(bytes[..<signatureBytes])
        else { throw refusal }
        return place
    }

    static var refusal: Problem { Problem(.invalidCursor, "The cursor was not made for this list.") }

    private static let signatureBytes = 32

    private static func signature(
        _ place: String, _ list: String, _ query: String, _ keys: WorkspaceKeys
    ) -> String {
        keys.name("cursor", [list, query, place].joined(separator: "\0"))
    }
}

enum ListLimit {
    /// 1 to 200; 50 when not given.
    static func read(_ query: NamedTexts) throws -> Int {
        guard let text = query["limit"] else { return WebLimits.pageItemsDefault }
        guard let limit = Int(text), String(limit) == text, limit >= 1, limit <= WebLimits.pageItemsMax else {
            throw Problem(.invalidParameter, "limit is a whole number from 1 to \(WebLimits.pageItemsMax).")
        }
        return limit
    }
}
