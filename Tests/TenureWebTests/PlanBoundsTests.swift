import TenureCore
import TenureWeb
import Testing

/// Bounds on a plan, by hand.
struct PlanBoundsTests {
    private func plan(alerts: (Int64, Int64), warned: (Int64, Int64), of judged: Int64) -> JSON {
        let side = { (alerts: Int64, warned: Int64) -> JSON in
            ["alerts": .int(alerts), "warned_60_days_before": .int(warned), "notices_judged": .int(judged)]
        }
        return ["past": ["outcomes": ["recorded": side(alerts.0, warned.0), "replayed": side(alerts.1, warned.1)]]]
    }

    @Test func `a rise up to the bound passes, and one beyond it is told with both numbers`() {
        let bounds = PlanBounds(alertsMaxRise: 10)
        #expect(bounds.broken(by: plan(alerts: (40, 44), warned: (0, 0), of: 0)) == [])
        #expect(bounds.broken(by: plan(alerts: (40, 12), warned: (0, 0), of: 0)) == [])
        #expect(
            bounds.broken(by: plan(alerts: (40, 45), warned: (0, 0), of: 0)) == [
                "Alerts would rise by 12.5 %, from 40 to 45: --alerts-max-rise allows 10 %."
            ])
        #expect(
            bounds.broken(by: plan(alerts: (0, 1), warned: (0, 0), of: 0)) == [
                "Alerts would rise, from 0 to 1: --alerts-max-rise allows 10 %."
            ])
    }

    @Test func `a fall of recall is counted in points`() {
        let bounds = PlanBounds(recallMaxFall: 25)
        #expect(bounds.broken(by: plan(alerts: (0, 0), warned: (3, 2), of: 4)) == [])
        #expect(bounds.broken(by: plan(alerts: (0, 0), warned: (2, 4), of: 4)) == [])
        #expect(
            bounds.broken(by: plan(alerts: (0, 0), warned: (3, 1), of: 6)) == [
                "Customers warned in time would fall by 33.3 points, from 3 to 1 of 6: --recall-max-fall allows 25."
            ])
    }

    @Test func `both may be broken, none is when none is given, and nothing to judge by is told`() {
        let worse = plan(alerts: (1, 9), warned: (1, 0), of: 1)
        #expect(PlanBounds(alertsMaxRise: 0, recallMaxFall: 0).broken(by: worse).count == 2)
        #expect(PlanBounds().broken(by: worse) == [])
        let nobody = plan(alerts: (1, 1), warned: (0, 0), of: 0)
        #expect(PlanBounds(recallMaxFall: 0).broken(by: nobody) == [])
        #expect(PlanBounds(recallMaxFall: 0).untold(by: nobody).count == 1)
        #expect(PlanBounds(alertsMaxRise: 0).untold(by: nobody) == [] && PlanBounds(recallMaxFall: 0).untold(by: worse) == [])
    }
}
