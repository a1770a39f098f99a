/* A machine that does what a proof asks: the wall clock stands where it is put, and one chosen call on a log or a store fails.
 *
 * Loaded before libc (LD_PRELOAD) into the binary under test, which knows nothing of it. The orders are 64-bit numbers in the
 * file that TENURE_MACHINE names, mapped into both processes; `preloaded.py` writes them, and has the same places. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

enum call { SYNC, WRITE, READ, CALLS };
enum file { OTHER = -1, LOG, STORE, FILES };
enum way { ERROR = 1, SHORT = 2 };
enum { SHORT_BYTES = 100 };

struct orders {
    _Atomic int64_t clock_ms;            /* added to the wall clock */
    _Atomic int64_t call, files, way;    /* what fails, on which files (bits), and how */
    _Atomic int64_t left;                /* counts down; the call that brings it to 0 fails */
    _Atomic int64_t failed;              /* calls that did */
    _Atomic int64_t seen[CALLS][FILES];
};

static struct orders *orders;

__attribute__((constructor)) static void start(void) {
    const char *path = getenv("TENURE_MACHINE");
    int file = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    if (file < 0) return;
    void *place = mmap(NULL, sizeof *orders, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (place != MAP_FAILED) orders = place;
    close(file);
}

/* By its name: descriptors are used again. */
static enum file file_of(int descriptor) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return OTHER;
    path[length] = 0;
    if (strstr(path, "/log/") || strstr(path, "/log (")) return LOG;
    return strstr(path, "/store.sqlite") ? STORE : OTHER;
}

/* How this call fails; 0: it does not. */
static int order(enum call call, int descriptor) {
    if (!orders) return 0;
    enum file file = file_of(descriptor);
    if (file == OTHER) return 0;
    atomic_fetch_add(&orders->seen[call][file], 1);
    if (atomic_load(&orders->left) <= 0 || atomic_load(&orders->call) != call) return 0;
    if (!(atomic_load(&orders->files) >> file & 1)) return 0;
    if (atomic_fetch_sub(&orders->left, 1) != 1) return 0;
    atomic_fetch_add(&orders->failed, 1);
    return (int)atomic_load(&orders->way);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define ONCE(name)                                       \
    static _Atomic(__typeof__(&name)) real_;             \
    __typeof__(&name) real = atomic_load(&real_);        \
    if (!real) atomic_store(&real_, real = REAL(name))
#define FAIL return errno = EIO, -1

int fsync(int descriptor) {
    ONCE(fsync);
    if (order(SYNC, descriptor)) FAIL;
    return real(descriptor);
}

int fdatasync(int descriptor) {
    ONCE(fdatasync);
    if (order(SYNC, descriptor)) FAIL;
    return real(descriptor);
}

static size_t shortened(size_t count, int way) { return way == SHORT && count > SHORT_BYTES ? SHORT_BYTES : count; }

ssize_t write(int descriptor, const void *bytes, size_t count) {
    ONCE(write);
    int way = order(WRITE, descriptor);
    if (way == ERROR) FAIL;
    return real(descriptor, bytes, shortened(count, way));
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
    ONCE(pwrite);
    int way = order(WRITE, descriptor);
    if (way == ERROR) FAIL;
    return real(descriptor, bytes, shortened(count, way), offset);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
    ONCE(pwrite64);
    int way = order(WRITE, descriptor);
    if (way == ERROR) FAIL;
    return real(descriptor, bytes, shortened(count, way), offset);
}

ssize_t read(int descriptor, void *bytes, size_t count) {
    ONCE(read);
    if (order(READ, descriptor)) FAIL;
    return real(descriptor, bytes, count);
}

ssize_t pread(int descriptor, void *bytes, size_t count, off_t offset) {
    ONCE(pread);
    if (order(READ, descriptor)) FAIL;
    return real(descriptor, bytes, count, offset);
}

ssize_t pread64(int descriptor, void *bytes, size_t count, off64_t offset) {
    ONCE(pread64);
    if (order(READ, descriptor)) FAIL;
    return real(descriptor, bytes, count, offset);
}

static int64_t step_ms(void) { return orders ? atomic_load(&orders->clock_ms) : 0; }

/* Moves by whole seconds and what is left of them, whichever way. */
static void move(time_t *seconds, long *parts, long parts_per_ms) {
    int64_t step = step_ms(), whole = step / 1000, part = step % 1000 * parts_per_ms;
    int64_t sum = *parts + part, second = 1000 * (int64_t)parts_per_ms;
    if (sum < 0) sum += second, whole--;
    if (sum >= second) sum -= second, whole++;
    *seconds += whole;
    *parts = (long)sum;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    ONCE(clock_gettime);
    int result = real(clock, now);
    if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) move(&now->tv_sec, &now->tv_nsec, 1000000);
    return result;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    ONCE(gettimeofday);
    int result = real(now, zone);
    if (result == 0) move(&now->tv_sec, &now->tv_usec, 1000);
    return result;
}

time_t time(time_t *place) {
    struct timespec now;
    if (clock_gettime(CLOCK_REALTIME, &now) != 0) return -1;
    if (place) *place = now.tv_sec;
    return now.tv_sec;
}
