import TenureCore
import TenureRuntime
import Testing

struct EventCheckTests {
    private func arrival(_ type: String, _ data: JSONObject = [:], occurred: Instant? = nil) -> Arrival {
        Arrival(id: "e", source: "test", type: type, subject: .account("acme"), occurred: occurred, data: data)
    }

    @Test func `an event is held against the type that the programme declares`() throws {
        let check = EventCheck(try makeProgramme())
        #expect(check.refusal(arrival("report.exported", ["format": "pdf"]), received: noon) == nil)
        #expect(check.refusal(arrival("report.exported"), received: noon)?.code == "contract-violation")
        let wrong = check.refusal(arrival("report.exported", ["format": "doc"]), received: noon)
        #expect(wrong?.pointer == "/data/format")
        #expect(check.refusal(arrival("user.session"), received: noon) == nil)
        #expect(check.refusal(arrival("nobody.declared.this"), received: noon) == nil)
    }

    @Test func `a time more than a day ahead is refused, whatever the type`() throws {
        let check = EventCheck(try makeProgramme())
        let day = 24 * Milliseconds.hour
        #expect(check.refusal(arrival("x", occurred: noon + day), received: noon) == nil)
        #expect(check.refusal(arrival("x", occurred: noon + day + 1), received: noon)?.code == "timestamp-in-future")
    }
}
