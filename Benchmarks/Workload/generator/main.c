// Made-up events of a software product, always the same for the same options.
//
//   generate --events 10000000 --accounts 20000 --users 400000 --days 90 --end 2026-11-01 --late 0.02 --duplicates 0
//            --seed 42 --format json|csv >events
//
// Events come in the order of arrival. Most happened up to five minutes before, the late ones up to 48 hours.
// --duplicates is the share of events that are sent a second time, a little later; they come on top of --events.
// --what accounts writes the accounts instead: as a table for `tenure import`, as lines for POST /v1/events.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format.h"
#include "memory.h"
#include "stream.h"

typedef struct {
    uint64_t events, seed;
    uint32_t accounts, users, days;
    double late, duplicates;
    const char *end, *format, *what;
} Options;

static const char *const usage =
    "generate [--events N] [--accounts N] [--users N] [--days N] [--end YYYY-MM-DD] [--late SHARE]\n"
    "         [--duplicates SHARE] [--seed N] [--format json|csv] [--what events|accounts]\n";

static void refuse(const char *what) {
    fprintf(stderr, "%s\n%s", what, usage);
    exit(2);
}

static double number(const char *text, double least, double most) {
    char *end;
    const double value = strtod(text, &end);
    if (*text == 0 || *end != 0 || !(value >= least && value <= most)) refuse(text);
    return value;
}

static void read_option(Options *options, const char *name, const char *value) {
    if (!strcmp(name, "--events")) options->events = (uint64_t)number(value, 1, 1e12);
    else if (!strcmp(name, "--accounts")) options->accounts = (uint32_t)number(value, 1, 1e8);
    else if (!strcmp(name, "--users")) options->users = (uint32_t)number(value, 2, 1e9);
    else if (!strcmp(name, "--days")) options->days = (uint32_t)number(value, 1, 3660);
    else if (!strcmp(name, "--seed")) options->seed = (uint64_t)number(value, 0, 1e15);
    else if (!strcmp(name, "--late")) options->late = number(value, 0, 1);
    else if (!strcmp(name, "--duplicates")) options->duplicates = number(value, 0, 1);
    else if (!strcmp(name, "--end")) options->end = value;
    else if (!strcmp(name, "--format")) options->format = value;
    else if (!strcmp(name, "--what")) options->what = value;
    else refuse(name);
}

static Options read_options(int count, char **arguments) {
    Options options = {
        .events = 10000000, .seed = 42, .accounts = 20000, .users = 400000, .days = 90, .late = 0.02,
        .end = "2026-11-01", .format = "json", .what = "events"};
    if (count % 2 == 0) refuse("every option has a value");
    for (int place = 1; place < count; place += 2) read_option(&options, arguments[place], arguments[place + 1]);
    if (options.users < 2 * options.accounts) refuse("there are at least two users an account");
    return options;
}

/// The midnight, in UTC, with which a day begins.
static int64_t midnight(const char *text) {
    int year, month, day, length = 0;
    if (sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day, &length) != 3 || text[length] != 0) refuse(text);
    if (month <= 2) year--;
    const int64_t of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    const int64_t of_era = (year % 400) * 365 + (year % 400) / 4 - (year % 400) / 100 + of_year;
    return ((int64_t)(year / 400) * 146097 + of_era - 719468) * 86400000;
}

/// Lines on their way out, and the newest of them, one of which may be sent again.
enum { RECENT = 256, BUFFER = 1 << 22 };
typedef struct {
    char *bytes;
    size_t count;
    struct {
        char line[LINE_MAX];
        size_t count;
    } *recent;
    uint64_t lines;
} Output;

static void flush(Output *output) {
    if (fwrite(output->bytes, 1, output->count, stdout) != output->count) {
        perror("writing");
        exit(1);
    }
    output->count = 0;
}

static void add(Output *output, const char *line, size_t count) {
    memcpy(output->bytes + output->count, line, count);
    output->count += count;
    if (output->count > BUFFER - LINE_MAX) flush(output);
}

static void repeat(Output *output, Dice *dice) {
    const uint64_t back = 1 + dice_below(dice, output->lines < RECENT ? output->lines : RECENT);
    const uint64_t place = (output->lines - back) % RECENT;
    add(output, output->recent[place].line, output->recent[place].count);
}

static void write_events(const Options *options, Stream *stream, Dice *repeats) {
    Format *format = strcmp(options->format, "csv") ? format_json : format_csv;
    Output output = {allocated(BUFFER, 1), 0, allocated(RECENT, sizeof(*output.recent)), 0};
    if (format == format_csv) output.count = (size_t)(format_csv_header(output.bytes) - output.bytes);
    for (uint64_t place = 0; place < options->events; place++) {
        Event event;
        stream_event(stream, place, &event);
        const uint64_t slot = output.lines++ % RECENT;
        char *line = output.recent[slot].line;
        output.recent[slot].count = (size_t)(format(line, &event) - line);
        add(&output, line, output.recent[slot].count);
        if (dice_unit(repeats) < options->duplicates) repeat(&output, repeats);
    }
    flush(&output);
}

static void write_accounts(const Options *options) {
    const int is_table = !strcmp(options->format, "csv");
    if (is_table) puts("id,name");
    for (uint32_t account = 0; account < options->accounts; account++) {
        printf(
            is_table ? "a_%05u,Account %u\n"
                     : "{\"type\":\"account.changed\",\"account\":\"a_%05u\",\"data\":{\"name\":\"Account %u\"}}\n",
            account, account);
    }
}

int main(int count, char **arguments) {
    const Options options = read_options(count, arguments);
    if (!strcmp(options.what, "accounts")) return write_accounts(&options), 0;
    Dice dice = dice_of(options.seed), repeats = dice_of(options.seed + 1);
    const World world = world_of(options.accounts, options.users, &dice);
    Stream stream = {
        .world = &world, .dice = &dice, .start_milliseconds = midnight(options.end) - (int64_t)options.days * 86400000,
        .days = options.days, .count = options.events, .late_of_million = (uint32_t)(options.late * 1e6)};
    stream_begin(&stream);
    write_events(&options, &stream, &repeats);
    return 0;
}
