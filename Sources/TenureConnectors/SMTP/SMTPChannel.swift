import CCurl
package import TenureRuntime

/// Hands mails to a mail server, one connection and one recipient each, so that one bad address stops no
/// other mail.
package struct SMTPChannel: Channel {
    private let settings: SMTPSettings
    private let courier: Courier

    package init(settings: SMTPSettings, connectionsMax: Int = 4) {
        self.settings = settings
        courier = Courier(threadsMax: connectionsMax)
    }

    package var name: String { "smtp \(HostAndPort.text(host: settings.host, port: settings.port))" }

    package func send(_ delivery: Delivery) async -> DeliveryOutcome {
        guard delivery.channel == .mail else { return .refused(reason: "this is not a mail") }
        guard MailAddress.isValid(delivery.address) else {
            return .refused(reason: "the address is not valid")
        }
        guard MailAddress.isValid(delivery.sender) else { return .refused(reason: "the sender is not valid") }
        guard !delivery.body.isEmpty else { return .refused(reason: "the mail is empty") }
        return await courier.run(with: CurlHandle()) { [settings] handle in
            guard let handle else {
                return .deferred(reason: "libcurl could not start", retryAfterSeconds: nil)
            }
            return Self.hand(delivery, to: settings, over: handle).delivery
        }
    }

    private static func hand(
        _ delivery: Delivery, to settings: SMTPSettings, over handle: CurlHandle
    ) -> SMTPOutcome {
        let conversation = SMTPConversation(body: delivery.body)
        handle.connect(to: settings)
        handle.set(CURLOPT_MAIL_FROM, "<\(delivery.sender)>")
        handle.set(CURLOPT_MAIL_RCPT, ["<\(delivery.address)>"])
        handle.set(CURLOPT_UPLOAD, 1)
        unsafe handle.set(CURLOPT_READFUNCTION, SMTPConversation.read, CURLOPT_READDATA, conversation)
        unsafe handle.set(CURLOPT_HEADERFUNCTION, SMTPConversation.listen, CURLOPT_HEADERDATA, conversation)
        unsafe handle.set(CURLOPT_WRITEFUNCTION, SMTPConversation.discard, CURLOPT_WRITEDATA, conversation)
        let end = handle.perform()
        return SMTPOutcome(
            end: end, lastLine: conversation.lastLine, verdict: conversation.verdict,
            bodyEnded: conversation.hasEnded)
    }
}

extension CurlHandle {
    fileprivate func connect(to settings: SMTPSettings) {
        let scheme = settings.isImplicitTLS ? "smtps" : "smtp"
        set(CURLOPT_PROTOCOLS_STR, scheme)
        set(CURLOPT_URL, "\(scheme)://\(HostAndPort.text(host: settings.host, port: settings.port))")
        set(CURLOPT_CONNECTTIMEOUT_MS, settings.connectMillisecondsMax)
        set(CURLOPT_TIMEOUT_MS, settings.totalMillisecondsMax)
        set(CURLOPT_USE_SSL, settings.startTLS.level)
        if !settings.checksCertificate {
            set(CURLOPT_SSL_VERIFYPEER, 0)
            set(CURLOPT_SSL_VERIFYHOST, 0)
        }
        if let file = settings.authorityFile { set(CURLOPT_CAINFO, file) }
        if let user = settings.user, let password = settings.password {
            set(CURLOPT_USERNAME, user)
            set(CURLOPT_PASSWORD, password.revealed)
        }
    }
}

extension SMTPSettings.StartTLS {
    fileprivate var level: Int {
        switch self {
        case .required: Int(CURLUSESSL_ALL.rawValue)
        case .whenOffered: Int(CURLUSESSL_TRY.rawValue)
        case .never: Int(CURLUSESSL_NONE.rawValue)
        }
    }
}
