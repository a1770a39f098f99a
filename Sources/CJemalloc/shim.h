#pragma once
// Whoever is linked with it allocates with it. Its own header declares malloc and its kin once more, which the module that
// Swift makes of glibc does already; what only it has is this.
#include <stddef.h>
#include <stdint.h>

int mallctl(const char *name, void *oldp, size_t *oldlenp, void *newp, size_t newlen);

/// What the program holds at this moment, in bytes.
static inline size_t jemalloc_allocated_bytes(void) {
    // What a thread keeps at hand for its next allocations is nobody's.
    mallctl("thread.tcache.flush", NULL, NULL, NULL, 0);
    // Its figures stand still until they are asked to be taken again.
    uint64_t epoch = 1;
    mallctl("epoch", NULL, NULL, &epoch, sizeof epoch);
    size_t allocated = 0, size = sizeof allocated;
    mallctl("stats.allocated", &allocated, &size, NULL, 0);
    return allocated;
}
