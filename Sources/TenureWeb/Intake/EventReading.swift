package import TenureCore
import TenureEngine
package import TenureProgramme
package import TenureRuntime

/// Makes facts-to-be of CloudEvents 1.0 and of plain events `{type, id?, account?, user?, time?, data?}`.
package struct EventReading: Sendable {
    private let programme: Programme
    private let keys: WorkspaceKeys
    /// Name of the sender.
    private let source: String
    /// Types that the sender may not use.
    private let reserved: Set<String>

    init(_ sender: Sender) {
        self.init(
            sender.workspace.programme.programme, keys: sender.workspace.keys, source: sender.source,
            reserved: Self.spoken.union(Self.inner))
    }

    /// - Parameter reserved: types that are refused; what people say is `spoken`, what only the product says `inner`.
    package init(_ programme: Programme, keys: WorkspaceKeys, source: String, reserved: Set<String>) {
        self.programme = programme
        self.keys = keys
        self.source = source
        self.reserved = reserved
    }

    package func arrival(_ item: JSONObject) throws(IntakeRefusal) -> Arrival {
        let fields = ItemFields(object: item)
        let isCloudEvent = item["specversion"] != nil
        if isCloudEvent { try checkEnvelope(fields) }
        let type = try type(fields)
        let user = try fields.id(firstOf: "userid", "user")
        var arrival = Arrival(
            id: try fields.id("id"), source: try source(fields), type: type,
            subject: try subject(fields, user),
            user: user, occurred: try fields.instant("time"), data: try data(fields),
            operation: try operation(fields))
        try complete(&arrival)
        return arrival
    }

    private func checkEnvelope(_ fields: ItemFields) throws(IntakeRefusal) {
        guard try fields.text("specversion") == "1.0" else {
            throw ItemFields.wrong("/specversion", "specversion must be 1.0")
        }
        for name in ["id", "source"] where (try fields.text(name) ?? "").isEmpty {
            throw ItemFields.wrong("/" + name, "a CloudEvent needs \(name)")
        }
        if fields.object["data_base64"] != nil { throw ItemFields.wrong("/data_base64", "data must be JSON") }
        if let type = try fields.text("datacontenttype"), !type.hasPrefix("application/json"),
            !type.contains("+json")
        {
            throw ItemFields.wrong("/datacontenttype", "data must be JSON")
        }
    }

    /// `dev.tenure.user.session.v1` on the wire is `user.session` inside.
    private func type(_ fields: ItemFields) throws(IntakeRefusal) -> String {
        guard var type = try fields.text("type"), !type.isEmpty, type.utf8.count <= EventCheck.idBytesMax
        else {
            throw ItemFields.wrong("/type", "an event needs a type of 1 to 200 bytes")
        }
        if type.hasPrefix("dev.tenure.") {
            type = String(type.dropFirst("dev.tenure.".count))
            if let last = type.split(separator: ".").last, last.first == "v",
                last.dropFirst().allSatisfy(\.isNumber)
            {
                type = String(type.dropLast(last.count + 1))
            }
        }
        guard !reserved.contains(type) else {
            throw IntakeRefusal(
                code: "reserved-type", detail: "\(type) is not for senders.", pointer: "/type")
        }
        return type
    }

    /// What only people say, through the API and the pages.
    package static let spoken: Set<String> = [
        FactType.gradeGiven, FactType.pulseGiven, FactType.flagRaised, FactType.flagCleared,
        FactType.noteAdded,
        FactType.taskCompleted, FactType.taskReopened, FactType.stepSignedOff, FactType.playStarted,
        FactType.playStopped, FactType.playPaused, FactType.playResumed, FactType.signalAcknowledged,
        FactType.signalSnoozed, FactType.signalMarkedFalse, FactType.signalConfirmed, FactType.signalTakenBack,
    ]

    /// What only the product itself says.
    package static let inner: Set<String> = [
        FactType.clockReached, FactType.workspaceWentLive, FactType.programmePublished,
        FactType.messageSettled, FactType.accountMerged, FactType.accountLeft,
    ]

    /// The key's source; a CloudEvent's own source tells apart the systems behind one key.
    private func source(_ fields: ItemFields) throws(IntakeRefusal) -> String {
        guard fields.object["specversion"] != nil, let own = try fields.text("source") else {
            return source
        }
        if let refusal = EventCheck.check(id: own, pointer: "/source") { throw refusal }
        return source + ":" + own
    }

    private func subject(_ fields: ItemFields, _ user: String?) throws(IntakeRefusal) -> Arrival.Subject {
        let account = try fields.id(firstOf: "accountid", "account", "subject")
        if let account { return .account(account) }
        guard user != nil else {
            throw IntakeRefusal(
                code: "missing-subject", detail: "An event names its account (subject) or its user (userid).",
                pointer: "/subject")
        }
        return .member
    }

    private func data(_ fields: ItemFields) throws(IntakeRefusal) -> JSONObject {
        var data = try fields.object("data") ?? JSONObject()
        for (extra, name) in [("environment", "environment"), ("tenantid", "tenant")] where data[name] == nil
        {
            if let value = try fields.text(extra) { data[name] = .string(value) }
        }
        return data
    }

    private func operation(_ fields: ItemFields) throws(IntakeRefusal) -> Fact.Operation {
        switch try fields.text("op") {
        case nil, "append": return .append
        case "retract":
            guard let corrects = try fields.id("corrects") else {
                throw ItemFields.wrong("/corrects", "a retraction names the event it takes back")
            }
            return .retract(id: corrects)
        case .some:
            throw ItemFields.wrong(
                "/op", "op must be append or retract; to replace an event, retract it and send a new one")
        }
    }

    /// Accounts and people carry data that is checked or kept apart.
    private func complete(_ arrival: inout Arrival) throws(IntakeRefusal) {
        switch arrival.type {
        case FactType.accountChanged:
            arrival.data = try AccountTraits(programme: programme).data(arrival.data, pointer: "/data")
        case FactType.contactChanged:
            let named = ItemFields(object: arrival.data)
            guard
                let key = try named.id("contact")
                    ?? arrival.user.map({ keys.member(user: $0) })
            else {
                throw ItemFields.wrong("/data/contact", "contact.changed names the contact")
            }
            let contact = ContactTraits(key: key, arrival.data)
            // Names and addresses are not part of the fact: without an id, another name would seem a repetition.
            if arrival.id == nil {
                arrival.id = keys.name("contact", JSON.object(arrival.data).canonical.text)
            }
            (arrival.data, arrival.person) = (contact.data, contact.person)
        default: break
        }
    }
}
