extension Delivery {
    /// The same mail to somebody who tries things out: the envelope leads there, and subject and a header say for whom it
    /// was. Everything else stays byte for byte.
    func redirected(to address: String) -> Delivery {
        var redirected = self
        redirected.address = address
        redirected.body = Array("X-Tenure-Test-For: \(self.address)\r\n".utf8) + marked
        return redirected
    }

    private var marked: [UInt8] {
        let subject = Array("\r\nSubject: ".utf8)
        guard let place = body.firstRange(of: subject) else { return body }
        return Array(body[..<place.upperBound]) + Array("[Test for \(address)] ".utf8) + body[place.upperBound...]
    }
}
