import BitCollections
import TenureCore
import TenureProgramme

/// What one event feeds.
final class EventPlan: Sendable {
    let type: EventType
    let feeds: [Feed]
    let featureIndex: [String: Int]
    /// The entity that it changes.
    let entity: EntityPlan?
    /// Shows two-way contact with a person.
    let isTouch: Bool
    /// Has the name of a fact that the engine itself gives a meaning, which goes first.
    let isReserved: Bool
    /// What it says of recurring revenue.
    let revenue: RevenueEvent?
    /// The metrics that it can change.
    let metrics: BitSet
    /// What else reads differently after it.
    let aspects: Aspects

    init(type: EventType, feeds: [SingleFeed], featureIndex: [String: Int], entity: EntityPlan?, metrics: BitSet) {
        self.type = type
        self.entity = entity
        self.feeds = Feed.grouped(feeds)
        self.featureIndex = featureIndex
        self.metrics = metrics
        let isTouch = Self.touchTypes.contains(type.type)
        self.isTouch = isTouch
        aspects = (isTouch ? Aspects.people : []).union(entity?.isWatched == true ? .trails : [])
        isReserved = FactType.isReserved(type.type)
        revenue = RevenueEvent(rawValue: type.type)
    }

    /// Mail that we send is not among them (`domain` 1.9).
    private static let touchTypes: Set<String> = [
        "meeting.held", "message.replied", "survey.answered", "portal.login", "contact.touched",
    ]
}

/// How an event changes an entity.
struct EntityPlan: Sendable {
    let kind: String
    let keyField: String
    let fieldCount: Int
    /// Place among the kind's fields, where the value comes from, and where in the trail it goes; nil: no clock looks.
    let sets: [(place: Int, source: EntityChange.Source, trail: Int?)]
    /// What the event leaves in the trail besides.
    let marks: [TrailPlan.Mark]
    /// Whether a clock looks at anything that it changes.
    let isWatched: Bool

    init?(_ change: EntityChange, kinds: [EntityKind], _ trail: TrailPlan?, event: String) {
        guard let kind = kinds.first(where: { $0.id == change.kind }) else { return nil }
        self.kind = kind.id
        keyField = change.keyField
        fieldCount = kind.fields.count
        sets = change.sets.compactMap { field, source in
            kind.fields.firstIndex { $0.id == field }.map { ($0, source, trail?.fields[$0]) }
        }
        marks = trail?.marks.filter { isSame($0.event, event) } ?? []
        isWatched = !marks.isEmpty || sets.contains { $0.trail != nil }
    }
}

/// What one measure takes from events of a type.
struct SingleFeed: Sendable {
    enum Target: Hashable, Sendable {
        case ring(Int), lifetime(Int), last(Int), instants(Int), sketch(Int), newestOfEach(Int)
        /// With members told apart too, or with rows that are kept for ever.
        case distinct(Int, byMember: Bool, keepsAll: Bool)
    }

    var target: Target
    var when: BoundCondition?
    var value: BoundCondition?
    /// Names what is told apart.
    var key: BoundCondition?
}

/// Feeds of one event under one condition, which is evaluated once for all of them, as each amount is.
final class Feed: Sendable {
    struct Addition: Sendable {
        let amount: Amount
        let targets: [(target: SingleFeed.Target, key: BoundCondition?)]
    }

    enum Amount: Sendable {
        case one
        /// A field of the event as it stands, which most are: read without an evaluation.
        case field(String, isWhole: Bool)
        case computed(BoundCondition)
    }

    let when: BoundCondition?
    let additions: [Addition]

    private init(_ alike: [SingleFeed]) {
        when = alike.first?.when
        additions = Self.partitioned(alike, by: \.value).map { same in
            Addition(amount: Amount(same.first?.value), targets: same.map { ($0.target, $0.key) })
        }
    }

    static func grouped(_ feeds: [SingleFeed]) -> [Feed] { partitioned(feeds, by: \.when).map { Feed($0) } }

    /// In the order of the first of each.
    private static func partitioned(
        _ feeds: [SingleFeed], by condition: KeyPath<SingleFeed, BoundCondition?>
    ) -> [[SingleFeed]] {
        var parts: [[SingleFeed]] = []
        for feed in feeds {
            let source = feed[keyPath: condition]?.condition.source
            let place = parts.firstIndex { $0.first?[keyPath: condition]?.condition.source == source }
            if let place { parts[place].append(feed) } else { parts.append([feed]) }
        }
        return parts
    }
}

extension Feed.Amount {
    fileprivate init(_ value: BoundCondition?) {
        guard let value else {
            self = .one
            return
        }
        self = value.numberField ?? .computed(value)
    }
}

extension BoundCondition {
    /// The field, where the condition is nothing but a number of the event.
    fileprivate var numberField: Feed.Amount? {
        guard bindings.count == 1, case .field(let name, let kind) = bindings[0], kind == .number || kind == .whole,
            condition.source == "event." + name
        else { return nil }
        return .field(name, isWhole: kind == .whole)
    }
}
