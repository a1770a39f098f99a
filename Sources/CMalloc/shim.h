#pragma once
// Not part of the module that Swift makes of glibc.
#include <malloc.h>
