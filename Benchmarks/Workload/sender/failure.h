// The end of the program, with what failed.
#ifndef FAILURE_H
#define FAILURE_H

_Noreturn void fail(const char *what);

#endif
