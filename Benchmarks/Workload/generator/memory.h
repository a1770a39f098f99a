// Memory that is there, or the program ends.
#ifndef MEMORY_H
#define MEMORY_H
#include <stddef.h>

void *allocated(size_t count, size_t size);
void *enlarged(void *memory, size_t count, size_t size);
void released(void *memory);

#endif
