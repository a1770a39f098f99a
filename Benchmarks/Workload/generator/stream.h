// The events of all accounts in the order in which they arrive.
#ifndef STREAM_H
#define STREAM_H
#include "event.h"
#include "future.h"
#include "world.h"

typedef struct {
    const World *world;
    Dice *dice;
    Future future;
    int64_t start_milliseconds;
    uint32_t days;
    uint64_t count;
    /// Of a million events, how many reach us up to 48 hours after they happened.
    uint32_t late_of_million;
    uint32_t tickets, invoices;
} Stream;

/// Every account is billed every 30 days; with less than a month some are not.
void stream_begin(Stream *stream);
/// The event that arrives as number `place` of `count`.
void stream_event(Stream *stream, uint64_t place, Event *event);

#endif
