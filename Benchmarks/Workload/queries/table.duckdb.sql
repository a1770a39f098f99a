-- The events of a table, where they lie. {DISTINCT} tells apart what was sent twice.
CREATE OR REPLACE VIEW events AS
SELECT {DISTINCT} type, account, "user", time, feature, ticket_id AS ticket, invoice_id AS invoice, status
FROM read_csv('{FILE}', header = true, all_varchar = false, types = {time: 'TIMESTAMP', status: 'VARCHAR', id: 'VARCHAR'});
