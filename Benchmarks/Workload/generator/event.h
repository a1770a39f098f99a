// One event, before it is written in a format.
#ifndef EVENT_H
#define EVENT_H
#include <stdbool.h>
#include <stdint.h>

enum { FIELDS_MAX = 6 };

typedef struct {
    const char *name;
    enum { TEXT, NUMBER, FLAG, NAME, ADDRESS } kind;
    /// Of TEXT: as it is, unescaped. Of NAME: what stands before the number, such as `t_` of t_0000017.
    const char *text;
    uint64_t number;
} Field;

typedef struct {
    const char *type;
    int64_t milliseconds;
    uint64_t id[2];
    uint32_t account, user;
    int count;
    Field fields[FIELDS_MAX];
} Event;

/// Every name that a field can have, in the order of a table's columns; NULL ends it.
extern const char *const field_names[];

static inline void say_text(Event *event, const char *name, const char *text) {
    event->fields[event->count++] = (Field){name, TEXT, text, 0};
}
static inline void say_number(Event *event, const char *name, uint64_t number) {
    event->fields[event->count++] = (Field){name, NUMBER, 0, number};
}
static inline void say_flag(Event *event, const char *name, bool flag) {
    event->fields[event->count++] = (Field){name, FLAG, 0, flag};
}
/// Of a network: 10. and the number's three bytes.
static inline void say_address(Event *event, const char *name, uint64_t number) {
    event->fields[event->count++] = (Field){name, ADDRESS, 0, number};
}
static inline void say_name(Event *event, const char *name, const char *before, uint64_t number) {
    event->fields[event->count++] = (Field){name, NAME, before, number};
}

#endif
