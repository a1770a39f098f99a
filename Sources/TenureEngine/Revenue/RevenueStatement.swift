package import TenureCore
package import TenureProgramme

/// What one fact says of one contract, one subscription or the account's own ARR, from an instant on. It holds until the
/// next statement about the same thing; what it leaves out stays as the statement before it said.
package struct RevenueStatement: Hashable, Comparable, Sendable {
    /// From when on it holds: often not when it was said.
    package var effective: Instant
    /// When it was said, and by which fact: of two statements for one instant the later one wins.
    package var version: Version
    /// Millionths of the currency a year, before any discount; nil: it does not say.
    package var amount: Int64?
    package var status: BillingStatus?
    /// nil: as before, at first the programme's.
    package var currency: CurrencyCode?
    package var more: Shared<Details>?
    package var marks: Marks

    package struct Marks: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Came as imported history: of the time before it nothing is known.
        package static let imported = Marks(rawValue: 1)
        /// The amount was emptied: what the account pays is unknown from here on.
        package static let withdrawn = Marks(rawValue: 2)
        /// Ends because nobody paid.
        package static let involuntary = Marks(rawValue: 4)
        /// Ends because the customer wants to.
        package static let voluntary = Marks(rawValue: 8)
    }

    /// What few statements have.
    package struct Details: Hashable, Sendable {
        /// Millionths a year off the amount; nil: it does not say.
        package var discount: Int64?
        package var discountEnds: Instant?
        /// A contract's last day of the term, as its instant.
        package var termEnd: Instant?
        /// The contract that this one renews.
        package var renews: String?

        package init(discount: Int64? = nil, discountEnds: Instant? = nil, termEnd: Instant? = nil, renews: String? = nil) {
            self.discount = discount
            self.discountEnds = discountEnds
            self.termEnd = termEnd
            self.renews = renews
        }

        package static let none = Details()
    }

    package init(effective: Instant, version: Version, marks: Marks = []) {
        self.effective = effective
        self.version = version
        self.marks = marks
    }

    package var details: Details { more?.value ?? .none }

    package static func < (left: RevenueStatement, right: RevenueStatement) -> Bool {
        (left.effective, left.version) < (right.effective, right.version)
    }
}

extension ByteWriter {
    mutating func write(_ statement: RevenueStatement) {
        write(statement.effective)
        write(statement.version)
        write(statement.amount) { $0.write($1) }
        write(statement.status) { $0.write($1.rawValue) }
        write(statement.currency) { $0.write($1.text) }
        write(statement.more) { writer, more in
            writer.write(more.value.discount) { $0.write($1) }
            writer.write(more.value.discountEnds) { $0.write($1) }
            writer.write(more.value.termEnd) { $0.write($1) }
            writer.write(more.value.renews) { $0.write($1) }
        }
        write(byte: statement.marks.rawValue)
    }
}

extension ByteReader {
    mutating func readRevenueStatement() throws -> RevenueStatement {
        var statement = RevenueStatement(effective: try readInstant(), version: try readVersion())
        statement.amount = try readOptional { try $0.readInt64() }
        statement.status = try readOptional { try $0.readBillingStatus() }
        statement.currency = try readOptional { try $0.readCurrencyCode() }
        statement.more = try readOptional { reader in
            Shared(
                RevenueStatement.Details(
                    discount: try reader.readOptional { try $0.readInt64() },
                    discountEnds: try reader.readOptional { try $0.readInstant() },
                    termEnd: try reader.readOptional { try $0.readInstant() },
                    renews: try reader.readOptional { try $0.readString() }))
        }
        statement.marks = RevenueStatement.Marks(rawValue: try readByte())
        return statement
    }

    private mutating func readBillingStatus() throws -> BillingStatus {
        guard let status = BillingStatus(rawValue: try readString()) else { throw CorruptBytes(offset: offset) }
        return status
    }

    private mutating func readCurrencyCode() throws -> CurrencyCode {
        guard let code = CurrencyCode(try readString()) else { throw CorruptBytes(offset: offset) }
        return code
    }
}
