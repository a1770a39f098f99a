// What is certain to happen later: tickets are resolved, invoices issued and paid. A binary heap, the soonest first.
#ifndef FUTURE_H
#define FUTURE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    int64_t milliseconds;
    enum { RESOLVED, ISSUED, PAID } what;
    uint32_t account, user;
    /// Of the ticket or invoice.
    uint32_t number;
    uint32_t cents;
} Coming;

typedef struct {
    Coming *rows;
    size_t count, room;
} Future;

void future_add(Future *future, Coming coming);
/// Whether something is due by then; it leaves the heap.
bool future_take(Future *future, int64_t milliseconds, Coming *coming);

#endif
