#pragma once
#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
// curl_easy_setopt and curl_easy_getinfo are variadic, which Swift cannot call: one typed door for each kind
// of value.
static inline CURLcode tenure_curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode tenure_curl_set_string(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode tenure_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode tenure_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}
typedef size_t (*tenure_curl_transfer)(char *buffer, size_t size, size_t count, void *context);
static inline CURLcode tenure_curl_set_transfer(CURL *handle, CURLoption option, tenure_curl_transfer value) {
    return curl_easy_setopt(handle, option, value);
}
// Called with each address before a socket is made for it; CURL_SOCKET_BAD refuses the address.
typedef curl_socket_t (*tenure_curl_open)(void *context, curlsocktype purpose, struct curl_sockaddr *address);
static inline CURLcode tenure_curl_set_open(CURL *handle, tenure_curl_open value) {
    return curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, value);
}
static inline CURLcode tenure_curl_get_long(CURL *handle, CURLINFO info, long *value) {
    return curl_easy_getinfo(handle, info, value);
}
static inline CURLcode tenure_curl_get_offset(CURL *handle, CURLINFO info, curl_off_t *value) {
    return curl_easy_getinfo(handle, info, value);
}
// The 4 or 16 bytes of an Internet address, and how many; 0 for any other family or a short structure.
static inline int tenure_address_bytes(
    const struct sockaddr *address, unsigned length, unsigned char bytes[16]) {
    if (address->sa_family == AF_INET && length >= sizeof(struct sockaddr_in)) {
        memcpy(bytes, (const unsigned char *)address + offsetof(struct sockaddr_in, sin_addr), 4);
        return 4;
    }
    if (address->sa_family == AF_INET6 && length >= sizeof(struct sockaddr_in6)) {
        memcpy(bytes, (const unsigned char *)address + offsetof(struct sockaddr_in6, sin6_addr), 16);
        return 16;
    }
    return 0;
}
// The same for the address that libcurl is about to connect to.
static inline int tenure_curl_peer_bytes(const struct curl_sockaddr *peer, unsigned char bytes[16]) {
    return tenure_address_bytes(&peer->addr, peer->addrlen, bytes);
}
// The same for a written address; no name is looked up.
static inline int tenure_literal_bytes(const char *text, unsigned char bytes[16]) {
    if (inet_pton(AF_INET, text, bytes) == 1) return 4;
    if (inet_pton(AF_INET6, text, bytes) == 1) return 16;
    return 0;
}
