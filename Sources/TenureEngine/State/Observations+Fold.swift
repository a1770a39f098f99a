import CEL
import TenureCore
import TenureProgramme

/// What folding a fact may look at besides the state.
struct FoldContext: Sendable {
    let programme: CompiledProgramme
    let zone: ZoneRules
    /// The instant that stands for "recorded" when lateness is judged: behind the import fence it is the account's own
    /// clock, since history is recorded long after it occurred.
    let knownAt: Instant
}

extension Observations {
    /// Folds one fact in. Commutative and, with ids told apart before, idempotent: any order gives the same value.
    ///
    /// - Returns: what may read differently from now on.
    @discardableResult
    mutating func fold(_ fact: Fact, _ context: FoldContext) -> Changes {
        if let plan = context.programme.event(fact.type) { return fold(fact, plan, context) }
        guard !isRetracted(fact) else { return .none }
        switch fact.type {
        case FactType.accountChanged: return foldProfile(fact)
        case FactType.ownerAssigned: return foldOwner(fact)
        case FactType.contactChanged: return foldContact(fact)
        case FactType.gradeGiven: return foldGrade(fact, context)
        case FactType.pulseGiven: return foldPulse(fact)
        case FactType.flagRaised: return foldFlag(fact, true)
        case FactType.flagCleared: return foldFlag(fact, false)
        default:
            unmappedCount = saturatingAdd(unmappedCount, 1)
            return .none
        }
    }

    /// An event, whose plan the caller has found.
    @discardableResult
    mutating func fold(_ event: Fact, _ plan: EventPlan, _ context: FoldContext) -> Changes {
        isRetracted(event) ? .none : foldEvent(event, plan, context)
    }

    private func isRetracted(_ fact: Fact) -> Bool {
        !retracted.isEmpty && isRetracted(Retraction(source: fact.source, id: fact.id))
    }

    private func isRetracted(_ fact: Retraction) -> Bool { retracted.contains(fact) }

    mutating func retract(_ fact: Retraction) {
        guard !isRetracted(fact) else { return }
        retracted.insert(fact, at: retracted.firstIndex { fact < $0 } ?? retracted.count)
    }

    /// The day that every window ends with.
    var today: Day { members.today }

    /// Moves every window on to a day; earlier days change nothing.
    mutating func advance(to day: Day, programme: CompiledProgramme) {
        guard day > today else { return }
        let gap = day - today
        let known = horizon(programme)
        members.advance(to: day)
        useDays.advance(by: gap)
        for index in distincts.indices { distincts[index].advance(by: gap) }
        let oldest = ZoneRules.utc.instant(day: day + -NewestTable.daysMax)
        for index in newestOfEach.indices { newestOfEach[index].forget(before: oldest) }
        let horizon = horizon(programme)
        if horizon > known { forget(through: horizon) }
        forgetClosedEntities(on: day, programme)
    }

    /// The newest day that no window reaches and that is forgotten: it follows from `today` alone, and moves so many days
    /// at a time, so that most days find nothing to do.
    private func horizon(_ programme: CompiledProgramme) -> Day {
        let stride: Int32 = 16
        return Day(number: today.number - (today.number % stride + stride) % stride - Int32(programme.ringDays))
    }

    private mutating func forget(through day: Day) {
        for index in rings.indices { rings[index].forget(through: day) }
        for index in features.indices { features[index].forget(through: day) }
        for index in sketches.indices { sketches[index].forget(through: day) }
    }

    private mutating func forgetClosedEntities(on day: Day, _ programme: CompiledProgramme) {
        guard !entities.rows.isEmpty else { return }
        let before = ZoneRules.utc.instant(day: day + -EntityTable.closedDaysMax)
        entities.forget(touchedBefore: before) { programme.isClosed($0) }
    }
}

// MARK: - What people and records say

extension Observations {
    private mutating func foldProfile(_ fact: Fact) -> Changes {
        for member in fact.data.members { profile.update(member.name, member.value, Version(fact)) }
        revenue.fold(account: fact)
        return Changes(aspects: .profile)
    }

    private mutating func foldOwner(_ fact: Fact) -> Changes {
        guard let role = fact.data["role"]?.string, let person = fact.data["person"] else { return .none }
        profile.update(role, person, Version(fact))
        return Changes(aspects: .profile)
    }

    private mutating func foldContact(_ fact: Fact) -> Changes {
        guard let key = fact.data["contact"]?.string else { return .none }
        if let role = fact.data["role"]?.string { contactRoles.update(key, role, Version(fact)) }
        if let left = fact.data["left"]?.bool { departures.update(key, left, Version(fact)) }
        return Changes(aspects: .people)
    }

    private mutating func foldFlag(_ fact: Fact, _ isRaised: Bool) -> Changes {
        guard let flag = fact.data["flag"]?.string else { return .none }
        flags.update(flag, isRaised, Version(fact))
        return Changes(aspects: .flags)
    }

    private mutating func foldGrade(_ fact: Fact, _ context: FoldContext) -> Changes {
        guard let name = Grade.name(of: fact), let grade = grade(fact, metric: fact.data["metric"]?.string, context)
        else { return .none }
        grades.update(name, grade, Version(fact))
        return Changes(aspects: .grades)
    }

    private mutating func foldPulse(_ fact: Fact) -> Changes {
        guard let points = fact.data["points"]?.number, points >= 0, points <= 100 else { return .none }
        let grade = grade(fact, step: fact.data["grade"]?.string, points: points, expires: expiry(fact, hours: nil))
        if pulse == nil { pulse = Latest(grade, Version(fact)) } else { pulse?.update(grade, Version(fact)) }
        return Changes(aspects: .grades)
    }

    private func grade(_ fact: Fact, metric: String?, _ context: FoldContext) -> Grade? {
        let definition = metric.flatMap { id in context.programme.programme.metrics.first { $0.id == id } }
        if let points = fact.data["points"]?.number, points >= 0, points <= 100 {
            return grade(fact, step: nil, points: points, expires: expiry(fact, hours: definition?.hoursMax))
        }
        guard let id = fact.data["grade"]?.string, case .grade(let scale) = definition?.measure,
            let step = scale.first(where: { $0.id == id })
        else { return nil }
        return grade(fact, step: id, points: step.points, expires: expiry(fact, hours: definition?.hoursMax))
    }

    private func grade(_ fact: Fact, step: String?, points: Double, expires: Instant?) -> Grade {
        Grade(
            step: step, points: points, author: fact.data["author"]?.string ?? fact.source,
            reason: fact.data["reason"]?.string ?? "", given: fact.occurred, expires: expires)
    }

    private func expiry(_ fact: Fact, hours: Int?) -> Instant? {
        let days = fact.data["expires_days"]?.int.flatMap { $0 > 0 && $0 <= 3_660 ? $0 : nil }
        if let days { return fact.occurred + days * Milliseconds.day }
        return hours.map { fact.occurred + Int64($0) * Milliseconds.hour }
    }
}

// MARK: - Events

extension Observations {
    private mutating func foldEvent(_ fact: Fact, _ plan: EventPlan, _ context: FoldContext) -> Changes {
        if let event = plan.revenue { revenue.fold(event, fact) }
        guard context.knownAt - fact.occurred <= latenessWindowMilliseconds else {
            lateCount = saturatingAdd(lateCount, 1)
            return .none
        }
        let day = context.zone.day(at: fact.occurred)
        let known = (first: firstDay, newest: today)
        advance(to: day, programme: context.programme)
        eventCount = saturatingAdd(eventCount, 1)
        firstDay = min(firstDay ?? day, day)
        if plan.type.isActivity { foldActivity(fact, day) }
        foldFeature(fact, day, plan, context)
        if let entity = plan.entity { foldEntity(fact, entity) }
        if plan.isTouch { foldTouch(fact) }
        for feed in plan.feeds { foldFeed(fact, day, feed, context) }
        // Another first day, or one ahead of the account's clock, moves every window.
        guard firstDay == known.first, today == known.newest else { return .all }
        return Changes(aspects: plan.aspects, event: plan)
    }

    private mutating func foldActivity(_ fact: Fact, _ day: Day) {
        lastActivity = max(lastActivity ?? fact.occurred, fact.occurred)
        useDays.mark(today - day)
        if let member = fact.member { members.mark(hash64(member), on: day) }
    }

    private mutating func foldFeature(_ fact: Fact, _ day: Day, _ plan: EventPlan, _ context: FoldContext) {
        guard let field = plan.type.featureField else { return }
        guard let name = fact.data[field]?.string, let index = plan.featureIndex[name] else {
            unmappedCount = saturatingAdd(unmappedCount, 1)
            return
        }
        let count = fact.data["count"]?.int.flatMap { $0 > 0 && $0 <= 1_000_000 ? $0 : nil } ?? 1
        features[index].add(count * 1_000_000, on: day, since: horizon(context.programme))
    }

    private mutating func foldTouch(_ fact: Fact) {
        touch(contact: fact.data["contact"]?.string, role: fact.data["role"]?.string, fact)
        for attendee in fact.data["attendees"]?.array?.prefix(100) ?? [] {
            touch(contact: attendee.object?["contact"]?.string, role: attendee.object?["role"]?.string, fact)
        }
    }

    private mutating func touch(contact: String?, role: String?, _ fact: Fact) {
        if let contact { touches.update("contact:" + contact, true, Version(fact)) }
        if let role { touches.update("role:" + role, true, Version(fact)) }
    }

    private mutating func foldFeed(_ fact: Fact, _ day: Day, _ feed: Feed, _ context: FoldContext) {
        if let when = feed.when, evaluate(when, fact.data).asBool != true { return }
        let additions = feed.additions
        for place in additions.indices {
            guard let amount = amount(additions[place].amount, fact), let micros = micros(amount) else { continue }
            for (target, key) in additions[place].targets { add(amount, micros, to: target, key, fact, day, context) }
        }
    }

    /// nil: the event has no such number.
    private func amount(_ amount: Feed.Amount, _ fact: Fact) -> Double? {
        switch amount {
        case .one: 1
        case .field(let name, isWhole: true): fact.data[name]?.int.map { Double($0) }
        case .field(let name, isWhole: false): fact.data[name]?.number.flatMap { $0.isFinite ? $0 : nil }
        case .computed(let value): evaluate(value, fact.data).asDouble.flatMap { $0.isFinite ? $0 : nil }
        }
    }

    private mutating func add(
        _ amount: Double, _ micros: Int64, to target: SingleFeed.Target, _ key: BoundCondition?, _ fact: Fact, _ day: Day,
        _ context: FoldContext
    ) {
        switch target {
        case .ring(let index): rings[index].add(micros, on: day, since: horizon(context.programme))
        case .lifetime(let index): lifetimes[index] = saturatingAdd(lifetimes[index], micros)
        case .sketch(let index): if day > horizon(context.programme) { sketches[index].add(amount, on: day) }
        case .last(let index): updateLast(index, amount, Version(fact))
        case .distinct(let index, let byMember, let keepsAll):
            guard let value = told(key, target, fact), let member = byMember ? fact.member.map({ hash64($0) }) : 0 else { return }
            distincts[index].mark(value, member: member, on: day, today: today, keepsAll: keepsAll)
        case .newestOfEach(let index):
            let one = told(key, target, fact) ?? hash64(fact.source, fact.id)
            newestOfEach[index].update(one, amount, Version(fact))
        case .instants(let index):
            firsts[index] = min(firsts[index] ?? fact.occurred, fact.occurred)
            newests[index] = max(newests[index] ?? fact.occurred, fact.occurred)
        }
    }

    /// The hash of what the feed tells apart: a value of the event, or where it names none, the member; nil: neither.
    private func told(_ key: BoundCondition?, _ target: SingleFeed.Target, _ fact: Fact) -> UInt64? {
        guard let key else {
            if case .newestOfEach = target { return nil }
            return fact.member.map { hash64($0) }
        }
        switch evaluate(key, fact.data) {
        case .string(let text): return hash64(text)
        case .int(let number): return hash64(String(number))
        case .bool(let flag): return hash64(String(flag))
        case .double(let number): return number.isFinite ? hash64("\(number)") : nil
        case _: return nil
        }
    }

    private mutating func updateLast(_ index: Int, _ amount: Double, _ version: Version) {
        if lasts[index] == nil { lasts[index] = Latest(amount, version) } else { lasts[index]?.update(amount, version) }
    }

    private func evaluate(_ condition: BoundCondition, _ data: JSONObject) -> Value {
        condition.condition.program.evaluate(EventSlots(condition: condition, data: data))
    }

    private mutating func foldEntity(_ fact: Fact, _ plan: EntityPlan) {
        guard let key = fact.data[plan.keyField].flatMap(Self.keyText) else { return }
        let version = Version(fact)
        let marks = plan.marks.filter { mark in mark.when.map { evaluate($0, fact.data).asBool == true } ?? true }
        entities.update(kind: plan.kind, key: key, fieldCount: plan.fieldCount, at: fact.occurred) { entity in
            for mark in marks { entity.trail.add(.bool(true), at: mark.place, version) }
            for (place, source, trail) in plan.sets {
                guard let value = Self.value(source, fact) else { continue }
                if let trail { entity.trail.add(value, at: trail, version) }
                if entity.fields[place] == nil {
                    entity.fields[place] = Latest(value, version)
                } else {
                    entity.fields[place]?.update(value, version)
                }
            }
        }
    }

    private static func keyText(_ value: JSON) -> String? { value.string ?? value.int.map { String($0) } }

    private static func value(_ source: EntityChange.Source, _ fact: Fact) -> JSON? {
        switch source {
        case .field(let name): fact.data[name]
        case .occurred: .string(fact.occurred.text)
        case .constant(.text(let text)): .string(text)
        case .constant(.number(let number)): .double(number)
        case .constant(.flag(let flag)): .bool(flag)
        }
    }
}

extension CompiledProgramme {
    func isClosed(_ row: Entity) -> Bool {
        guard let index = entityIndex[row.kind], let field = entities[index].closedField,
            let place = entities[index].fields.firstIndex(where: { $0.id == field }),
            row.fields.indices.contains(place), let value = row.fields[place]?.value.string
        else { return false }
        return entities[index].closedValues.contains(value)
    }
}
