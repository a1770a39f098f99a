import HTTPTypes
import TenureCore
import TenureEngine
import TenureRuntime
import TenureStore

/// Items of one request on their way to the writer: each is taken or refused by itself.
struct IntakeBatch: Sendable {
    typealias Reader = @Sendable (JSONObject) throws(IntakeRefusal) -> Arrival

    let sender: Sender
    let items: [Result<JSON, IntakeRefusal>]
    let read: Reader

    static var tooLarge: Problem {
        Problem(.batchTooLarge, "A batch has at most \(WebLimits.eventsMax) events.")
    }

    init(_ sender: Sender, items: [JSON], _ read: @escaping Reader) throws {
        try self.init(sender, read: items.map { .success($0) }, read)
    }

    init(_ sender: Sender, read items: [Result<JSON, IntakeRefusal>], _ read: @escaping Reader) throws {
        guard items.count <= WebLimits.eventsMax else { throw Self.tooLarge }
        self.sender = sender
        self.items = items
        self.read = read
    }

    /// Hands everything acceptable over in one go and answers when it is durable.
    func answer() async throws -> Answer {
        var outcomes: [ArrivalAnswer?] = []
        var arrivals: [Arrival] = []
        let check = sender.workspace.eventCheck
        let received = sender.workspace.now
        for item in items {
            do throws(IntakeRefusal) {
                let arrival = try arrival(item)
                if let refusal = check.refusal(arrival, received: received) { throw refusal }
                arrivals.append(arrival)
                outcomes.append(nil)
            } catch {
                outcomes.append(.rejected(error))
            }
        }
        let answers = arrivals.isEmpty ? [] : try await sender.workspace.submit(arrivals)
        var next = answers.makeIterator()
        let all = outcomes.map { $0 ?? next.next() ?? .accepted }
        note(all, arrivals.map(\.type), check, at: received)
        return IntakeAnswer(all, ids: items.map(Self.id)).answer
    }

    /// - Parameter types: of the items that were not refused at the door, in order.
    private func note(_ answers: [ArrivalAnswer], _ types: [String], _ check: EventCheck, at now: Instant) {
        var types = types.makeIterator()
        let seen = zip(answers, items).map { answer, item in
            let id = Self.id(item) ?? ""
            if case .rejected(let refusal) = answer, !refusal.isOfWriter {
                return SeenItem(at: now, id: Self.short(id), type: Self.type(item), fate: .rejected, refusal: refusal)
            }
            let type = types.next() ?? ""
            return SeenItem(
                at: now, id: Self.short(id), type: Self.short(type), fate: answer.fate, refusal: answer.refusal,
                isUnmapped: !check.knows(type))
        }
        sender.workspace.monitor.record(seen, from: sender.source)
    }

    /// As the sender named it.
    private static func type(_ item: Result<JSON, IntakeRefusal>) -> String {
        guard case .success(let value) = item, let object = value.object else { return "" }
        return short((object["event"] ?? object["type"])?.string ?? "")
    }

    private static func short(_ text: String) -> String { text.utf8.count <= 200 ? text : String(text.prefix(50)) + "…" }

    private func arrival(_ item: Result<JSON, IntakeRefusal>) throws(IntakeRefusal) -> Arrival {
        guard let object = try item.get().object else {
            throw IntakeRefusal(code: "validation-failed", detail: "An event is an object.")
        }
        try ItemSize.check(object)
        return try read(object)
    }

    private static func id(_ item: Result<JSON, IntakeRefusal>) -> String? {
        guard case .success(let value) = item, let object = value.object else { return nil }
        return (object["messageId"] ?? object["id"])?.string
    }
}

extension IntakeRefusal {
    /// Whether the item came as far as the writer, which told its id from another's.
    fileprivate var isOfWriter: Bool { code == "event-id-conflict" }
}

extension ArrivalAnswer {
    fileprivate var fate: SeenItem.Fate {
        switch self {
        case .accepted: .accepted
        case .duplicate: .duplicate
        case .quarantined: .quarantined
        case .rejected, .refused: .rejected
        }
    }

    fileprivate var refusal: IntakeRefusal? {
        switch self {
        case .rejected(let refusal): refusal
        case .refused(let code): IntakeRefusal(code: code, detail: "Not carried out.")
        case .accepted, .duplicate, .quarantined: nil
        }
    }
}

/// What a sender is told: how many were taken, and why others were not.
struct IntakeAnswer: Sendable {
    private(set) var accepted: Int64 = 0
    private(set) var duplicate: Int64 = 0
    private(set) var quarantined: Int64 = 0
    private(set) var rejected: [JSON] = []

    init(_ answers: [ArrivalAnswer], ids: [String?]) {
        for (index, answer) in answers.enumerated() {
            switch answer {
            case .accepted: accepted += 1
            case .duplicate: duplicate += 1
            case .quarantined: quarantined += 1
            case .rejected(let refusal): reject(index, ids[index], refusal)
            case .refused(let code):
                reject(index, ids[index], IntakeRefusal(code: code, detail: "Not carried out."))
            }
        }
    }

    private mutating func reject(_ index: Int, _ id: String?, _ refusal: IntakeRefusal) {
        rejected.append([
            "index": .int(Int64(index)), "id": id.map { .string($0) } ?? .null, "code": .string(refusal.code),
            "detail": .string(refusal.detail), "pointer": .string(refusal.pointer),
        ])
    }

    var answer: Answer {
        .json([
            "success": true, "accepted": .int(accepted), "duplicate": .int(duplicate),
            "quarantined": .int(quarantined),
            "rejected": .array(rejected),
        ])
    }
}
