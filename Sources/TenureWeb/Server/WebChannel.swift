import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1

/// Hummingbird's channel, with a look at the version of each request before it is forgotten.
struct WebChannel: ServerChildChannel {
    let inner: HTTP1Channel

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
        inner.setup(channel: channel, logger: logger).flatMapThrowing { value in
            let pipeline = channel.pipeline.syncOperations
            let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
            try pipeline.addHandler(HostOfOldRequests(), position: .after(decoder))
            try pipeline.addHandler(UnwantedBodies(), position: .after(decoder))
            try pipeline.addHandler(SlowReaders(), position: .first)
            return value
        }
    }

    @concurrent func handle(value: HTTP1Channel.Value, logger: Logger) async {
        await inner.handle(value: value, logger: logger)
    }
}

/// HTTP/1.0 may leave Host out, as health checks of proxies do; HTTP/1.1 may not. What comes behind knows no versions:
/// an old request gets an empty Host here, and the site refuses whoever has none.
final class HostOfOldRequests: ChannelInboundHandler, RemovableChannelHandler, Sendable {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = unwrapInboundIn(data), head.version == .http1_0,
            !head.headers.contains(name: "Host")
        else { return context.fireChannelRead(data) }
        head.headers.add(name: "Host", value: "")
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }
}

/// Cuts a peer that still sends a body a while after its request was answered: what is left of it is read and thrown away,
/// and a byte now and then would hold the connection for good. On the event loop alone.
final class UnwantedBodies: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// Requests of the connection that have come whole, and those that are answered; the next may come before.
    private var (received, answered) = (0, 0)
    private var cut: Scheduled<Void>?

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .end = unwrapInboundIn(data) {
            received += 1
            if received >= answered { stopWaiting() }
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) {
            answered += 1
            if received < answered, cut == nil {
                let channel = context.channel
                cut = context.eventLoop.scheduleTask(in: WebLimits.unwantedBodyTimeout) { channel.close(promise: nil) }
            }
        }
        context.write(data, promise: promise)
    }

    func channelInactive(context: ChannelHandlerContext) {
        stopWaiting()
        context.fireChannelInactive()
    }

    private func stopWaiting() {
        cut?.cancel()
        cut = nil
    }
}

/// Cuts a peer that has taken nothing for a while of what waits for it. On the event loop alone.
final class SlowReaders: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private var cut: Scheduled<Void>?

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        cut?.cancel()
        cut = nil
        if !context.channel.isWritable {
            let channel = context.channel
            cut = context.eventLoop.scheduleTask(in: WebLimits.slowReaderTimeout) { channel.close(promise: nil) }
        }
        context.fireChannelWritabilityChanged()
    }

    func channelInactive(context: ChannelHandlerContext) {
        cut?.cancel()
        cut = nil
        context.fireChannelInactive()
    }
}
