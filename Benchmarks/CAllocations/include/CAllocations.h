#ifndef C_ALLOCATIONS_H
#define C_ALLOCATIONS_H

/// How often memory was asked for since the process began, by whatever function and whatever library.
unsigned long allocation_count(void);

#endif
