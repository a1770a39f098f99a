/// Every query of the store, in one place so that a test can ask the planner about each of them.
package enum StoreQuery: String, CaseIterable, Sendable {
    case committedPosition = "SELECT position FROM place WHERE id = 1"
    case lastDecided = "SELECT max(position) FROM decision_digest"
    case checkpoints = """
        SELECT account, position, bytes, checksum FROM checkpoint WHERE account > ? ORDER BY account LIMIT ?
        """
    case marks = "SELECT position, at, version, workspace FROM mark WHERE position > ? ORDER BY position"
    case markedStates = """
        SELECT account, position, bytes, checksum FROM marked_state
        WHERE position = ? AND account > ? ORDER BY account LIMIT ?
        """
    case digests = """
        SELECT position, digest FROM decision_digest WHERE position >= ? ORDER BY position LIMIT ?
        """
    case decisionsOfAccount = """
        SELECT position, ordinal, account, at, kind, bytes FROM decision
        WHERE account = ? AND (position, ordinal) < (?, ?) ORDER BY position DESC, ordinal DESC LIMIT ?
        """
    case decisions = """
        SELECT position, ordinal, account, at, kind, bytes FROM decision
        WHERE (position, ordinal) > (?, ?) ORDER BY position, ordinal LIMIT ?
        """
    case withheldSignals = """
        SELECT position, ordinal, account, at, kind, bytes FROM decision INDEXED BY decision_withheld
        WHERE kind = 'signalWithheld' AND at >= -9223372036854775807
        ORDER BY at DESC, position DESC, ordinal DESC LIMIT ?
        """
    case dailies = """
        SELECT account, day, score, band, bytes, closed_at, position, layout, metrics FROM daily
        WHERE account = ? AND day BETWEEN ? AND ? ORDER BY day
        """
    case firstDaily = "SELECT day FROM daily WHERE account = ? ORDER BY day LIMIT 1"
    case lastDaily = "SELECT day FROM daily WHERE account = ? ORDER BY day DESC LIMIT 1"
    case metricLayouts = "SELECT number, names FROM metric_layout WHERE number > ? ORDER BY number"
    case contacts = """
        SELECT account, key, name, email, role, has_left, is_unsubscribed, updated FROM contact
        WHERE account = ? ORDER BY key
        """
    case contact = """
        SELECT account, key, name, email, role, has_left, is_unsubscribed, updated FROM contact
        WHERE account = ? AND key = ?
        """
    case contactsContaining = """
        SELECT account, key, name, email, role, has_left, is_unsubscribed, updated FROM contact
        WHERE account IN (SELECT value FROM json_each(?)) AND (name LIKE ? ESCAPE '!' OR email LIKE ? ESCAPE '!')
        ORDER BY account, key LIMIT ?
        """
    case contactTexts = """
        SELECT account, group_concat(name || char(10) || email, char(10)) FROM contact
        WHERE account > ? GROUP BY account ORDER BY account LIMIT ?
        """
    case contactTextsOfAccounts = """
        SELECT account, group_concat(name || char(10) || email, char(10)) FROM contact
        WHERE account IN (SELECT value FROM json_each(?)) GROUP BY account ORDER BY account
        """
    case contactDomains = """
        SELECT account, lower(substr(email, instr(email, '@') + 1)) FROM contact
        WHERE account > '' AND email LIKE '%_@_%' ORDER BY account, key
        """
    case notes = """
        SELECT account, id, at, author, text FROM note WHERE account = ? ORDER BY at DESC, id DESC LIMIT ?
        """
    case outboxRow = """
        SELECT key, account, channel, address, recipient_name, template, subject, message_id, sender, body,
            state, attempts, due, created, detail, checksum
        FROM outbox WHERE key = ?
        """
    case outboxSteps = "SELECT at, state, detail FROM outbox_step WHERE key = ? ORDER BY number DESC LIMIT ?"
    case outbox = """
        SELECT key, account, channel, address, recipient_name, template, subject, message_id, sender, body,
            state, attempts, due, created, detail, checksum
        FROM outbox WHERE (created, key) < (?, ?) ORDER BY created DESC, key DESC LIMIT ?
        """
    case outboxOfState = """
        SELECT key, account, channel, address, recipient_name, template, subject, message_id, sender, body,
            state, attempts, due, created, detail, checksum
        FROM outbox WHERE state = ? AND (created, key) < (?, ?) ORDER BY created DESC, key DESC LIMIT ?
        """
    case outboxOfAccount = """
        SELECT key, account, channel, address, recipient_name, template, subject, message_id, sender, body,
            state, attempts, due, created, detail, checksum
        FROM outbox INDEXED BY outbox_of_account
        WHERE account = ? AND (created, key) < (?, ?) ORDER BY created DESC, key DESC LIMIT ?
        """
    case outboxOfAccountAndState = """
        SELECT key, account, channel, address, recipient_name, template, subject, message_id, sender, body,
            state, attempts, due, created, detail, checksum
        FROM outbox INDEXED BY outbox_of_account
        WHERE account = ? AND state = ? AND (created, key) < (?, ?) ORDER BY created DESC, key DESC LIMIT ?
        """
    case outboxDue = """
        SELECT key, account, channel, address, recipient_name, template, subject, message_id, sender, body,
            state, attempts, due, created, detail, checksum
        FROM outbox INDEXED BY outbox_due WHERE state = 'queued' AND due <= ? ORDER BY due, created, key LIMIT ?
        """
    case outboxArrivals = """
        SELECT key, at FROM outbox_arrival WHERE address = lower(?) AND at >= ? ORDER BY at DESC, key DESC LIMIT ?
        """
    case quarantine = """
        SELECT number, subject, at, reason, bytes FROM quarantine WHERE number > ? ORDER BY number LIMIT ?
        """
    case quarantineOfSubject = """
        SELECT number, subject, at, reason, bytes FROM quarantine
        WHERE subject = ? AND number > ? ORDER BY number LIMIT ?
        """
    case quarantineCounts = "SELECT subject, count(*) FROM quarantine GROUP BY subject ORDER BY subject"
    case programmes = """
        SELECT number, digest, at, by, reason, x'', approved_by, approval_reason
        FROM programme WHERE number > ? ORDER BY number
        """
    case programme = """
        SELECT number, digest, at, by, reason, files, approved_by, approval_reason FROM programme WHERE number = ?
        """
    case setting = "SELECT value FROM setting WHERE name = ?"
    case settings = "SELECT name, value FROM setting WHERE name >= ? ORDER BY name"
    case answer = """
        SELECT principal, key, request_hash, status, body, at FROM answer WHERE principal = ? AND key = ?
        """
}
