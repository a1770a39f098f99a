import ArgumentParser
import TenureConnectors
import TenureCore
import TenureRuntime

/// Where messages go, as flags and environment variables say.
struct OutgoingOptions: ParsableArguments {
    @Option(help: "Mail server, smtp://user:password@host:port or smtps://… (TENURE_SMTP). Without one, mails are written to <data>/mail.")
    var smtp: String?

    @Option(help: "STARTTLS: required, when_offered or never. Default: required, but when_offered to this machine.")
    var starttls: String?

    @Option(help: ArgumentHelp("Chat channel, as name=slack:https://… or name=teams:https://… (repeatable).", valueName: "channel"))
    var chat: [String] = []

    @Flag(help: "Let chat webhooks go to this machine itself, for trying things out.")
    var chatToLoopback = false

    func channels(data: String, environment: [String: String]) throws -> [ChannelKind: any Channel] {
        [.mail: try mail(data, environment), .chat: try chatChannel(data)]
    }

    private func mail(_ data: String, _ environment: [String: String]) throws -> any Channel {
        guard let url = smtp ?? environment["TENURE_SMTP"] else { return FileChannel(folder: data + "/mail") }
        var policy: SMTPSettings.StartTLS?
        if let starttls {
            guard let named = SMTPSettings.StartTLS(rawValue: starttls) else {
                throw ValidationError("--starttls takes required, when_offered or never.")
            }
            policy = named
        }
        do {
            return SMTPChannel(settings: try SMTPSettings(url: url, startTLS: policy))
        } catch {
            throw ValidationError("--smtp: \(error.rawValue).")
        }
    }

    private func chatChannel(_ data: String) throws -> any Channel {
        guard !chat.isEmpty else { return FileChannel(folder: data + "/chat") }
        return ChatChannels(try chat.map { try webhook($0) })
    }

    /// The form of each configured channel, by its name.
    func chatKinds() throws -> [String: ChatKind] {
        let named = try chat.map { try webhook($0) }.map { ($0.label, $0.kind) }
        return Dictionary(named, uniquingKeysWith: { first, _ in first })
    }

    private func webhook(_ text: String) throws -> WebhookChannel {
        guard let equals = text.firstIndex(of: "="), let colon = text[equals...].firstIndex(of: ":"),
            let kind = ChatKind(rawValue: String(text[text.index(after: equals)..<colon]))
        else { throw ValidationError("--chat takes name=slack:https://… or name=teams:https://….") }
        do {
            return try WebhookChannel(
                label: String(text[..<equals]), kind: kind, url: String(text[text.index(after: colon)...]),
                policy: chatToLoopback ? DestinationPolicy(ports: Set(1...65_535), allowsLoopback: true) : DestinationPolicy())
        } catch {
            throw ValidationError("--chat \(text[..<equals]): \(error).")
        }
    }
}
