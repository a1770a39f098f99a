import Logging
import TenureCore
import TenureRuntime
import Testing

@testable import TenureWeb

struct ServerTests {
    @Test func `a taken port is told by its name and number`() async throws {
        let house = House(url: "http://localhost", clock: { TestHouse.now })
        let logger = Logger(label: "test")
        let (ports, told) = AsyncStream<Int>.makeStream()
        let first = WebServer(house: house, listen: ("127.0.0.1", 0), logger: logger) { told.yield($0) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await first.run() }
            var iterator = ports.makeAsyncIterator()
            let port = try #require(await iterator.next())
            #expect(port > 0)
            let error = await #expect(throws: CannotListen.self) {
                try await WebServer(house: house, listen: ("127.0.0.1", port), logger: logger).run()
            }
            #expect(error?.isInUse == true)
            #expect(
                error?.description == "127.0.0.1:\(port) is in use by another program; choose another port")
            group.cancelAll()
        }
    }

    @Test func `a number that is no port is refused`() async throws {
        let house = House(url: "http://localhost", clock: { TestHouse.now })
        await #expect(throws: CannotListen.self) {
            try await WebServer(house: house, listen: ("127.0.0.1", 80_920), logger: Logger(label: "test"))
                .run()
        }
    }
}
