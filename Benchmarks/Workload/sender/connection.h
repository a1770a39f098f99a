// One kept-alive HTTP connection with at most one request on its way.
#ifndef CONNECTION_H
#define CONNECTION_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ANSWER_MAX = 65536, HEAD_MAX = 512 };

typedef struct {
    int socket;
    bool is_busy;
    /// Of the request on its way.
    size_t batch;
    int64_t due_nanoseconds;
    char head[HEAD_MAX];
    size_t head_count;
    const char *body;
    size_t body_count;
    /// Of head and body together.
    size_t sent;
    char answer[ANSWER_MAX];
    size_t received;
} Connection;

typedef struct {
    int status;
    long accepted, duplicate, quarantined, rejected;
} Outcome;

typedef struct {
    const char *host, *port, *key;
} Target;

void connection_open(Connection *connection, const Target *target);
void connection_begin(Connection *connection, const Target *target, const char *body, size_t count);
/// Whether everything is sent; else there is more to send once the socket takes it.
bool connection_write(Connection *connection);
/// Whether the whole answer is there.
bool connection_read(Connection *connection, Outcome *outcome);

#endif
