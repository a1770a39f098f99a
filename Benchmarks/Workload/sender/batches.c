#include "batches.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "failure.h"

/// Changes stay in this process.
static char *mapped(const char *path, size_t *size) {
    const int file = open(path, O_RDONLY);
    struct stat facts;
    if (file < 0 || fstat(file, &facts) != 0 || facts.st_size == 0) fail(path);
    char *bytes = mmap(0, (size_t)facts.st_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_POPULATE, file, 0);
    if (bytes == MAP_FAILED) fail(path);
    close(file);
    *size = (size_t)facts.st_size;
    return bytes;
}

static void begin_batch(Batches *batches, size_t at) {
    if ((batches->count & (batches->count - 1)) == 0) {
        const size_t room = batches->count ? 2 * batches->count : 1;
        batches->starts = realloc(batches->starts, (room + 1) * sizeof(size_t));
        if (!batches->starts) fail("memory");
    }
    batches->starts[batches->count++] = at;
}

Batches batches_of(const char *path, size_t lines_per_batch, size_t lines_max) {
    Batches batches = {.lines_per_batch = lines_per_batch};
    batches.bytes = mapped(path, &batches.size);
    size_t at = 0;
    while (at < batches.size && (lines_max == 0 || batches.lines < lines_max)) {
        if (batches.lines % lines_per_batch == 0) begin_batch(&batches, at);
        const char *end = memchr(batches.bytes + at, '\n', batches.size - at);
        if (!end) fail("the last line has no end");
        at = (size_t)(end - batches.bytes) + 1;
        batches.lines++;
    }
    batches.starts[batches.count] = at;
    return batches;
}

size_t batch_lines(const Batches *batches, size_t batch) {
    const size_t before = batch * batches->lines_per_batch;
    return batches->lines - before < batches->lines_per_batch ? batches->lines - before : batches->lines_per_batch;
}

/// `2026-11-22T10:20:30.123Z`, without an end.
static const char *now_text(void) {
    static char text[32];
    static long milliseconds_shown = -1;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    const long milliseconds = now.tv_nsec / 1000000;
    if (milliseconds == milliseconds_shown) return text;
    struct tm parts;
    gmtime_r(&now.tv_sec, &parts);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
    snprintf(text + 19, sizeof text - 19, ".%03ldZ", milliseconds);
    milliseconds_shown = milliseconds;
    return text;
}

void batch_stamp(const Batches *batches, size_t batch) {
    static const char member[] = "\"time\":\"";
    enum { TIME = 24 };
    char *at = batches->bytes + batches->starts[batch];
    char *end = batches->bytes + batches->starts[batch + 1];
    const char *text = now_text();
    while ((at = memmem(at, (size_t)(end - at), member, sizeof member - 1))) {
        at += sizeof member - 1;
        if (at + TIME > end) return;
        memcpy(at, text, TIME);
    }
}
