import TenureCore
import TenureRuntime
import TenureStore

/// The text form of Prometheus, metric by metric.
struct Exposition {
    private var families: [Family] = []

    private struct Family {
        var name: String
        var kind: String
        var help: String
        var samples: [String] = []
    }

    mutating func add(
        _ name: String, _ kind: String, _ help: String, _ value: some CustomStringConvertible,
        _ labels: [(String, String)] = []
    ) {
        let text = labels.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",")
        let sample = "\(name)\(text.isEmpty ? "" : "{\(text)}") \(value)"
        if let index = families.firstIndex(where: { $0.name == name }) {
            families[index].samples.append(sample)
        } else {
            families.append(Family(name: name, kind: kind, help: help, samples: [sample]))
        }
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }

    var text: String {
        families.map { family in
            (["# HELP \(family.name) \(family.help)", "# TYPE \(family.name) \(family.kind)"] + family.samples)
                .joined(separator: "\n") + "\n"
        }.joined()
    }
}

extension Exposition {
    mutating func add(listeners count: Int) {
        add("tenure_listeners", "gauge", "Open pages that hear of news.", count)
    }

    mutating func add(uptime milliseconds: Int64) {
        add(
            "tenure_uptime_seconds", "gauge", "Seconds since the server began to answer.",
            Double(milliseconds) / 1000)
    }

    mutating func add(_ workspace: Workspace) async {
        let counts = workspace.counts
        let label = [("workspace", workspace.id.text)]
        add("tenure_facts_total", "counter", "Facts accepted since the start.", counts.facts, label)
        add(
            "tenure_duplicates_total", "counter", "Facts that had been accepted before.", counts.duplicates,
            label)
        add(
            "tenure_conflicts_total", "counter", "Facts whose id another content had.", counts.conflicts,
            label)
        add(
            "tenure_quarantined_total", "counter", "Facts that wait for their account.", counts.quarantined,
            label)
        add("tenure_rejected_total", "counter", "Facts that the writer refused.", counts.rejected, label)
        add("tenure_blocks_total", "counter", "Blocks committed.", counts.blocks, label)
        add("tenure_turns_total", "counter", "Turns taken.", counts.turns, label)
        add("tenure_messages_total", "counter", "Messages queued.", counts.messages, label)
        for (kind, count) in counts.decisions.sorted(by: { precedes($0.key, $1.key) }) {
            add("tenure_decisions_total", "counter", "Decisions by kind.", count, label + [("kind", kind)])
        }
        add("tenure_backlog_facts", "gauge", "Facts that wait for the writer.", workspace.backlog, label)
        add("tenure_accounts", "gauge", "Accounts known.", workspace.accountCount, label)
        add(
            "tenure_read_only", "gauge", "1 when the workspace is fenced.", workspace.fence == nil ? 0 : 1,
            label)
        add(
            "tenure_storage_full", "gauge", "1 while writes find no room.", workspace.isFull ? 1 : 0, label)
        if let isFenced = try? await workspace.effectsFence() != nil {
            add(
                "tenure_effects_fenced", "gauge", "1 while nothing is sent after a restoration.", isFenced ? 1 : 0, label)
        }
        for (name, value) in (try? await workspace.read { try $0.diagnostics() }) ?? [] {
            add("tenure_store", "gauge", "Readings of the store.", value, label + [("reading", name)])
        }
    }
}
