import Testing

@testable import TenureWeb

/// A form with files, however its bytes are cut.
struct MultipartReaderTests {
    private static let type = "multipart/form-data; boundary=----x1"

    private static let form =
        "------x1\r\nContent-Disposition: form-data; name=\"form_token\"\r\n\r\nsecret\r\n"
        + "------x1\r\nContent-Disposition: form-data; name=\"accounts\"; filename=\"my %22crm%22.csv\"\r\n"
        + "Content-Type: text/csv\r\n\r\nid,name\r\n1,A\r\n--\r\n------x\r\n"
        + "\r\n------x1\r\nContent-Disposition: form-data; name=\"events\"; filename=\"\"\r\n\r\n\r\n------x1--\r\n"

    private static let events: [MultipartReader.Event] = [
        .part(name: "form_token", file: nil), .bytes(Array("secret".utf8)), .partEnd,
        .part(name: "accounts", file: "my \"crm\".csv"),
        .bytes(Array("id,name\r\n1,A\r\n--\r\n------x\r\n".utf8)), .partEnd,
        .part(name: "events", file: ""), .partEnd,
    ]

    /// With bytes that follow each other joined.
    private func read(
        _ text: String, by size: Int, type: String = type
    ) throws -> (events: [MultipartReader.Event], isOver: Bool) {
        var reader = try #require(MultipartReader(contentType: type))
        var events: [MultipartReader.Event] = []
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: size) {
            for event in try reader.feed(Array(bytes[start..<min(start + size, bytes.count)])) {
                if case .bytes(let more) = event, case .bytes(let known)? = events.last {
                    events[events.count - 1] = .bytes(known + more)
                } else {
                    events.append(event)
                }
            }
        }
        return (events, reader.isOver)
    }

    @Test(arguments: [1, 2, 3, 7, 64, 10_000])
    func `the parts are the same, however the bytes are cut`(size: Int) throws {
        let found = try read(Self.form, by: size)
        #expect(found.events == Self.events)
        #expect(found.isOver)
    }

    @Test func `a form that breaks off is not over`() throws {
        for end in stride(from: 1, to: Self.form.utf8.count - 6, by: 5) {
            let start = String(decoding: Array(Self.form.utf8).prefix(end), as: UTF8.self)
            #expect(try !read(start, by: 64).isOver)
        }
    }

    @Test func `what is no form of ours is refused`() {
        for type in [
            "text/csv", "multipart/form-data", "multipart/form-data; boundary=",
            "multipart/mixed; boundary=x",
        ] {
            #expect(MultipartReader(contentType: type) == nil)
        }
        for text in [
            "------x1xx", "------x1\r\nX: y\r\n\r\n", "------x1\r\n" + String(repeating: "h", count: 5_000),
        ] {
            #expect(throws: Problem.self) { _ = try read(text, by: 64) }
        }
        let many = String(
            repeating: "------x1\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n", count: 33)
        #expect(throws: Problem.self) { _ = try read(many, by: 64) }
    }
}
