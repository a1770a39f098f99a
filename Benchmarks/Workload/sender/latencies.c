#include "latencies.h"

#include <stdlib.h>

#include "failure.h"

void latencies_add(Latencies *latencies, int64_t nanoseconds) {
    if (latencies->count == latencies->room) {
        latencies->room = latencies->room ? 2 * latencies->room : 4096;
        latencies->microseconds = realloc(latencies->microseconds, latencies->room * sizeof(uint32_t));
        if (!latencies->microseconds) fail("memory");
    }
    const int64_t microseconds = nanoseconds / 1000;
    latencies->microseconds[latencies->count++] = microseconds > UINT32_MAX ? UINT32_MAX : (uint32_t)microseconds;
}

static int order(const void *left, const void *right) {
    const uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

void latencies_sort(Latencies *latencies) {
    qsort(latencies->microseconds, latencies->count, sizeof(uint32_t), order);
}

double latencies_percentile(const Latencies *latencies, double percent) {
    if (latencies->count == 0) return 0;
    size_t place = (size_t)(percent / 100 * (double)latencies->count);
    if (place >= latencies->count) place = latencies->count - 1;
    return latencies->microseconds[place] / 1000.0;
}
