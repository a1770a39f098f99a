#include "connection.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "failure.h"

void connection_open(Connection *connection, const Target *target) {
    struct addrinfo wish = {.ai_socktype = SOCK_STREAM}, *found;
    if (getaddrinfo(target->host, target->port, &wish, &found) != 0) fail("no such address");
    connection->socket = socket(found->ai_family, found->ai_socktype, 0);
    if (connection->socket < 0 || connect(connection->socket, found->ai_addr, found->ai_addrlen) != 0) fail("connecting");
    freeaddrinfo(found);
    const int yes = 1;
    setsockopt(connection->socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    fcntl(connection->socket, F_SETFL, O_NONBLOCK);
}

void connection_begin(Connection *connection, const Target *target, const char *body, size_t count) {
    connection->is_busy = true;
    connection->head_count = (size_t)snprintf(
        connection->head, HEAD_MAX,
        "POST /v1/events HTTP/1.1\r\nHost: %s:%s\r\nAuthorization: Bearer %s\r\n"
        "Content-Type: application/x-ndjson\r\nContent-Length: %zu\r\n\r\n",
        target->host, target->port, target->key, count);
    if (connection->head_count >= HEAD_MAX) fail("the key is too long");
    connection->body = body;
    connection->body_count = count;
    connection->sent = connection->received = 0;
}

static bool is_later(void) { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }

bool connection_write(Connection *connection) {
    const size_t whole = connection->head_count + connection->body_count;
    while (connection->sent < whole) {
        const size_t head_left = connection->sent < connection->head_count ? connection->head_count - connection->sent : 0;
        const size_t body_sent = head_left ? 0 : connection->sent - connection->head_count;
        const struct iovec parts[2] = {
            {connection->head + connection->head_count - head_left, head_left},
            {(char *)connection->body + body_sent, connection->body_count - body_sent}};
        const ssize_t count = writev(connection->socket, parts, 2);
        if (count < 0 && is_later()) return false;
        if (count < 0) fail("sending");
        connection->sent += (size_t)count;
    }
    return true;
}

static long member(const char *body, const char *name) {
    const char *at = strstr(body, name);
    return at ? strtol(at + strlen(name), 0, 10) : 0;
}

static long count_of(const char *body, const char *part) {
    long count = 0;
    for (const char *at = body; (at = strstr(at, part)); at++) count++;
    return count;
}

static bool is_whole(Connection *connection, Outcome *outcome) {
    connection->answer[connection->received] = 0;
    const char *body = strstr(connection->answer, "\r\n\r\n");
    if (!body) return false;
    const char *length = strcasestr(connection->answer, "content-length:");
    if (!length || length > body) fail("an answer without a length");
    const size_t size = (size_t)strtoul(length + strlen("content-length:"), 0, 10);
    body += 4;
    const size_t whole = (size_t)(body - connection->answer) + size;
    if (whole >= ANSWER_MAX) fail("an answer that is too long");
    if (connection->received < whole) return false;
    *outcome = (Outcome){
        (int)strtol(connection->answer + strlen("HTTP/1.1 "), 0, 10), member(body, "\"accepted\":"),
        member(body, "\"duplicate\":"), member(body, "\"quarantined\":"), count_of(body, "\"index\":")};
    return true;
}

bool connection_read(Connection *connection, Outcome *outcome) {
    while (true) {
        const size_t room = ANSWER_MAX - 1 - connection->received;
        const ssize_t count = read(connection->socket, connection->answer + connection->received, room);
        if (count < 0 && is_later()) return false;
        if (count <= 0) fail("the server closed a connection");
        connection->received += (size_t)count;
        if (!is_whole(connection, outcome)) continue;
        connection->is_busy = false;
        return true;
    }
}
