import HTTPTypes
import TenureCore

extension Answer {
    static func json(
        _ value: JSON, status: HTTPResponse.Status = .ok, type: String = "application/json"
    ) -> Answer {
        Answer(status, fields: [.contentType: type], body: value.bytes)
    }

    static func text(_ text: String, type: String = "text/plain; charset=utf-8") -> Answer {
        Answer(.ok, fields: [.contentType: type], body: Array(text.utf8))
    }

    static func html(_ text: String, status: HTTPResponse.Status = .ok) -> Answer {
        Answer(status, fields: [.contentType: "text/html; charset=utf-8"], body: Array(text.utf8))
    }

    /// After a form: the browser fetches the page anew, so that a reload repeats nothing.
    static func seeOther(_ path: String) -> Answer { Answer(.seeOther, fields: [.location: path]) }

    /// Says how long it took to make, in milliseconds, as browsers show it beside the network's time.
    func timed(since began: ContinuousClock.Instant) -> Answer {
        let milliseconds = (ContinuousClock.now - began) / .milliseconds(1)
        return adding(.serverTiming, "page;dur=\((milliseconds * 100).rounded() / 100)")
    }

    func adding(_ name: HTTPField.Name, _ value: String) -> Answer {
        var answer = self
        answer.fields[name] = value
        return answer
    }
}
