#include "world.h"

#include <math.h>

#include "memory.h"

/// Ranks by size, in an order that has nothing to do with the account's number.
static uint32_t *shuffled_ranks(uint32_t count, Dice *dice) {
    uint32_t *ranks = allocated(count, sizeof(uint32_t));
    for (uint32_t place = 0; place < count; place++) {
        const uint32_t other = (uint32_t)dice_below(dice, place + 1);
        ranks[place] = ranks[other];
        ranks[other] = place;
    }
    return ranks;
}

/// The head is cut: without the offset the largest account alone would have a tenth of everything.
static double zipf(uint32_t rank, double offset, double exponent) { return pow(rank + offset, -exponent); }

static void share_users(World *world, const uint32_t *ranks, uint32_t users) {
    double sum = 0, before = 0;
    for (uint32_t place = 0; place < world->count; place++) sum += zipf(ranks[place], 20, 0.6);
    const double spare = users - 2.0 * world->count;
    uint32_t next = 0;
    for (uint32_t place = 0; place < world->count; place++) {
        before += spare * zipf(ranks[place], 20, 0.6) / sum;
        const uint32_t end = 2 * (place + 1) + (uint32_t)(before + 1e-6);
        world->accounts[place].first_user = next;
        world->accounts[place].users = end - next;
        next = end;
    }
}

World world_of(uint32_t count, uint32_t users, Dice *dice) {
    World world = {count, allocated(count, sizeof(Account)), {0}};
    uint32_t *ranks = shuffled_ranks(count, dice);
    double *weights = allocated(count, sizeof(double));
    for (uint32_t place = 0; place < count; place++) weights[place] = zipf(ranks[place], 10, 0.9);
    world.activity = lots_of(weights, count);
    share_users(&world, ranks, users);
    for (uint32_t place = 0; place < count; place++) {
        const int has_trouble = dice_below(dice, 100) < 12;
        world.accounts[place].features = 3 + (uint32_t)dice_below(dice, 28);
        world.accounts[place].errors = (uint32_t)(has_trouble ? 300 + dice_below(dice, 900) : 50 + dice_below(dice, 250));
    }
    released(weights);
    released(ranks);
    return world;
}

uint32_t world_account(const World *world, Dice *dice) { return lots_draw(&world->activity, dice); }

uint32_t world_user(const World *world, uint32_t account, Dice *dice) {
    const Account *its = &world->accounts[account];
    const double place = dice_unit(dice);
    return its->first_user + (uint32_t)(its->users * place * place);
}
