-- The events of a table, loaded. {DISTINCT} tells apart what was sent twice.
CREATE UNLOGGED TABLE cells ({COLUMNS});
COPY cells FROM '{FILE}' WITH (FORMAT csv, HEADER);
CREATE UNLOGGED TABLE events AS
SELECT {DISTINCT} id, type, account, "user", time::timestamptz AT TIME ZONE 'UTC' AS time, feature, ticket_id AS ticket,
    invoice_id AS invoice, status
FROM cells;
ANALYZE events;
