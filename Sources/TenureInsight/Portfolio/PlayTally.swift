import TenureCore
import TenureEngine

/// What became of an account's plays and of their steps. A start that was undone counts nowhere.
struct PlayTally {
    private static let yearDays: Int64 = 366
    private static let stepDays: Int64 = 90

    private let plays: [PlayInstance]
    private let now: Instant

    init(_ plays: [PlayInstance], now: Instant) {
        self.plays = plays.filter { !$0.isUndone }
        self.now = now
    }

    /// nil: there is nothing to count.
    func part(_ measure: PortfolioFigure.PlayMeasure) -> PortfolioPart? {
        switch measure {
        case .running: counted(plays.count(where: \.isRunning), of: 0)
        case .completed:
            counted(begun.count { $0.ended?.outcome == PlayInstance.completed }, of: begun.count)
        case .stepsInTime: counted(done.count { $0.isInTime == true }, of: done.count + overdue)
        }
    }

    private func counted(_ part: Int, of whole: Int) -> PortfolioPart? {
        part == 0 && whole == 0 ? nil : PortfolioPart(part: Double(part), whole: Double(whole))
    }

    private var begun: [PlayInstance] { plays.filter { now - $0.started <= Self.yearDays * Milliseconds.day } }

    /// Steps with a date that were done lately, of plays that run and of those that ended.
    private var done: [StepInstance] {
        plays.flatMap(\.steps).filter { step in
            guard step.state == .done, step.due != nil, let settled = step.settledAt else { return false }
            return now - settled <= Self.stepDays * Milliseconds.day
        }
    }

    /// Open steps whose date is over; what an ended play left undone is nobody's debt.
    private var overdue: Int {
        plays.filter(\.isRunning).flatMap(\.steps).count { step in
            guard step.state == .ready, let due = step.due else { return false }
            return due < now && now - due <= Self.stepDays * Milliseconds.day
        }
    }
}

extension StepInstance {
    /// nil: it has no date, or is not done.
    fileprivate var isInTime: Bool? {
        guard let due, let settledAt else { return nil }
        return settledAt <= due
    }
}
