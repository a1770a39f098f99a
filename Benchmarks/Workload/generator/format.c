#include "format.h"

#include <string.h>

char *put_text(char *line, const char *text) {
    while (*text) *line++ = *text++;
    return line;
}

char *put_number(char *line, uint64_t number, int width) {
    char digits[24];
    int count = 0;
    do digits[count++] = (char)('0' + number % 10);
    while (number /= 10);
    while (count < width) digits[count++] = '0';
    while (count > 0) *line++ = digits[--count];
    return line;
}

static char *put_part(char *line, char before, int64_t number, int width) {
    *line++ = before;
    return put_number(line, (uint64_t)number, width);
}

/// A day since 1970 as year-month-day; years begin in March, so that the leap day is the last one.
static char *put_date(char *line, int64_t day) {
    const int64_t shifted = day + 719468, era = shifted / 146097, of_era = shifted % 146097;
    const int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    const int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int64_t month_from_march = (5 * of_year + 2) / 153;
    const int64_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    line = put_number(line, (uint64_t)(year_of_era + era * 400 + (month <= 2)), 4);
    line = put_part(line, '-', month, 2);
    return put_part(line, '-', of_year - (153 * month_from_march + 2) / 5 + 1, 2);
}

char *put_time(char *line, int64_t milliseconds) {
    const int64_t of_day = milliseconds % 86400000;
    line = put_date(line, milliseconds / 86400000);
    line = put_part(line, 'T', of_day / 3600000, 2);
    line = put_part(line, ':', of_day / 60000 % 60, 2);
    line = put_part(line, ':', of_day / 1000 % 60, 2);
    line = put_part(line, '.', of_day % 1000, 3);
    *line++ = 'Z';
    return line;
}

/// A random UUID, version 4.
static char *put_uuid(char *line, const uint64_t bits[2]) {
    static const char digits[] = "0123456789abcdef";
    const uint64_t halves[2] = {
        (bits[0] & ~UINT64_C(0xf000)) | 0x4000, (bits[1] & ~(UINT64_C(3) << 62)) | (UINT64_C(2) << 62)};
    for (int place = 0; place < 32; place++) {
        if (place == 8 || place == 12 || place == 16 || place == 20) *line++ = '-';
        *line++ = digits[halves[place / 16] >> (60 - 4 * (place % 16)) & 15];
    }
    return line;
}

static char *put_address(char *line, uint64_t number) {
    line = put_text(line, "10");
    for (int shift = 16; shift >= 0; shift -= 8) line = put_part(line, '.', (int64_t)(number >> shift & 255), 1);
    return line;
}

static char *put_value(char *line, const Field *field) {
    switch (field->kind) {
        case TEXT: return put_text(line, field->text);
        case NUMBER: return put_number(line, field->number, 1);
        case FLAG: return put_text(line, field->number ? "true" : "false");
        case NAME: return put_number(put_text(line, field->text), field->number, 7);
        case ADDRESS: return put_address(line, field->number);
    }
    return line;
}

static char *put_account(char *line, uint32_t account) { return put_number(put_text(line, "a_"), account, 5); }
static char *put_user(char *line, uint32_t user) { return put_number(put_text(line, "u_"), user, 6); }

// JSON

/// Quotes are escaped, and every other letter beyond ASCII is, as some clients do and some do not.
static char *put_json_text(char *line, const char *text) {
    for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
        if (*at == '"') *line++ = '\\';
        if (*at == 0xc3) {  // U+00C0 to U+00FF
            line = put_text(line, "\\u00");
            const unsigned low = (unsigned)(*++at) + 0x40;
            *line++ = "0123456789abcdef"[low >> 4 & 15];
            *line++ = "0123456789abcdef"[low & 15];
        } else {
            *line++ = (char)*at;
        }
    }
    return line;
}

static char *put_member(char *line, const Field *field) {
    line = put_text(put_text(put_text(line, "\""), field->name), "\":");
    if (field->kind == NUMBER || field->kind == FLAG) return put_value(line, field);
    *line++ = '"';
    line = field->kind == TEXT ? put_json_text(line, field->text) : put_value(line, field);
    *line++ = '"';
    return line;
}

char *format_json(char *line, const Event *event) {
    line = put_text(put_text(line, "{\"type\":\""), event->type);
    line = put_uuid(put_text(line, "\",\"id\":\""), event->id);
    line = put_account(put_text(line, "\",\"account\":\""), event->account);
    line = put_user(put_text(line, "\",\"user\":\""), event->user);
    line = put_time(put_text(line, "\",\"time\":\""), event->milliseconds);
    line = put_text(line, "\",\"data\":{");
    for (int place = 0; place < event->count; place++) {
        if (place > 0) *line++ = ',';
        line = put_member(line, &event->fields[place]);
    }
    return put_text(line, "}}\n");
}

// A table

static char *put_cell(char *line, const Field *field) {
    if (field->kind != TEXT || !strpbrk(field->text, ",\"\n")) return put_value(line, field);
    *line++ = '"';
    for (const char *at = field->text; *at; at++) {
        if (*at == '"') *line++ = '"';
        *line++ = *at;
    }
    *line++ = '"';
    return line;
}

static const Field *field_named(const Event *event, const char *name) {
    for (int place = 0; place < event->count; place++) {
        if (event->fields[place].name == name || strcmp(event->fields[place].name, name) == 0) return &event->fields[place];
    }
    return 0;
}

char *format_csv(char *line, const Event *event) {
    line = put_account(line, event->account);
    line = put_text(put_text(line, ","), event->type);
    line = put_time(put_text(line, ","), event->milliseconds);
    line = put_user(put_text(line, ","), event->user);
    line = put_uuid(put_text(line, ","), event->id);
    for (const char *const *name = field_names; *name; name++) {
        *line++ = ',';
        const Field *field = field_named(event, *name);
        if (field) line = put_cell(line, field);
    }
    *line++ = '\n';
    return line;
}

char *format_csv_header(char *line) {
    line = put_text(line, "account,type,time,user,id");
    for (const char *const *name = field_names; *name; name++) line = put_text(put_text(line, ","), *name);
    *line++ = '\n';
    return line;
}
