#include "memory.h"

#include <stdio.h>
#include <stdlib.h>

static void *given(void *memory) {
    if (memory) return memory;
    fputs("no memory\n", stderr);
    exit(1);
}

void *allocated(size_t count, size_t size) { return given(calloc(count ? count : 1, size)); }

void *enlarged(void *memory, size_t count, size_t size) { return given(realloc(memory, count * size)); }

void released(void *memory) { free(memory); }
