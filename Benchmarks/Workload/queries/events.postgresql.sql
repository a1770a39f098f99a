-- The events of a file of lines, loaded as they are, then typed. {DISTINCT} tells apart what was sent twice.
CREATE UNLOGGED TABLE lines (line jsonb);
COPY lines FROM '{FILE}' WITH (FORMAT csv, QUOTE E'\x01', DELIMITER E'\x02');
CREATE UNLOGGED TABLE events AS
SELECT {DISTINCT} line ->> 'id' AS id, line ->> 'type' AS type, line ->> 'account' AS account, line ->> 'user' AS "user",
    (line ->> 'time')::timestamptz AT TIME ZONE 'UTC' AS time, line -> 'data' ->> 'feature' AS feature,
    line -> 'data' ->> 'ticket_id' AS ticket, line -> 'data' ->> 'invoice_id' AS invoice, line -> 'data' ->> 'status' AS status
FROM lines;
ANALYZE events;
