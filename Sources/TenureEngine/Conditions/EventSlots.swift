import CEL
import TenureCore
import TenureProgramme

/// The values of a condition over one event.
struct EventSlots: SlotSource {
    let condition: BoundCondition
    /// The event's fields.
    let data: JSONObject

    func value(at slot: Int) -> Value {
        guard case .field(let name, let kind) = condition.bindings[slot], let value = data[name] else {
            return .unknown(slot: slot)
        }
        return kind.map { celValue(value, as: $0) } ?? celValue(value)
    }
}

/// The values of a condition over one entity.
struct EntitySlots: SlotSource {
    let condition: BoundCondition
    let entity: Entity
    let frame: EntityFrame

    func value(at slot: Int) -> Value {
        switch condition.bindings[slot] {
        case .now: return timestamp(frame.dayStart)
        case .entityField(let index):
            guard entity.fields.indices.contains(index), let value = entity.fields[index]?.value else {
                return .unknown(slot: slot)
            }
            return celValue(value, as: frame.kind.fields[index].kind)
        case .entityDaysSince(let index):
            guard entity.fields.indices.contains(index), let text = entity.fields[index]?.value.string,
                case .success(let instant) = Instant.parse(rfc3339: text)
            else { return .unknown(slot: slot) }
            return .int(Int64(frame.today - frame.zone.day(at: instant)))
        case .metric, .account, .tenureDays, .health, .component, .group, .flag, .grade, .signal, .retired, .play, .sla,
            .contact, .daysUntil, .daysSince, .step, .field, .nothing:
            return .unknown(slot: slot)
        }
    }
}

/// What is the same for all entities of one measure.
final class EntityFrame: Sendable {
    let kind: EntityKind
    /// Start of the account's local day: a value that is constant between ticks.
    let dayStart: Instant
    let today: Day
    let zone: ZoneRules

    init(kind: EntityKind, today: Day, zone: ZoneRules) {
        self.kind = kind
        self.today = today
        self.zone = zone
        dayStart = zone.instant(day: today)
    }
}

func timestamp(_ instant: Instant) -> Value {
    let rest = Int32(truncatingIfNeeded: instant.milliseconds - instant.seconds * 1000)
    return Timestamp(seconds: instant.seconds, nanoseconds: rest * 1_000_000).map { .timestamp($0) } ?? .null
}

func celValue(_ value: JSON) -> Value {
    switch value {
    case .null: .null
    case .bool(let flag): .bool(flag)
    case .int(let number): .int(number)
    case .double(let number): .double(number)
    case .string(let text): .string(text)
    case .array(let values): .list(values.map { celValue($0) })
    case .object: .null
    }
}

/// A value in the kind that its field was declared with, so that `1` is a double where a number is declared.
func celValue(_ value: JSON, as kind: EventField.Kind) -> Value {
    switch kind {
    case .number: value.number.map { .double($0) } ?? .null
    case .whole: value.int.map { .int($0) } ?? .null
    case .flag: value.bool.map { .bool($0) } ?? .null
    case .text, .choice: value.string.map { .string($0) } ?? .null
    case .instant: value.string.flatMap { try? Instant.parse(rfc3339: $0).get() }.map { timestamp($0) } ?? .null
    }
}
