/* Writes down which names a process changes and which directories it flushes, so that a proof can take unflushed names away.
 *
 * Loaded before libc (LD_PRELOAD) into the binary under test, which knows nothing of it. Each name at or below TENURE_NAMES
 * that is made, replaced or removed becomes a line of the journal in TENURE_NAMES_NOTES, with what it named before, which a
 * hard link beside the journal holds. `forgetful_disk.py` reads it. Directories that are renamed or removed are left out. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define HELD_BYTES 64

static const char *root, *notes;
static int journal = -1;
/* A change and its line are one step: no flush falls between the two. */
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

__attribute__((constructor)) static void start(void) {
    char path[PATH_MAX];
    root = getenv("TENURE_NAMES");
    notes = getenv("TENURE_NAMES_NOTES");
    if (!root || !notes) return;
    snprintf(path, sizeof path, "%s/journal", notes);
    journal = REAL(open)(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (journal < 0) abort();
}

static int is_ours(const char *path) {
    if (journal < 0) return 0;
    size_t length = strlen(root);
    return strncmp(path, root, length) == 0 && (path[length] == '/' || path[length] == 0);
}

static int is_directory(const char *path) {
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static void tell(const char *what, const char *held, const char *path) {
    char line[2 * PATH_MAX];
    int length = snprintf(line, sizeof line, "%s\t%s\t%s\n", what, held, path);
    if (length >= (int)sizeof line || write(journal, line, (size_t)length) != length) abort();
}

/* What the path names gets a name among the notes; empty: it names nothing. */
static void hold(const char *path, char *held) {
    static unsigned long count;
    char note[PATH_MAX];
    held[0] = 0;
    if (access(path, F_OK) != 0) return;
    snprintf(held, HELD_BYTES, "%d-%lu", getpid(), ++count);
    snprintf(note, sizeof note, "%s/%s", notes, held);
    if (link(path, note) != 0) abort();
}

static void begin(void) { pthread_mutex_lock(&turn); }

static int end(int result, int error) {
    pthread_mutex_unlock(&turn);
    errno = error;
    return result;
}

typedef int opening(const char *path, int flags, ...);

static int open_named(opening *real, const char *path, int flags, mode_t mode) {
    if (!(flags & O_CREAT) || !is_ours(path)) return real(path, flags, mode);
    begin();
    int is_new = access(path, F_OK) != 0;
    int file = real(path, flags, mode), error = errno;
    if (is_new && file >= 0) tell("name", "", path);
    return end(file, error);
}

#define OPENING(name)                                       \
    int name(const char *path, int flags, ...) {            \
        va_list rest;                                       \
        va_start(rest, flags);                              \
        mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0; \
        va_end(rest);                                       \
        return open_named(REAL(name), path, flags, mode);   \
    }

OPENING(open)
OPENING(open64)

int mkdir(const char *path, mode_t mode) {
    if (!is_ours(path)) return REAL(mkdir)(path, mode);
    begin();
    int result = REAL(mkdir)(path, mode), error = errno;
    if (result == 0) tell("name", "", path);
    return end(result, error);
}

int unlink(const char *path) {
    if (!is_ours(path) || is_directory(path)) return REAL(unlink)(path);
    char held[HELD_BYTES];
    begin();
    hold(path, held);
    int result = REAL(unlink)(path), error = errno;
    if (result == 0) tell("name", held, path);
    return end(result, error);
}

int remove(const char *path) { return is_ours(path) && !is_directory(path) ? unlink(path) : REAL(remove)(path); }

int rename(const char *path, const char *target) {
    if (!is_ours(path) || !is_ours(target) || is_directory(path)) return REAL(rename)(path, target);
    char held[HELD_BYTES], replaced[HELD_BYTES];
    begin();
    hold(path, held);
    hold(target, replaced);
    int result = REAL(rename)(path, target), error = errno;
    if (result == 0) tell("name", held, path), tell("name", replaced, target);
    return end(result, error);
}

typedef int flushing(int descriptor);

static int flush(flushing *real, int descriptor) {
    char link_path[64], path[PATH_MAX];
    struct stat info;
    if (journal < 0 || fstat(descriptor, &info) != 0 || !S_ISDIR(info.st_mode)) return real(descriptor);
    begin();
    int result = real(descriptor), error = errno;
    snprintf(link_path, sizeof link_path, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link_path, path, sizeof path - 1);
    if (result == 0 && length > 0) path[length] = 0, tell("flush", "", path);
    return end(result, error);
}

int fsync(int descriptor) { return flush(REAL(fsync), descriptor); }
int fdatasync(int descriptor) { return flush(REAL(fdatasync), descriptor); }
