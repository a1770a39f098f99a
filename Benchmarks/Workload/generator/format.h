// Events as lines: of JSON, as POST /v1/events takes them, or of a table, as `tenure import` does.
#ifndef FORMAT_H
#define FORMAT_H
#include "event.h"

enum { LINE_MAX = 2048 };

/// Writes the event's line, its newline included; gives back the end.
typedef char *Format(char *line, const Event *event);

Format format_json, format_csv;
/// The table's first line.
char *format_csv_header(char *line);

char *put_text(char *line, const char *text);
/// At least `width` digits.
char *put_number(char *line, uint64_t number, int width);
/// RFC 3339 with milliseconds, in UTC.
char *put_time(char *line, int64_t milliseconds);

#endif
