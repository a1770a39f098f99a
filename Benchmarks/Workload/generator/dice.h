// Random numbers that follow from a seed alone: xoshiro256**, seeded by splitmix64.
#ifndef DICE_H
#define DICE_H
#include <stdint.h>

typedef struct {
    uint64_t state[4];
} Dice;

Dice dice_of(uint64_t seed);
uint64_t dice_bits(Dice *dice);
/// From 0 to `count` - 1.
uint64_t dice_below(Dice *dice, uint64_t count);
/// From 0 up to, but not including, 1.
double dice_unit(Dice *dice);

/// Places drawn by weight in constant time (Walker's alias method).
typedef struct {
    uint32_t count;
    double *keeps;
    uint32_t *others;
} Lots;

Lots lots_of(const double *weights, uint32_t count);
uint32_t lots_draw(const Lots *lots, Dice *dice);

#endif
