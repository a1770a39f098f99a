-- The events of a file of lines, where they lie. {DISTINCT} tells apart what was sent twice.
CREATE OR REPLACE VIEW events AS
SELECT {DISTINCT} type, account, "user", time, data ->> '$.feature' AS feature, data ->> '$.ticket_id' AS ticket,
    data ->> '$.invoice_id' AS invoice, data ->> '$.status' AS status
FROM read_json('{FILE}', format = 'newline_delimited',
    columns = {id: 'VARCHAR', type: 'VARCHAR', account: 'VARCHAR', "user": 'VARCHAR', time: 'TIMESTAMP', data: 'JSON'});
