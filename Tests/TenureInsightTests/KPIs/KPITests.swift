import TenureCore
import TenureProgramme
import Testing

@testable import TenureInsight

private let calls = MetricReference(metric: "calls", windowDays: 7)
private let active = MetricReference(metric: "active", windowDays: nil)

/// What values of a KPI come to.
@Suite struct KPIJudgementTests {
    private func kpi(_ better: KPI.Direction, target: ValueEdge? = nil, _ edges: [ValueEdge?], within: Double = 0) -> KPI {
        var kpi = KPI(id: "k", title: "K", measure: .account(calls), better: better)
        kpi.target = target
        kpi.bands = edges.enumerated().map { KPIBand(id: "b\($0)", title: "B", tone: .good, edge: $1) }
        kpi.deadZone = within
        return kpi
    }

    @Test(arguments: [(90.1, "b0"), (90, "b1"), (80, "b1"), (79.9, "b2"), (-5, "b2")])
    func `more is better: an edge is in the band that names it, or below a strict one`(value: Double, band: String) {
        #expect(kpi(.up, [.above(90), .atLeast(80), nil]).band(of: value)?.id == band)
    }

    @Test(arguments: [(6.9, "b0"), (7, "b1"), (14, "b1"), (14.1, "b2")])
    func `less is better: the same the other way round`(value: Double, band: String) {
        #expect(kpi(.down, [.below(7), .atMost(14), nil]).band(of: value)?.id == band)
    }

    @Test func `a target is told beside the band`() {
        let kpi = kpi(.up, target: .atLeast(90), [.above(90), .atLeast(80), nil])
        #expect(kpi.judgement(of: 90, was: nil) == KPIJudgement(band: "b1", isOnTarget: true, trend: nil))
        #expect(kpi.judgement(of: 89.9, was: nil).isOnTarget == false)
        #expect(self.kpi(.down, target: .below(0.05), []).isOnTarget(0.05) == false)
        #expect(self.kpi(.down, target: .atMost(0.05), []).isOnTarget(0.05) == true)
    }

    @Test func `unknown is no band, not off target and has no trend`() {
        let kpi = kpi(.up, target: .atLeast(1), [.above(2), nil])
        #expect(kpi.judgement(of: nil, was: 3) == KPIJudgement(band: nil, isOnTarget: nil, trend: nil))
        #expect(kpi.trend(from: nil, to: 3) == nil)
        #expect(self.kpi(.up, []).judgement(of: 3, was: nil) == KPIJudgement(band: nil, isOnTarget: nil, trend: nil))
    }

    @Test(arguments: [(52.0, KPITrend.stable), (52.1, .improving), (48, .stable), (47.9, .declining), (50, .stable)])
    func `a trend begins beyond the dead zone`(value: Double, trend: KPITrend) {
        #expect(kpi(.up, [], within: 2).trend(from: 50, to: value) == trend)
        let opposite: KPITrend = trend == .stable ? .stable : trend == .improving ? .declining : .improving
        #expect(kpi(.down, [], within: 2).trend(from: 50, to: value) == opposite)
    }

    @Test func `a change is what people can subtract, not its last binary digit`() {
        // 1.1 - 1.0 is 0.10000000000000009.
        #expect(kpi(.up, [], within: 0.1).trend(from: 1.0, to: 1.1) == .stable)
        #expect(kpi(.up, []).trend(from: 0.3, to: 0.1 + 0.2) == .stable)
    }

    @Test func `edges that look the same way include each other or do not`() {
        #expect(ValueEdge.atLeast(5).includes(.above(5)) && !ValueEdge.above(5).includes(.atLeast(5)))
        #expect(ValueEdge.above(5).includes(.above(5)) && ValueEdge.atLeast(5).includes(.atLeast(5)))
        #expect(ValueEdge.above(5).includes(.atLeast(6)) && !ValueEdge.above(6).includes(.atLeast(5)))
        #expect(ValueEdge.atMost(5).includes(.below(5)) && !ValueEdge.below(5).includes(.atMost(5)))
        #expect(ValueEdge.below(6).includes(.atMost(5)) && !ValueEdge.below(5).includes(.atMost(6)))
    }
}

/// What KPIs come to over accounts.
@Suite struct KPIValueTests {
    /// nil: the metric is unknown.
    private func value(_ measure: KPIMeasure, _ accounts: [(calls: Double?, active: Double?)]) -> KPIValue {
        let metrics = accounts.enumerated().map { number, account in
            KPIMetrics(account: AccountID("a\(number)"), [calls, active]) { $0 == calls ? account.calls : account.active }
        }
        return KPIValue(KPI(id: "k", title: "K", measure: measure, better: .up), over: metrics)
    }

    private let four: [(Double?, Double?)] = [(10, 1), (0, 0), (nil, 1), (30, nil)]

    @Test func `a share is of the accounts that know`() {
        let share = value(.share(KPIRange(metric: calls, edge: .above(0)), among: nil), four)
        #expect(share.value == KPI.rounded(200.0 / 3))
        #expect((share.known, share.accounts) == (3, 4))
    }

    @Test func `among asks only those that pass, and those of whom nobody knows are not among them`() {
        let among = KPIRange(metric: active, edge: .above(0))
        let share = value(.share(KPIRange(metric: calls, edge: .atLeast(10)), among: among), four)
        #expect((share.value, share.known) == (100, 1))
        #expect(value(.mean(calls, among: among), four).value == 10)
        #expect(value(.count(KPIRange(metric: calls, edge: .atLeast(1)), among: nil), four).value == 2)
    }

    @Test func `means, medians and sums leave out what is unknown`() {
        #expect(value(.account(calls), four).value == KPI.rounded(40.0 / 3))
        #expect(value(.median(calls, among: nil), four).value == 10)
        #expect(value(.median(calls, among: nil), [(1, nil), (4, nil)]).value == 2.5)
        #expect(value(.sum(calls, among: nil), four).value == 40)
    }

    @Test func `a ratio adds up before it divides`() {
        let ratio = KPIMeasure.ratio(of: calls, to: active, scale: 100, isRounded: false)
        #expect(value(ratio, [(1, 2), (3, 4), (9, nil)]).value == KPI.rounded(400.0 / 6))
        #expect(value(.ratio(of: calls, to: active, scale: 100, isRounded: true), [(1, 2), (3, 4)]).value == 67)
        #expect(value(.ratio(of: calls, to: active, scale: 100, isRounded: true), [(-1, 200)]).value == -1)
        #expect(value(ratio, [(1, 0)]).value == nil)
    }

    @Test func `nobody who knows is unknown, and not zero`() {
        let none: [(Double?, Double?)] = [(nil, nil), (nil, 1)]
        for measure: KPIMeasure in [
            .account(calls), .share(KPIRange(metric: calls, edge: .above(0)), among: nil),
            .count(KPIRange(metric: calls, edge: .above(0)), among: nil), .sum(calls, among: nil), .median(calls, among: nil),
        ] {
            #expect(value(measure, none).value == nil)
            #expect(value(measure, []).value == nil)
        }
    }

    @Test func `every rate is a figure of revenue in percent`() {
        for rate in KPIMeasure.RevenueRate.allCases {
            #expect(RevenueFigure(rawValue: rate.rawValue)?.unit == .percent, "\(rate)")
        }
    }
}
