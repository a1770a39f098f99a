-- One row an account, as of the midnight {NOW}: the windows are the 7 and 30 days before it.
WITH marked AS (
    SELECT *, type IN ('user.session', 'page.viewed', 'feature.used') AS is_use,
        time >= TIMESTAMP '{NOW}' - INTERVAL '7 days' AND time < TIMESTAMP '{NOW}' AS is_week,
        time >= TIMESTAMP '{NOW}' - INTERVAL '30 days' AND time < TIMESTAMP '{NOW}' AS is_month
    FROM events
), counted AS (
    SELECT account,
        count(DISTINCT "user") FILTER (WHERE is_use AND is_week) AS weekly_users,
        count(DISTINCT "user") FILTER (WHERE is_use AND is_month) AS monthly_users,
        count(DISTINCT ("user", time::date)) FILTER (WHERE is_use AND is_week) AS user_days,
        count(DISTINCT feature) FILTER (WHERE type = 'feature.used' AND is_month) AS features,
        count(*) FILTER (WHERE type = 'feature.used' AND is_week) AS uses,
        count(*) FILTER (WHERE type = 'error.raised' AND is_week) AS errors,
        count(DISTINCT ticket) FILTER (WHERE type = 'ticket.created')
            - count(DISTINCT ticket) FILTER (WHERE type = 'ticket.resolved') AS open_tickets,
        count(DISTINCT invoice) FILTER (WHERE type = 'billing.invoice')
            - count(DISTINCT invoice) FILTER (WHERE type = 'billing.invoice' AND status = 'paid') AS unpaid_invoices
    FROM marked GROUP BY account
), shares AS (
    SELECT *,
        CASE WHEN weekly_users = 0 THEN 0.0 ELSE user_days / CAST(7 * weekly_users AS double precision) END AS stickiness,
        errors / CAST(greatest(1, errors + uses) AS double precision) AS error_rate
    FROM counted
)
SELECT account, weekly_users, monthly_users, stickiness, features, error_rate, open_tickets, unpaid_invoices,
    25 * least(1.0, weekly_users / CAST(greatest(1, monthly_users) AS double precision))
        + 20 * least(1.0, stickiness / 0.5)
        + 25 * least(1.0, features / CAST(12 AS double precision))
        + 15 * greatest(0.0, 1 - error_rate / 0.2)
        + 10 * greatest(0.0, 1 - open_tickets / CAST(5 AS double precision))
        + 5 * (CASE WHEN unpaid_invoices = 0 THEN 1.0 WHEN unpaid_invoices = 1 THEN 0.5 ELSE 0.0 END) AS score
FROM shares ORDER BY account
