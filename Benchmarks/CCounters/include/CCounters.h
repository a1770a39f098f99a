#ifndef CCOUNTERS_H
#define CCOUNTERS_H

/// Starts counting the instructions of this thread in user mode; 0: the machine counts none for us (a virtual machine
/// without counters, or a kernel that does not let us).
int instructions_begin(void);

/// Instructions since `instructions_begin`; 0 where none are counted.
unsigned long long instructions_count(void);

#endif
