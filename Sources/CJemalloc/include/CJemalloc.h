#pragma once
// Whoever is linked with it allocates with it.
#include <stddef.h>

/// What the program holds at this moment, in bytes.
size_t jemalloc_allocated_bytes(void);
