import TenureCore

/// Days of the tests of renewals and notices, shifted so that what they expect happens on the same days.
private struct TermDays {
    let answers: Answers

    /// Day 0 of the tests in March.
    static let march = "2026-03-02"

    /// When the value must have been shown and the proposal sent, in days before the end.
    var review: Int { answers.renewalDays * 3 / 4 }
    var proposal: Int { answers.renewalDays / 2 }
    /// How long before the end the test account may give notice: late enough not to be near while it is prepared.
    var notice: Int { min(30, answers.renewalDays - 19 - answers.noticeDays, proposal - 12) }
    /// The renewal comes near on day 32.
    var end: Int { 32 + answers.renewalDays }

    func date(_ day: Int, from start: String = march) -> String {
        Day(text: start).map { ($0 + Int32(day)).text } ?? start
    }
}

extension TextEdits {
    /// When renewals begin and when somebody asks before the notice date.
    mutating func workInTerms(_ answers: Answers) {
        let days = TermDays(answers: answers)
        workInRenewalDays(answers.renewalDays, days)
        workInNoticeDays(answers.noticeDays, days)
        workInComingRenewal(days)
        workInNeglectedRenewal(days)
    }

    private mutating func workInRenewalDays(_ count: Int, _ days: TermDays) {
        replace("signals.yaml", "title: Renewal in 120 days", "title: Renewal in \(count) days")
        replace("signals.yaml", "days_until(\"term_end\") <= 120'", "days_until(\"term_end\") <= \(count)'   # your answer: change it here")
        replace("signals.yaml", "The term ends within 120 days", "The term ends within \(count) days")
        replace("messages/renewal_brief.mustache", "within 120 days", "within \(count) days")
        replace("plays_commercial.yaml", "days_until(\"term_end\") > 120'", "days_until(\"term_end\") > \(count)'")
        replace("plays_commercial.yaml", "\"account:term_end\", due: -90d}", "\"account:term_end\", due: -\(days.review)d}")
        replace("plays_commercial.yaml", "\"account:term_end\", due: -60d}", "\"account:term_end\", due: -\(days.proposal)d}")
    }

    private mutating func workInNoticeDays(_ count: Int, _ days: TermDays) {
        let tests = "tests/commercial.yaml"
        replace("signals.yaml", "title: Notice date in 30 days", "title: Notice date in \(count) days")
        replace("signals.yaml", "days_until(\"notice_by\") <= 30'", "days_until(\"notice_by\") <= \(count)'   # your answer: change it here")
        replace("signals.yaml", "can give notice for 30 more days", "can give notice for \(count) more days")
        replace("messages.yaml", "notice date in 30 days", "notice date in \(count) days")
        replace(tests, "title: 30 days before the last day", "title: \(count) days before the last day")
        replace(tests, "notice is thirty days after", "notice is \(count) days after", times: 2)
        replace(tests, "notice_by: 2026-04-20", "notice_by: \(days.date(19 + count))")
        replace(tests, "notice_by: 2027-01-23", "notice_by: \(days.date(3 + count, from: "2026-12-21"))")
        replace(tests, "notice_by: 2027-01-30", "notice_by: \(days.date(3 + count, from: "2026-12-28"))")
    }

    private mutating func workInComingRenewal(_ days: TermDays) {
        let tests = "tests/commercial.yaml"
        let count = days.answers.renewalDays
        replace(tests, "title: 120 days before the end", "title: \(count) days before the end")
        replace(tests, "renewal.days_to, value: 120}", "renewal.days_to, value: \(count)}")
        replace(tests, "\"120 days\"", "\"\(count) days\"")
        replace(
            tests, "term_end: 2026-08-01, notice_by: 2026-07-02,",
            "term_end: \(days.date(days.end)), notice_by: \(days.date(days.end - days.notice)),", times: 2)
        replace(tests, "2026-05-03T00:00:00Z", "\(days.date(days.end - days.review))T00:00:00Z")
        replace(tests, "2026-06-02T00:00:00Z", "\(days.date(days.end - days.proposal))T00:00:00Z")
        replace(tests, "2026-06-25T00:00:00Z", "\(days.date(days.end - days.notice - 7))T00:00:00Z")
        replace(tests, "term_end: 2026-06-01,", "term_end: \(days.date(min(91, count - 29))),")
    }

    private mutating func workInNeglectedRenewal(_ days: TermDays) {
        let tests = "tests/commercial.yaml"
        let (review, proposal) = (days.end - days.review, days.end - days.proposal)
        let decision = days.end - days.notice - 7
        replace(tests, "    days: 116\n", "    days: \(decision + 1)\n")
        replace(tests, "{days: 0..116,", "{days: 0..\(decision + 1),")
        replace(tests, "{day: 65, event: task.completed", "{day: \(review + 3), event: task.completed", times: 3)
        replace(tests, "{day: 95, event: task.completed", "{day: \(proposal + 3), event: task.completed", times: 2)
        replace(tests, "{day: 62, message: step_overdue", "{day: \(review), message: step_overdue")
        replace(tests, "{day: 92, message: step_overdue", "{day: \(proposal), message: step_overdue")
        replace(tests, "{day: 115, message: step_overdue", "{day: \(decision), message: step_overdue")
    }

    /// A ticket at 11:00 and one at the opening of the day, due so many hours later on the same day.
    mutating func workInSupport(_ answers: Answers) {
        let hours = answers.urgentHours
        replace("signals.yaml", "respond_within: 4bh", "respond_within: \(hours)bh   # your answer: change it here and in plays_service.yaml")
        replace("plays_service.yaml", "window: {from: start, due: 4bh}", "window: {from: start, due: \(hours)bh}")
        replace("tests/support.yaml", "respond_within: 4bh", "respond_within: \(hours)bh")
        replace("tests/support.yaml", "role:head_of_cs, at: \"15:00\"", "role:head_of_cs, at: \"\(padded(11 + hours, 2)):00\"")
        replace("tests/support.yaml", "2026-04-07T15:00:00Z", "2026-04-07T\(padded(11 + hours, 2)):00:00Z")
        replace("tests/support.yaml", "2026-05-01T13:00:00Z", "2026-05-01T\(padded(9 + hours, 2)):00:00Z")
    }
}
