/// The weighted tree from metrics over groups to one score, with its bands (`domain` section 1.8).
package struct HealthModel: Sendable {
    package var id: String
    package var version: Int
    package var groups: [HealthGroup]
    package var caps: [HealthCap]
    /// Best first; each band starts at an integer score, inclusive.
    package var bands: [HealthBand]
    /// Percent of the weight that must be known for a score to be shown at all.
    package var coverageFloor: Int
    /// Percent of a group's weight that must be known for the group to count.
    package var groupCoverageFloor: Int
    /// Points past a band's edge before the displayed band improves.
    package var hysteresisPoints: Int
    /// Days a new band must hold before it is displayed.
    package var dwellDays: Int
    /// Points of change over 28 days that count as a trend.
    package var trendPoints: Int
    package var requirements: RequirementIDs

    package init(id: String) {
        self.id = id
        version = 1
        groups = []
        caps = []
        bands = []
        coverageFloor = 60
        groupCoverageFloor = 50
        hysteresisPoints = 0
        dwellDays = 0
        trendPoints = 2
        requirements = []
    }
}

package struct HealthGroup: Sendable {
    package var id: String
    package var title: String
    /// Parts of the whole; only the relation to the other groups counts.
    package var weight: Int64
    package var components: [HealthComponent]
    package var requirements: RequirementIDs

    package init(id: String, title: String, weight: Int64, components: [HealthComponent]) {
        self.id = id
        self.title = title
        self.weight = weight
        self.components = components
        requirements = []
    }
}

package struct HealthComponent: Sendable {
    package var id: String
    package var title: String
    /// Parts of its group.
    package var weight: Int64
    package var metric: MetricReference
    package var curve: Curve
    package var requirements: RequirementIDs

    package init(id: String, title: String, weight: Int64, metric: MetricReference, curve: Curve) {
        self.id = id
        self.title = title
        self.weight = weight
        self.metric = metric
        self.curve = curve
        requirements = []
    }
}

/// From a metric's value to 0…100 points.
package enum Curve: Hashable, Sendable {
    /// The value itself, clipped to 0…100.
    case identity
    /// Straight lines between (value, points), ascending in value; flat outside.
    case linear([CurvePoint])
    /// The first step whose edge the value passes.
    case steps([CurveStep])
}

package struct CurvePoint: Hashable, Sendable {
    package var value: Double
    package var points: Double

    package init(value: Double, points: Double) {
        self.value = value
        self.points = points
    }
}

package struct CurveStep: Hashable, Sendable {
    package var id: String
    package var title: String
    /// nil for the last step, which takes everything else.
    package var edge: ValueEdge?
    package var points: Double

    package init(id: String, title: String, edge: ValueEdge?, points: Double) {
        self.id = id
        self.title = title
        self.edge = edge
        self.points = points
    }

    package func takes(_ value: Double) -> Bool { edge?.holds(value) ?? true }
}

/// A limit that outweighs the mean while its condition holds; unknown is shown, not applied.
package struct HealthCap: Sendable {
    package var id: String
    package var title: String
    package var when: Condition
    package var pointsMax: Int
    package var requirements: RequirementIDs

    package init(id: String, title: String, when: Condition, pointsMax: Int) {
        self.id = id
        self.title = title
        self.when = when
        self.pointsMax = pointsMax
        requirements = []
    }
}

package struct HealthBand: Hashable, Sendable {
    package var id: String
    package var title: String
    /// Lowest integer score of the band.
    package var from: Int
    /// `#10B981`.
    package var colour: String
    /// What to do with accounts of this band, and what it means, in the vendor's words.
    package var action: String
    package var description: String
    package var tone: Tone
    package var reviewEveryDays: Int?
    package var requirements: RequirementIDs

    package enum Tone: String, Hashable, Sendable, CaseIterable { case good, fair, warning, critical }

    package init(id: String, title: String, from: Int, tone: Tone) {
        self.id = id
        self.title = title
        self.from = from
        self.tone = tone
        colour = ""
        action = ""
        description = ""
        reviewEveryDays = nil
        requirements = []
    }
}
