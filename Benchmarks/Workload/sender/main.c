// Sends a file of events over HTTP and says how long acknowledgements took.
//
//   send --port 8080 --key KEY --file events.ndjson --batch 100 --connections 32 [--rate 50000] [--seconds 20] [--stamp 1]
//
// With --rate the times of all requests are fixed before the first is sent, whatever the server does: a request whose
// time has come and that finds no free connection waits, and its time runs. Without --rate each connection sends its
// next request once the last one is answered, and what is refused for now is sent again.
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>

#include "batches.h"
#include "connection.h"
#include "failure.h"
#include "latencies.h"

enum { CONNECTIONS_MAX = 1024 };

typedef struct {
    Target target;
    const char *file;
    size_t batch, connections;
    double rate, seconds;
    bool stamps;
} Options;

typedef struct {
    const Options *options;
    Batches batches;
    int events;
    Connection *connections;
    size_t free[CONNECTIONS_MAX], free_count;
    /// The first batch that nobody has sent, and how many are on their way.
    size_t next, busy;
    int64_t start;
    Latencies latencies;
    long requests, refused, failed, accepted, duplicate, quarantined, rejected;
    size_t waiting_max;
} Run;

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static double number(const char *text) {
    char *end;
    const double value = strtod(text, &end);
    if (*text == 0 || *end != 0 || value < 0) fail(text);
    return value;
}

static void read_option(Options *options, const char *name, const char *value) {
    if (!strcmp(name, "--host")) options->target.host = value;
    else if (!strcmp(name, "--port")) options->target.port = value;
    else if (!strcmp(name, "--key")) options->target.key = value;
    else if (!strcmp(name, "--file")) options->file = value;
    else if (!strcmp(name, "--batch")) options->batch = (size_t)number(value);
    else if (!strcmp(name, "--connections")) options->connections = (size_t)number(value);
    else if (!strcmp(name, "--rate")) options->rate = number(value);
    else if (!strcmp(name, "--seconds")) options->seconds = number(value);
    else if (!strcmp(name, "--stamp")) options->stamps = number(value) != 0;
    else fail(name);
}

static Options read_options(int count, char **arguments) {
    Options options = {.target = {"127.0.0.1", "8080", ""}, .batch = 100, .connections = 32};
    if (count % 2 == 0) fail("every option has a value");
    for (int place = 1; place < count; place += 2) read_option(&options, arguments[place], arguments[place + 1]);
    if (!options.file || options.batch < 1 || options.connections < 1 || options.connections > CONNECTIONS_MAX)
        fail("--file, --batch and --connections (at most 1024) are needed");
    return options;
}

static void watch(Run *run, size_t connection, uint32_t events, int how) {
    struct epoll_event wish = {.events = events, .data.u64 = connection};
    if (epoll_ctl(run->events, how, run->connections[connection].socket, &wish) != 0) fail("watching");
}

static void connect_all(Run *run) {
    const size_t count = run->options->connections;
    run->connections = calloc(count, sizeof(Connection));
    run->events = epoll_create1(0);
    if (!run->connections || run->events < 0) fail("connections");
    for (size_t place = count; place-- > 0;) {
        connection_open(&run->connections[place], &run->options->target);
        watch(run, place, EPOLLIN, EPOLL_CTL_ADD);
        run->free[run->free_count++] = place;
    }
}

static int64_t due(const Run *run, size_t batch) {
    if (run->options->rate == 0) return now();
    return run->start + (int64_t)((double)(batch * run->batches.lines_per_batch) / run->options->rate * 1e9);
}

static void send_batch(Run *run, size_t place, size_t batch, int64_t at) {
    Connection *connection = &run->connections[place];
    if (run->options->stamps) batch_stamp(&run->batches, batch);
    connection->batch = batch;
    connection->due_nanoseconds = at;
    const size_t start = run->batches.starts[batch];
    connection_begin(connection, &run->options->target, run->batches.bytes + start, run->batches.starts[batch + 1] - start);
    run->requests++;
    run->busy++;
    if (!connection_write(connection)) watch(run, place, EPOLLIN | EPOLLOUT, EPOLL_CTL_MOD);
}

/// Sends what is due; gives back how long nothing will be, in milliseconds, or -1 where only answers matter.
static int send_due(Run *run) {
    while (run->next < run->batches.count) {
        const int64_t at = due(run, run->next), wait = at - now();
        if (wait > 0) return (int)(wait / 1000000);
        if (run->free_count == 0) {
            const size_t late = run->options->rate == 0 ? 0
                : (size_t)((double)(now() - run->start) / 1e9 * run->options->rate / (double)run->batches.lines_per_batch);
            if (late > run->next && late - run->next > run->waiting_max) run->waiting_max = late - run->next;
            return -1;
        }
        send_batch(run, run->free[--run->free_count], run->next++, at);
    }
    return -1;
}

static void take(Run *run, size_t place, const Outcome *outcome) {
    Connection *connection = &run->connections[place];
    run->busy--;
    const bool is_refused = outcome->status == 429 || outcome->status == 503;
    if (is_refused) run->refused++;
    else if (outcome->status != 200) {
        if (run->failed++ == 0) fprintf(stderr, "send: %.*s\n", (int)connection->received, connection->answer);
    } else {
        latencies_add(&run->latencies, now() - connection->due_nanoseconds);
        run->accepted += outcome->accepted;
        run->duplicate += outcome->duplicate;
        run->quarantined += outcome->quarantined;
        run->rejected += outcome->rejected;
    }
    if (is_refused && run->options->rate == 0) {
        const struct timespec pause = {0, 5000000};
        nanosleep(&pause, 0);
        return send_batch(run, place, connection->batch, connection->due_nanoseconds);
    }
    run->free[run->free_count++] = place;
}

static void turn(Run *run, int wait) {
    struct epoll_event ready[64];
    const int count = epoll_wait(run->events, ready, 64, wait);
    if (count < 0 && errno != EINTR) fail("waiting");
    for (int place = 0; place < count; place++) {
        const size_t connection = ready[place].data.u64;
        if (ready[place].events & EPOLLOUT && connection_write(&run->connections[connection]))
            watch(run, connection, EPOLLIN, EPOLL_CTL_MOD);
        Outcome outcome;
        if (ready[place].events & (EPOLLIN | EPOLLHUP | EPOLLERR) && connection_read(&run->connections[connection], &outcome))
            take(run, connection, &outcome);
    }
}

static void print(Run *run) {
    const double seconds = (double)(now() - run->start) / 1e9;
    latencies_sort(&run->latencies);
    const Latencies *taken = &run->latencies;
    printf(
        "{\"events\":%zu,\"requests\":%ld,\"accepted\":%ld,\"duplicate\":%ld,\"quarantined\":%ld,\"rejected\":%ld,"
        "\"refused_requests\":%ld,\"failed_requests\":%ld,\"waiting_requests_max\":%zu,\"seconds\":%.3f,"
        "\"ack_ms\":{\"p50\":%.3f,\"p90\":%.3f,\"p99\":%.3f,\"p99_9\":%.3f,\"max\":%.3f}}\n",
        run->batches.lines, run->requests, run->accepted, run->duplicate, run->quarantined, run->rejected, run->refused,
        run->failed, run->waiting_max, seconds, latencies_percentile(taken, 50), latencies_percentile(taken, 90),
        latencies_percentile(taken, 99), latencies_percentile(taken, 99.9), latencies_percentile(taken, 100));
}

int main(int count, char **arguments) {
    const Options options = read_options(count, arguments);
    Run run = {.options = &options};
    run.batches = batches_of(options.file, options.batch, (size_t)(options.rate * options.seconds));
    connect_all(&run);
    run.start = now();
    while (run.next < run.batches.count || run.busy > 0) {
        // Waiting in whole milliseconds would be late: the last one is spent asking.
        const int wait = send_due(&run);
        turn(&run, wait);
    }
    print(&run);
    return run.failed > 0;
}
