import ArgumentParser
import Foundation
import TenureCore
import TenureRuntime
import TenureWeb

struct ResumeEffectsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume-effects",
        abstract: "Let messages leave again from a restored workspace.",
        discussion: """
            tenure resume-effects                                  what waits
            tenure resume-effects --by ana --waiting withhold      none of it ever leaves
            tenure resume-effects --by ana --waiting send-new      only what was decided after the restoration leaves
            tenure resume-effects --by ana --waiting send-all      everything leaves, even what the original may have sent

            What is not due yet leaves when it is due, and what is decided from now on leaves as ever. Send again first what \
            the original took in after the backup was taken: with withhold, nothing that comes of it is sent.
            """)

    @Option(help: "Who decides; it is kept.")
    var by: String?

    @Option(help: "What becomes of messages that wait: withhold, send-new or send-all.")
    var waiting: WaitingMessages?

    @Option(help: "File of Message-IDs that are known to have been sent, one a line: they are withheld in any case.")
    var sentAlready: String?

    @OptionGroup var options: DirectoryOptions

    func validate() throws {
        if waiting != nil, by == nil { throw ValidationError("--waiting needs --by: who decides is kept.") }
        if waiting == nil, by != nil || sentAlready != nil {
            throw ValidationError("Say with --waiting what becomes of messages that wait: withhold, send-new or send-all.")
        }
    }

    func run() async throws {
        guard let waiting, let by else { return try await show() }
        let sent = try sentAlready.map(Self.identifiers) ?? []
        let body: JSON = [
            "waiting": .string(waiting.rawValue), "by": .string(by), "sent": .array(sent.sorted().map { .string($0) }),
        ]
        do {
            let answer = try await options.answer(ask: ("effects/release", body)) { workspace in
                EffectsDocuments.document(try await workspace.releaseEffects(waiting, sent: sent, by: by))
            }
            print(options.json ? answer.text : released(answer.object))
        } catch let refusal as EffectsRefusal {
            throw refusal.failure
        }
    }

    private func show() async throws {
        let answer: JSON
        do {
            answer = try await options.withWorkspace { try await EffectsDocuments.waiting($0) }
        } catch let failure as Failure where failure.code == "data-in-use" {
            answer = try await RunningServer(options).get("effects")
        }
        print(options.json ? answer.text : shown(answer.object))
    }

    private func shown(_ answer: JSONObject?) -> String {
        guard answer?["fenced"]?.bool == true else { return "There is no fence: messages leave as they are due." }
        let text = { (name: String) in answer?[name]?.string ?? "" }
        let count = { (name: String) in answer?["waiting"]?.object?[name]?.int ?? 0 }
        return """
            Nothing is sent: restored at \(text("restored")) from the backup of \(text("backed_up")).

            \(padding("\(count("older"))", 6, left: true)) messages that the original may have sent
            \(padding("\(count("newer"))", 6, left: true)) decided since the restoration
            \(padding("\(count("later"))", 6, left: true)) not due yet: they leave when they are due

            Let messages leave with --by NAME --waiting withhold, send-new or send-all (--help tells which).
            """
    }

    private func released(_ answer: JSONObject?) -> String {
        "Messages leave again: \(answer?["withheld"]?.int ?? 0) are withheld, \(answer?["sent"]?.int ?? 0) leave when they are due."
    }

    private static let fileBytesMax = 64 << 20

    private static func identifiers(_ path: String) throws -> Set<String> {
        guard let data = FileManager.default.contents(atPath: path), data.count <= fileBytesMax else {
            throw Failure(code: "no-such-file", what: "\(path) cannot be read.", remedy: "Give a text file with --sent-already.")
        }
        let lines = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
        return Set(lines.map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty })
    }
}

extension WaitingMessages: ExpressibleByArgument {}

extension EffectsRefusal {
    fileprivate var failure: Failure {
        switch self {
        case .noFence:
            Failure(
                code: "no-fence", what: "There is no fence: messages leave as they are due.",
                remedy: "It stands after tenure restore only; nothing was changed.")
        case .nobody:
            Failure(code: "nobody", what: "--by holds blanks only.", remedy: "Say who does it: --by ana")
        }
    }
}
