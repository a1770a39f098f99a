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
        return IntakeAnswer(outcomes.map { $0 ?? next.next() ?? .accepted }, ids: items.map(Self.id)).answer
    }

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
