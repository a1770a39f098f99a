#include "future.h"

#include "memory.h"

void future_add(Future *future, Coming coming) {
    if (future->count == future->room) {
        future->room = future->room ? 2 * future->room : 1024;
        future->rows = enlarged(future->rows, future->room, sizeof(Coming));
    }
    size_t place = future->count++;
    while (place > 0 && future->rows[(place - 1) / 2].milliseconds > coming.milliseconds) {
        future->rows[place] = future->rows[(place - 1) / 2];
        place = (place - 1) / 2;
    }
    future->rows[place] = coming;
}

static size_t sooner_child(const Future *future, size_t place) {
    const size_t left = 2 * place + 1;
    if (left + 1 >= future->count) return left;
    return future->rows[left + 1].milliseconds < future->rows[left].milliseconds ? left + 1 : left;
}

bool future_take(Future *future, int64_t milliseconds, Coming *coming) {
    if (future->count == 0 || future->rows[0].milliseconds > milliseconds) return false;
    *coming = future->rows[0];
    const Coming last = future->rows[--future->count];
    size_t place = 0;
    for (size_t child; (child = sooner_child(future, place)) < future->count; place = child) {
        if (future->rows[child].milliseconds >= last.milliseconds) break;
        future->rows[place] = future->rows[child];
    }
    if (future->count > 0) future->rows[place] = last;
    return true;
}
