import ArgumentParser
import TenureRuntime

/// Where messages would go; nothing is connected to.
struct OutgoingExamination {
    let options: ServerOptions
    let folder: DataFolder

    var findings: [Finding] {
        do {
            let channels = try options.outgoing.channels(data: folder.path, environment: ServerOptions.environment)
            return ChannelKind.allCases.compactMap { kind in channels[kind].map { .ok(kind.rawValue, "\(kind) leaves by \($0.name)") } }
        } catch let error as ValidationError {
            return [.problem("bad-value", error.message, "Correct the flag or its variable: docs/operating/messages.md.")]
        } catch {
            return [.problem(error)]
        }
    }
}
