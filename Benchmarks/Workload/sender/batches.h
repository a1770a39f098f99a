// A file of lines, cut into the bodies of requests.
#ifndef BATCHES_H
#define BATCHES_H
#include <stddef.h>

typedef struct {
    char *bytes;
    size_t size;
    /// Where each batch begins; one more than there are batches.
    size_t *starts;
    size_t count;
    size_t lines, lines_per_batch;
} Batches;

/// - lines_max: nothing behind so many lines is read; 0: all.
Batches batches_of(const char *path, size_t lines_per_batch, size_t lines_max);
size_t batch_lines(const Batches *batches, size_t batch);
/// Gives every line of a batch the time of now, as a client that has just seen it happen.
void batch_stamp(const Batches *batches, size_t batch);

#endif
