/// A CEL map: keeps the order in which entries were added, and finds an entry by its key.
///
/// Keys are bool, int, uint or string. Numbers that are equal are one key: `1`, `1u` and `1.0` find the same.
public struct CELMap: Sendable {
    /// One key with its value.
    public struct Entry: Sendable, Hashable {
        public let key: Value
        public let value: Value
    }

    /// The entries in the order they were added.
    public private(set) var entries: [Entry] = []
    /// Where each key stands; kept only above `scanLimit`, as a short scan is faster than hashing.
    private var places: [MapKey: Int] = [:]

    private static let scanLimit = 8

    /// An empty map.
    public init() {}

    /// A map of named values; of two with one name the first is kept.
    public init(_ named: [(name: String, value: Value)]) {
        for entry in named { insert(.string(entry.name), entry.value) }
    }

    /// How many entries there are.
    public var count: Int { entries.count }

    /// Adds an entry at the end. False, and nothing is changed, when the key is there already or can not be
    /// one.
    @discardableResult
    public mutating func insert(_ key: Value, _ value: Value) -> Bool {
        guard let sought = MapKey(key), key.isMapKey, place(of: sought) == nil else { return false }
        entries.append(Entry(key: key, value: value))
        index(sought)
        return true
    }

    /// The value under a key, or nil.
    public subscript(key: Value) -> Value? {
        MapKey(key).flatMap(place(of:)).map { entries[$0].value }
    }

    /// The value under a text key, or nil.
    public subscript(name: String) -> Value? {
        place(of: .text(Text(name))).map { entries[$0].value }
    }

    private func place(of key: MapKey) -> Int? {
        if !places.isEmpty { return places[key] }
        return entries.firstIndex { MapKey($0.key) == key }
    }

    private mutating func index(_ key: MapKey) {
        if !places.isEmpty {
            places[key] = entries.count - 1
        } else if entries.count > Self.scanLimit {
            for (place, entry) in entries.enumerated() {
                if let key = MapKey(entry.key) { places[key] = place }
            }
        }
    }
}

extension CELMap: Hashable {
    /// Equal when both hold the same entries, in whatever order.
    public static func == (left: CELMap, right: CELMap) -> Bool {
        left.count == right.count && left.entries.allSatisfy { right[$0.key] == $0.value }
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(count) }
}

extension Value {
    /// Whether a map may be written with this key.
    var isMapKey: Bool {
        switch self {
        case .bool, .int, .uint, .string: true
        case .null, .double, .bytes, .list, .map, .timestamp, .duration, .type, .optional, .unknown, .error:
            false
        }
    }
}

/// What a key is looked up by: numbers by their amount, texts by their bytes.
enum MapKey: Hashable {
    case bool(Bool)
    case int(Int64)
    case large(UInt64)
    case text(Text)

    init?(_ value: Value) {
        switch value {
        case .bool(let truth): self = .bool(truth)
        case .int(let number): self = .int(number)
        case .uint(let number): self = Int64(exactly: number).map(MapKey.int) ?? .large(number)
        case .double(let number):
            if let whole = Int64(exactly: number) {
                self = .int(whole)
            } else if let large = UInt64(exactly: number) {
                self = .large(large)
            } else {
                return nil
            }
        case .string(let text): self = .text(Text(text))
        case .null, .bytes, .list, .map, .timestamp, .duration, .type, .optional, .unknown, .error: return nil
        }
    }
}

/// A text that is equal by its bytes.
struct Text: Hashable {
    let text: String

    init(_ text: String) { self.text = text }

    static func == (left: Text, right: Text) -> Bool { left.text.hasSameBytes(as: right.text) }
}
