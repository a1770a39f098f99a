import TenureProgramme

/// A band as word, shape and colour: whoever cannot see one of them has the others.
struct BandBadge {
    let title: String
    /// Class of the stylesheet: `good`, `fair`, `warning`, `critical`, `unknown`.
    let tone: String
    let shape: String

    init(_ band: HealthBand?) {
        title = band?.title ?? "Unknown"
        tone = band?.tone.rawValue ?? "unknown"
        shape = Self.shape(band?.tone)
    }

    init(_ band: KPIBand?) {
        title = band?.title ?? "Unknown"
        tone = band?.tone.rawValue ?? "unknown"
        shape = Self.shape(band?.tone)
    }

    init(_ title: String, _ tone: HealthBand.Tone?) {
        self.title = title
        self.tone = tone?.rawValue ?? "unknown"
        shape = Self.shape(tone)
    }

    private static func shape(_ tone: HealthBand.Tone?) -> String {
        switch tone {
        case .good?: "●"
        case .fair?: "◆"
        case .warning?: "▲"
        case .critical?: "■"
        case nil: "○"
        }
    }
}
