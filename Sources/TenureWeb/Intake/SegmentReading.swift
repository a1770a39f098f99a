import TenureCore
import TenureEngine
import TenureProgramme
import TenureRuntime

/// Makes facts-to-be of Segment's calls, by the programme's mapping.
struct SegmentReading: Sendable {
    private let sender: Sender
    private let programme: Programme
    private let envelope: JSONObject
    private let clock: SegmentClock

    /// - Parameter envelope: the whole request: a batch gives its `sentAt` and `context` to its items.
    init(_ sender: Sender, envelope: JSONObject, received: Instant) {
        self.sender = sender
        self.envelope = envelope
        programme = sender.workspace.programme.programme
        clock = SegmentClock(received: received)
    }

    func arrival(_ item: JSONObject, kind: SegmentCall.Kind?) throws(IntakeRefusal) -> Arrival {
        let fields = ItemFields(object: item)
        let called: SegmentCall.Kind
        if let kind { called = kind } else { called = try named(fields) }
        switch called {
        case .identify: return try identify(fields)
        case .group: return try group(fields)
        case .track: return try track(fields)
        case .page: return try view(fields, .page, type: "page")
        case .screen: return try view(fields, .screen, type: "screen")
        case .alias: return try alias(fields)
        }
    }

    // MARK: - What every call has

    private func named(_ fields: ItemFields) throws(IntakeRefusal) -> SegmentCall.Kind {
        guard let kind = SegmentCall.Kind(rawValue: try fields.text("type") ?? "") else {
            throw ItemFields.wrong("/type", "type must be identify, track, group, page, screen or alias")
        }
        return kind
    }

    private func user(_ fields: ItemFields) throws(IntakeRefusal) -> String? {
        try fields.id(firstOf: "userId", "anonymousId")
    }

    private func occurred(_ fields: ItemFields) throws(IntakeRefusal) -> Instant? {
        let stamped = try fields.instant(firstOf: "originalTimestamp", "timestamp")
        let carrier = fields.object["sentAt"] == nil ? ItemFields(object: envelope) : fields
        return clock.occurred(stamped, sent: try carrier.instant("sentAt"))
    }

    private func groupID(_ fields: ItemFields) throws(IntakeRefusal) -> String? {
        let context = try fields.object("context") ?? envelope["context"]?.object ?? JSONObject()
        return try ItemFields(object: context).id("groupId")
    }

    private func subject(_ fields: ItemFields, _ group: String?) throws(IntakeRefusal) -> Arrival.Subject {
        if let group { return .account(group) }
        guard try user(fields) != nil else {
            throw IntakeRefusal(
                code: "missing-subject", detail: "A call names its account in context.groupId, or its user.",
                pointer: "/userId")
        }
        return .member
    }

    private func arrival(
        _ fields: ItemFields, type: String, subject: Arrival.Subject, data: JSONObject,
        person: PersonTraits? = nil
    ) throws(IntakeRefusal) -> Arrival {
        Arrival(
            id: try fields.id("messageId"), source: sender.source, type: type, subject: subject,
            user: try user(fields),
            occurred: try occurred(fields), data: data, person: person)
    }
}

// MARK: - People and accounts

extension SegmentReading {
    private func identify(_ fields: ItemFields) throws(IntakeRefusal) -> Arrival {
        let traits = try fields.object("traits") ?? JSONObject()
        guard let user = try user(fields) else {
            throw ItemFields.wrong("/userId", "identify needs a userId")
        }
        let company = traits["company"]?.object ?? JSONObject()
        var group = try groupID(fields)
        if group == nil { group = try ItemFields(object: traits).id("groupId") }
        if group == nil { group = try ItemFields(object: company).id("id") }
        let key = sender.workspace.keys.member(user: user)
        let contact = ContactTraits(key: key, traits)
        var arrival = try arrival(
            fields, type: FactType.contactChanged, subject: subject(fields, group), data: contact.data,
            person: contact.person)
        // Names and addresses are not part of the fact: without an id, another name would seem a repetition.
        if arrival.id == nil {
            arrival.id = sender.workspace.keys.name("identify", JSON.object(fields.object).canonical.text)
        }
        return arrival
    }

    private func group(_ fields: ItemFields) throws(IntakeRefusal) -> Arrival {
        guard let group = try fields.id("groupId") else {
            throw ItemFields.wrong("/groupId", "group needs a groupId")
        }
        let traits = try fields.object("traits") ?? JSONObject()
        let data = try AccountTraits(programme: programme).data(traits, pointer: "/traits")
        return try arrival(fields, type: FactType.accountChanged, subject: .account(group), data: data)
    }

    private func alias(_ fields: ItemFields) throws(IntakeRefusal) -> Arrival {
        guard let previous = try fields.id("previousId") else {
            throw ItemFields.wrong("/previousId", "alias needs a previousId")
        }
        guard let user = try user(fields) else { throw ItemFields.wrong("/userId", "alias needs a userId") }
        let keys = sender.workspace.keys
        return try arrival(
            fields, type: FactType.contactChanged, subject: subject(fields, groupID(fields)),
            data: [
                "contact": .string(keys.member(user: user)), "alias": .string(keys.member(user: previous)),
            ])
    }
}

// MARK: - Events

extension SegmentReading {
    private func track(_ fields: ItemFields) throws(IntakeRefusal) -> Arrival {
        guard let name = try fields.text("event"), !name.isEmpty else {
            throw ItemFields.wrong("/event", "track needs the event's name")
        }
        let data = try fields.object("properties") ?? JSONObject()
        if let found = programme.event(for: .track(name: name)) { return try event(fields, found.type, data, found.adding) }
        let isDeclared = programme.events.contains { $0.type == name }
        return try event(fields, isDeclared ? name : "track:" + name, data, [:])
    }

    private func view(
        _ fields: ItemFields, _ call: SegmentMapping.Call, type: String
    ) throws(IntakeRefusal) -> Arrival {
        var data = try fields.object("properties") ?? JSONObject()
        if data["name"] == nil, let name = try fields.text("name") { data["name"] = .string(name) }
        let found = programme.event(for: call)
        return try event(fields, found?.type ?? type, data, found?.adding ?? [:])
    }

    private func event(
        _ fields: ItemFields, _ type: String, _ data: JSONObject, _ adding: [String: String]
    ) throws(IntakeRefusal) -> Arrival {
        var data = data
        for (name, value) in adding.sorted(by: { precedes($0.key, $1.key) }) { data[name] = .string(value) }
        return try arrival(fields, type: type, subject: subject(fields, groupID(fields)), data: data)
    }
}
