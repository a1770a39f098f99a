#include "dice.h"

#include "memory.h"

static uint64_t splitmix(uint64_t *seed) {
    uint64_t mixed = (*seed += 0x9e3779b97f4a7c15u);
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebu;
    return mixed ^ (mixed >> 31);
}

static uint64_t rotated(uint64_t bits, int by) { return (bits << by) | (bits >> (64 - by)); }

Dice dice_of(uint64_t seed) {
    Dice dice;
    for (int place = 0; place < 4; place++) dice.state[place] = splitmix(&seed);
    return dice;
}

uint64_t dice_bits(Dice *dice) {
    uint64_t *state = dice->state;
    const uint64_t bits = rotated(state[1] * 5, 7) * 9;
    const uint64_t shifted = state[1] << 17;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= shifted;
    state[3] = rotated(state[3], 45);
    return bits;
}

uint64_t dice_below(Dice *dice, uint64_t count) {
    return (uint64_t)(((unsigned __int128)dice_bits(dice) * count) >> 64);
}

double dice_unit(Dice *dice) { return (double)(dice_bits(dice) >> 11) * 0x1.0p-53; }

Lots lots_of(const double *weights, uint32_t count) {
    Lots lots = {count, allocated(count, sizeof(double)), allocated(count, sizeof(uint32_t))};
    uint32_t *waiting = allocated(count, sizeof(uint32_t));
    double sum = 0;
    for (uint32_t place = 0; place < count; place++) sum += weights[place];
    uint32_t poor = 0, rich = count;  // The poor wait from the front, the rich from the back.
    for (uint32_t place = 0; place < count; place++) {
        lots.keeps[place] = weights[place] / sum * count;
        lots.others[place] = place;
        waiting[lots.keeps[place] < 1 ? poor++ : --rich] = place;
    }
    while (poor > 0 && rich < count) {
        const uint32_t from = waiting[--poor], to = waiting[rich];
        lots.others[from] = to;
        lots.keeps[to] -= 1 - lots.keeps[from];
        if (lots.keeps[to] < 1) {
            rich++;
            waiting[poor++] = to;
        }
    }
    released(waiting);
    return lots;
}

uint32_t lots_draw(const Lots *lots, Dice *dice) {
    const uint32_t place = (uint32_t)dice_below(dice, lots->count);
    return dice_unit(dice) < lots->keeps[place] ? place : lots->others[place];
}
