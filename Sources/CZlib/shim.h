#include <zlib.h>

// Swift does not import macros with arguments. 16 asks zlib for gzip's header and checksum.
static inline int tenure_gunzip_start(z_stream *stream) { return inflateInit2(stream, 16 + MAX_WBITS); }
