// Times that were taken, every one of them kept.
#ifndef LATENCIES_H
#define LATENCIES_H
#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint32_t *microseconds;
    size_t count, room;
} Latencies;

void latencies_add(Latencies *latencies, int64_t nanoseconds);
/// After this they are in order.
void latencies_sort(Latencies *latencies);
/// In milliseconds; of a hundred, so many took no longer.
double latencies_percentile(const Latencies *latencies, double percent);

#endif
