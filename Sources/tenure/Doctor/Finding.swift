import TenureCore

/// One thing that was looked at, and what was found.
struct Finding {
    enum Level: String {
        case ok
        /// It works, and something should be looked at.
        case warning
        /// It does not work, or not for long.
        case problem
    }

    var level: Level
    /// Stable; of what is well, what was looked at.
    var code: String
    var what: String
    /// What to do; empty where nothing is.
    var remedy = ""

    static func ok(_ code: String, _ what: String) -> Finding { Finding(level: .ok, code: code, what: what) }

    static func warning(_ code: String, _ what: String, _ remedy: String) -> Finding {
        Finding(level: .warning, code: code, what: what, remedy: remedy)
    }

    static func problem(_ code: String, _ what: String, _ remedy: String) -> Finding {
        Finding(level: .problem, code: code, what: what, remedy: remedy)
    }

    static func problem(_ failure: Failure) -> Finding { problem(failure.code, failure.what, failure.remedy) }
}

extension Finding {
    /// One line, and one with what to do.
    var text: String {
        let head = padding(level.rawValue, 8) + padding(code, 22) + what
        return remedy.isEmpty ? head : head + "\n" + String(repeating: " ", count: 9) + "→ " + remedy
    }

    var document: JSON {
        ["level": .string(level.rawValue), "code": .string(code), "what": .string(what), "remedy": .string(remedy)]
    }
}

/// Findings in the order in which things were looked at; people see each as soon as it is there.
struct Report {
    private(set) var findings: [Finding] = []
    private let isSilent: Bool

    /// - Parameter isSilent: nothing is printed on the way, since a document will be at the end.
    init(isSilent: Bool) { self.isSilent = isSilent }

    mutating func add(_ finding: Finding) {
        findings.append(finding)
        guard !isSilent else { return }
        endBar()
        print(finding.text)
    }

    mutating func add(_ more: [Finding]) { for finding in more { add(finding) } }

    func count(_ level: Finding.Level) -> Int { findings.count { $0.level == level } }
    var isWell: Bool { count(.problem) == 0 }

    /// What it comes to.
    var sum: String { "\(count(.ok)) ok, \(count(.warning)) warnings, \(count(.problem)) problems" }

    func document(_ more: JSONObject = [:]) -> JSON {
        .object(JSONObject([.init("ok", .bool(isWell)), .init("findings", .array(findings.map(\.document)))] + more.members))
    }
}
