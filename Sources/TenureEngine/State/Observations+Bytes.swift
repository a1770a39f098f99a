import TenureCore

extension ByteWriter {
    package mutating func write(_ observations: Observations) {
        write(named: observations.profile) { $0.write($1) }
        write(named: observations.contactRoles) { $0.write($1) }
        write(named: observations.departures) { $0.write($1) }
        write(named: observations.grades) { $0.write($1) }
        write(named: observations.flags) { $0.write($1) }
        write(observations.pulse) { $0.write(latest: $1) { $0.write($1) } }
        write(named: observations.touches) { $0.write($1) }
        write(observations.members)
        write(observations.entities)
        write(observations.revenue)
        write(list: observations.rings) { $0.write($1) }
        write(list: observations.lifetimes) { $0.write($1) }
        write(list: observations.lasts) { $0.write($1) { $0.write(latest: $1) { $0.write($1) } } }
        write(list: observations.firsts) { $0.write($1) { $0.write($1) } }
        write(list: observations.newests) { $0.write($1) { $0.write($1) } }
        write(list: observations.sketches) { $0.write($1) }
        write(list: observations.features) { $0.write($1) }
        write(observations.firstDay) { $0.write($1) }
        write(observations.lastActivity) { $0.write($1) }
        write(observations.unmappedCount)
        write(observations.lateCount)
        write(observations.eventCount)
        write(list: observations.retracted) {
            $0.write($1.source)
            $0.write($1.id)
        }
        write(list: observations.distincts) { $0.write($1) }
        write(list: observations.newestOfEach) { $0.write($1) }
        write(list: observations.useDays.words) { $0.write($1) }
    }

    mutating func write(_ grade: Grade) {
        write(grade.step) { $0.write($1) }
        write(grade.points)
        write(grade.author)
        write(grade.reason)
        write(grade.given)
        write(grade.expires) { $0.write($1) }
    }

    private mutating func write<Value>(named values: NamedValues<Value>, _ body: (inout ByteWriter, Value) -> Void) {
        write(list: values.rows) { writer, row in
            writer.write(row.name)
            writer.write(latest: row.latest, body)
        }
    }
}

extension ByteReader {
    /// - Parameter format: of the state that they are part of.
    mutating func readObservations(format: UInt8) throws -> Observations {
        var observations = Observations(rings: 0, lifetimes: 0, lasts: 0, instants: 0, sketches: 0, features: 0)
        observations.profile = try readNamed { try $0.readJSON() }
        observations.contactRoles = try readNamed { try $0.readString() }
        observations.departures = try readNamed { try $0.readBool() }
        observations.grades = try readNamed { try $0.readGrade() }
        observations.flags = try readNamed { try $0.readBool() }
        observations.pulse = try readOptional { try $0.readLatest { try $0.readGrade() } }
        observations.touches = try readNamed { try $0.readBool() }
        observations.members = try readMemberTable()
        observations.entities = try readEntityTable(format: format)
        if format > 1 { observations.revenue = try readRevenueLedger() }
        observations.rings = try readList { try $0.readDailySums() }
        observations.lifetimes = try readList { try $0.readInt64() }
        observations.lasts = try readList { try $0.readOptional { try $0.readLatest { try $0.readDouble() } } }
        observations.firsts = try readList { try $0.readOptional { try $0.readInstant() } }
        observations.newests = try readList { try $0.readOptional { try $0.readInstant() } }
        observations.sketches = try readList { try $0.readSketch() }
        observations.features = try readList { try $0.readDailySums() }
        observations.firstDay = try readOptional { try $0.readDay() }
        observations.lastActivity = try readOptional { try $0.readInstant() }
        observations.unmappedCount = try readInt64()
        observations.lateCount = try readInt64()
        observations.eventCount = try readInt64()
        observations.retracted = try readList {
            Retraction(source: try $0.readString(), id: try $0.readString())
        }
        guard format > 1 else {
            // What was known of the days of use then: those of the members.
            observations.useDays = DayMask(words: [observations.members.anyone])
            return observations
        }
        observations.distincts = try readList { try $0.readDistinctTable() }
        observations.newestOfEach = try readList { try $0.readNewestTable() }
        observations.useDays = DayMask(words: try readList { try $0.readUInt64() })
        return observations
    }

    mutating func readGrade() throws -> Grade {
        Grade(
            step: try readOptional { try $0.readString() }, points: try readDouble(), author: try readString(),
            reason: try readString(), given: try readInstant(), expires: try readOptional { try $0.readInstant() })
    }

    private mutating func readNamed<Value>(_ body: (inout ByteReader) throws -> Value) throws -> NamedValues<Value> {
        NamedValues(rows: try readList { reader in
            NamedValues.Row(name: try reader.readString(), latest: try reader.readLatest(body))
        })
    }
}
