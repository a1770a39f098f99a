#include "CJemalloc.h"
#include <stdint.h>

// Its own header declares malloc and its kin once more, which glibc's does already.
int mallctl(const char *name, void *oldp, size_t *oldlenp, void *newp, size_t newlen);

// Read by jemalloc when the program starts; the variable MALLOC_CONF comes behind it. Pages that nobody needs go back to
// the system two seconds after they were freed, by a thread that does nothing else: without it only a thread that goes on
// allocating gives anything back, and a server that has become quiet keeps what its busiest minute took.
const char *malloc_conf = "background_thread:true,dirty_decay_ms:2000,muzzy_decay_ms:0";

size_t jemalloc_allocated_bytes(void) {
    // What a thread keeps at hand for its next allocations is nobody's.
    mallctl("thread.tcache.flush", NULL, NULL, NULL, 0);
    // Its figures stand still until they are asked to be taken again.
    uint64_t epoch = 1;
    mallctl("epoch", NULL, NULL, &epoch, sizeof epoch);
    size_t allocated = 0, size = sizeof allocated;
    mallctl("stats.allocated", &allocated, &size, NULL, 0);
    return allocated;
}
