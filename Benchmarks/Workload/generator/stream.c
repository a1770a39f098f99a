#include "stream.h"

#include <math.h>

static const int64_t minute = 60000, hour = 60 * minute, day = 24 * hour;

const char *const field_names[] = {
    "amount_cents", "channel", "code", "comment", "course", "csat", "currency", "device", "duration_ms", "duration_sec",
    "email_domain", "feature", "format", "integration", "invoice_id", "ip", "lag_sec", "load_ms", "minutes", "pages", "path",
    "plan", "priority", "project_id", "referrer", "resolution_hours", "role", "rows", "score", "seat", "state", "status",
    "subject", "success", "surface", "survey", "template", "ticket_id", 0};

static const char *const features[] = {
    "boards", "board.share", "reports", "report.schedule", "automations", "automation.run", "api", "import", "connectors",
    "search", "comments", "approvals", "approval.rules", "budgets", "forecasts", "alerts", "audit.log", "roles", "sso",
    "templates", "assistant", "maps", "ledger", "matching", "segments", "surveys", "playbooks", "webhooks", "mobile",
    "bulk.edit", "exports"};
static const char *const plans[] = {"basic", "starter", "professional", "enterprise"};
static const char *const surfaces[] = {"web", "web", "web", "ios", "android", "api", "desktop"};
static const char *const integrations[] = {"crm", "desk", "tracker", "chat", "warehouse", "payroll", "ledger", "mail"};
static const char *const states[] = {"connected", "connected", "connected", "degraded", "error", "disconnected"};
static const char *const codes[] = {"E_TIMEOUT", "E_INVALID", "E_DENIED", "E_UPSTREAM", "E_BUSY", "E_INTERNAL"};
static const char *const paths[] = {
    "/home", "/boards", "/reports", "/settings", "/billing", "/team", "/connectors", "/help", "/automations", "/search"};
static const char *const priorities[] = {"low", "normal", "high", "urgent"};
static const char *const courses[] = {"first-steps", "admin-101", "reporting-201", "automation-301", "security"};

#define LENGTH(list) (sizeof(list) / sizeof((list)[0]))
#define ANY(stream, list) ((list)[dice_below((stream)->dice, LENGTH(list))])

/// How many of a day's 48 parts arrive in each hour: nights are quiet.
static const int hours[24] = {1, 1, 0, 0, 0, 1, 1, 2, 3, 4, 5, 4, 3, 4, 5, 4, 3, 2, 1, 1, 1, 1, 0, 1};
static const int hour_parts = 48;

/// The part of a day that is over when that part of its events has arrived.
static double time_of_day(double part) {
    double left = part * hour_parts;
    for (int at = 0; at < 24; at++) {
        if (left < hours[at]) return (at + left / hours[at]) / 24;
        left -= hours[at];
    }
    return 1;
}

static int64_t arrival(const Stream *stream, uint64_t place) {
    const double at = (double)place / (double)stream->count * stream->days;
    const double whole = floor(at);
    return stream->start_milliseconds + (int64_t)whole * day + (int64_t)(time_of_day(at - whole) * (double)(day - 1));
}

void stream_begin(Stream *stream) {
    const int64_t end = stream->start_milliseconds + stream->days * day;
    for (uint32_t account = 0; account < stream->world->count; account++) {
        int64_t at = stream->start_milliseconds + (int64_t)dice_below(stream->dice, 30 * (uint64_t)day);
        for (; at < end; at += 30 * day) {
            future_add(
                &stream->future,
                (Coming){at, ISSUED, account, stream->world->accounts[account].first_user, stream->invoices++,
                         9900 + (uint32_t)dice_below(stream->dice, 500000)});
        }
    }
}

static void name(Stream *stream, Event *event, const char *type, int64_t at, uint32_t account, uint32_t user) {
    *event = (Event){.type = type, .milliseconds = at, .account = account, .user = user};
    event->id[0] = dice_bits(stream->dice);
    event->id[1] = dice_bits(stream->dice);
}

// What was certain

static void resolve(Stream *stream, const Coming *ticket, Event *event) {
    name(stream, event, "ticket.resolved", ticket->milliseconds, ticket->account, ticket->user);
    say_name(event, "ticket_id", "t_", ticket->number);
    say_number(event, "resolution_hours", 1 + dice_below(stream->dice, 200));
    say_text(event, "channel", dice_below(stream->dice, 3) ? "email" : "chat");
    say_number(event, "csat", 1 + dice_below(stream->dice, 5));
}

static void bill(Stream *stream, const Coming *invoice, Event *event) {
    const bool is_issued = invoice->what == ISSUED;
    name(stream, event, "billing.invoice", invoice->milliseconds, invoice->account, invoice->user);
    say_name(event, "invoice_id", "inv_", invoice->number);
    say_text(event, "status", is_issued ? "issued" : "paid");
    say_number(event, "amount_cents", invoice->cents);
    say_text(event, "currency", invoice->account % 3 ? "USD" : "EUR");
    if (!is_issued || dice_below(stream->dice, 100) >= 92) return;
    Coming payment = *invoice;
    payment.what = PAID;
    payment.milliseconds += minute + (int64_t)dice_below(stream->dice, 35 * (uint64_t)day);
    future_add(&stream->future, payment);
}

// What happens by chance

static void say_error(Stream *stream, const Account *account, Event *event) {
    say_text(event, "code", ANY(stream, codes));
    say_number(event, "status", 400 + dice_below(stream->dice, 120));
    say_text(event, "surface", ANY(stream, surfaces));
    say_text(event, "feature", features[dice_below(stream->dice, account->features)]);
    say_number(event, "duration_ms", dice_below(stream->dice, 30000));
}

static void say_use(Stream *stream, const Account *account, Event *event) {
    const double favour = dice_unit(stream->dice);
    say_text(event, "feature", features[(int)(account->features * favour * favour)]);
    say_number(event, "duration_ms", 20 + dice_below(stream->dice, 5000));
    say_text(event, "plan", plans[event->account % LENGTH(plans)]);
    say_text(event, "surface", ANY(stream, surfaces));
    say_flag(event, "success", dice_below(stream->dice, 50) != 0);
}

static void say_page(Stream *stream, const Account *account, Event *event) {
    (void)account;
    say_text(event, "path", ANY(stream, paths));
    say_text(event, "referrer", ANY(stream, paths));
    say_number(event, "load_ms", 50 + dice_below(stream->dice, 4000));
    say_text(event, "surface", ANY(stream, surfaces));
}

static void say_session(Stream *stream, const Account *account, Event *event) {
    (void)account;
    say_number(event, "duration_sec", 10 + dice_below(stream->dice, 7200));
    say_text(event, "device", ANY(stream, surfaces));
    say_number(event, "pages", 1 + dice_below(stream->dice, 40));
    say_address(event, "ip", dice_below(stream->dice, 1 << 24));
}

static void say_integration(Stream *stream, const Account *account, Event *event) {
    (void)account;
    say_text(event, "integration", ANY(stream, integrations));
    say_text(event, "state", ANY(stream, states));
    say_number(event, "lag_sec", dice_below(stream->dice, 3600));
}

static void say_ticket(Stream *stream, const Account *account, Event *event) {
    (void)account;
    const uint32_t ticket = stream->tickets++;
    say_name(event, "ticket_id", "t_", ticket);
    say_text(event, "priority", ANY(stream, priorities));
    say_text(event, "subject", "The \"weekly\" export stops \xe2\x80\x93 half of the rows are there");
    say_text(event, "channel", dice_below(stream->dice, 3) ? "email" : "chat");
    if (dice_below(stream->dice, 100) >= 88) return;
    const double days = -log(1 - dice_unit(stream->dice)) * 2.5;
    const int64_t at = event->milliseconds + 10 * minute + (int64_t)(days * (double)day);
    future_add(&stream->future, (Coming){at, RESOLVED, event->account, event->user, ticket, 0});
}

static void say_invitation(Stream *stream, const Account *account, Event *event) {
    (void)account;
    say_text(event, "role", dice_below(stream->dice, 4) ? "member" : "admin");
    say_text(event, "email_domain", "example.com");
    say_number(event, "seat", dice_below(stream->dice, 500));
}

static void say_answer(Stream *stream, const Account *account, Event *event) {
    (void)account;
    say_text(event, "survey", dice_below(stream->dice, 2) ? "nps" : "csat");
    say_number(event, "score", dice_below(stream->dice, 11));
    say_text(event, "comment", "Good, though the na\xc3\xafve import took its time");
}

static void say_training(Stream *stream, const Account *account, Event *event) {
    (void)account;
    say_text(event, "course", ANY(stream, courses));
    say_number(event, "score", 40 + dice_below(stream->dice, 61));
    say_number(event, "minutes", 5 + dice_below(stream->dice, 120));
}

static void say_project(Stream *stream, const Account *account, Event *event) {
    (void)account;
    say_number(event, "project_id", dice_below(stream->dice, 1000000));
    say_text(event, "template", ANY(stream, courses));
    say_text(event, "surface", ANY(stream, surfaces));
}

static void say_export(Stream *stream, const Account *account, Event *event) {
    (void)account;
    say_text(event, "format", dice_below(stream->dice, 2) ? "pdf" : "csv");
    say_number(event, "rows", dice_below(stream->dice, 100000));
    say_text(event, "surface", ANY(stream, surfaces));
}

/// Of 10,000 events that are no errors, how many are of each type.
static const struct {
    const char *type;
    uint32_t share;
    void (*say)(Stream *, const Account *, Event *);
} kinds[] = {
    {"feature.used", 5700, say_use},         {"page.viewed", 2000, say_page},
    {"user.session", 1500, say_session},     {"integration.state", 220, say_integration},
    {"ticket.created", 120, say_ticket},     {"user.invited", 100, say_invitation},
    {"survey.response", 60, say_answer},     {"training.completed", 100, say_training},
    {"project.created", 120, say_project},   {"report.exported", 80, say_export}};

static void happen(Stream *stream, int64_t at, Event *event) {
    const uint32_t number = world_account(stream->world, stream->dice);
    const uint32_t user = world_user(stream->world, number, stream->dice);
    const Account *account = &stream->world->accounts[number];
    const bool is_late = dice_below(stream->dice, 1000000) < stream->late_of_million;
    at -= (int64_t)dice_below(stream->dice, (uint64_t)(is_late ? 48 * hour : 5 * minute));
    if (at < stream->start_milliseconds) at = stream->start_milliseconds;
    if (dice_below(stream->dice, 10000) < account->errors) {
        name(stream, event, "error.raised", at, number, user);
        return say_error(stream, account, event);
    }
    uint64_t draw = dice_below(stream->dice, 10000);
    size_t kind = 0;
    while (draw >= kinds[kind].share) draw -= kinds[kind++].share;
    name(stream, event, kinds[kind].type, at, number, user);
    kinds[kind].say(stream, account, event);
}

void stream_event(Stream *stream, uint64_t place, Event *event) {
    const int64_t at = arrival(stream, place);
    Coming coming;
    if (!future_take(&stream->future, at, &coming)) return happen(stream, at, event);
    if (coming.what == RESOLVED) return resolve(stream, &coming, event);
    bill(stream, &coming, event);
}
