import TenureCore
import TenureProgramme

extension Turn {
    mutating func concludeHealth() {
        guard let reading = snapshot.health else { return }
        if isNews(reading) { decide(.health(.scoreMoved(reading))) }
        showBand(reading)
    }

    /// What people see changed: the integer, what is known, or the caps.
    private func isNews(_ reading: HealthReading) -> Bool {
        guard let last = state.conclusions.health.reading else { return true }
        return last.score != reading.score || last.caps != reading.caps || last.band != reading.band
    }

    /// The displayed band follows the raw one at once when it gets worse, after hysteresis when better, after the dwell
    /// in either direction; an unknown score holds it.
    private mutating func showBand(_ reading: HealthReading) {
        let shown = state.conclusions.health.displayedBand
        guard let band = reading.band, let score = reading.score else { return }
        guard let shown, programme.programme.health.bands.indices.contains(shown) else {
            return decide(.health(.bandChanged(from: shown, to: band)))
        }
        guard band != shown, isPastHysteresis(score, from: shown, to: band) else {
            if state.conclusions.health.waitingBand != nil { decide(.health(.bandWaiting(nil, since: nil))) }
            return
        }
        wait(for: band, from: shown)
    }

    private func isPastHysteresis(_ score: Int, from shown: Int, to band: Int) -> Bool {
        let model = programme.programme.health
        guard band < shown else { return true }
        return score >= model.bands[band].from + model.hysteresisPoints || band < shown - 1
    }

    private mutating func wait(for band: Int, from shown: Int) {
        let dwell = Int32(programme.programme.health.dwellDays)
        let health = state.conclusions.health
        if dwell == 0 { return decide(.health(.bandChanged(from: shown, to: band))) }
        guard health.waitingBand == band, let since = health.waitingSince else {
            return decide(.health(.bandWaiting(band, since: snapshot.today)))
        }
        if snapshot.today - since >= dwell { decide(.health(.bandChanged(from: shown, to: band))) }
    }

    /// At local midnight: the day that ended is kept with its whole reading and every metric.
    mutating func closeHealthDay(_ day: Day, _ metrics: MetricVector) {
        guard let reading = snapshot.health else { return }
        let isBelow = reading.score.map { $0 < programme.bestBandFrom } ?? false
        let since = isBelow ? state.conclusions.health.belowBestSince ?? day : nil
        decide(.health(.dayClosed(day, reading, belowBestSince: since, metrics)))
    }
}
