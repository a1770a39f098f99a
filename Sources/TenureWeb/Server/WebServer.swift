import HTTPTypes
import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
package import TenureRuntime

/// The HTTP server of a house: binds, serves until it is told to stop, and lets open requests finish.
package struct WebServer: Sendable {
    private let site: Site
    private let host: String
    private let port: Int
    private let logger: Logger
    private let onListening: @Sendable (_ port: Int) async -> Void

    /// - Parameters:
    ///   - listen: port 0 takes any free one.
    ///   - onListening: told the port once requests are taken.
    package init(
        house: House, listen: (host: String, port: Int), logger: Logger,
        onListening: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) {
        site = Site(house: house, logger: logger)
        (host, port) = listen
        self.logger = logger
        self.onListening = onListening
    }

    /// Ends what never ends by itself, so that a graceful stop comes to its end.
    package func endStreams() { site.house.listeners.close() }

    /// Returns after a graceful stop; throws `CannotListen` when the address is not to be had.
    package func run() async throws {
        let (host, port, onListening) = (host, port, onListening)
        guard (0...65_535).contains(port) else {
            throw CannotListen(host: host, port: port, code: nil, detail: "a port is 0 to 65535")
        }
        let application = Application(
            responder: SiteResponder(site: site), server: Self.http,
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: port),
                availableConnectionsDelegate: .maximum(WebLimits.connectionsMax, logger: logger)),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? port) },
            logger: logger)
        do {
            try await application.run()
        } catch let error as IOError {
            throw CannotListen(host: host, port: port, code: error.errnoCode)
        } catch let error as CancellationError {
            throw error
        } catch {
            throw CannotListen(host: host, port: port, code: nil, detail: "the address cannot be resolved")
        }
    }

    private static var http: HTTPServerBuilder {
        let configuration = HTTP1Channel.Configuration(
            idleTimeout: WebLimits.idleTimeout,
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: WebLimits.headerBytesParsed,
                maxHeaderListSize: WebLimits.headerBytesParsed,
                maxHeaderFieldCount: WebLimits.headerFieldsParsed))
        return HTTPServerBuilder { responder in
            WebChannel(inner: HTTP1Channel(responder: responder, configuration: configuration))
        }
    }
}

/// The address is taken, not this machine's, or needs a right that we lack.
package struct CannotListen: Error, Hashable, Sendable, CustomStringConvertible {
    package var host: String
    package var port: Int
    /// The system's error number; nil when it did not come so far.
    package var code: Int32?
    var detail: String?

    package init(host: String, port: Int, code: Int32?, detail: String? = nil) {
        self.host = host
        self.port = port
        self.code = code
        self.detail = detail
    }

    package var isInUse: Bool { code == Self.addressInUse }
    /// `EADDRINUSE` of Linux.
    private static let addressInUse: Int32 = 98

    package var description: String {
        if isInUse { return "\(host):\(port) is in use by another program; choose another port" }
        return "cannot listen on \(host):\(port): "
            + (detail ?? code.map { "system error \($0)" } ?? "unknown")
    }
}
