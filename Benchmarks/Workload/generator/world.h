// Who there is: accounts of very different sizes, their users, and how each account behaves.
#ifndef WORLD_H
#define WORLD_H
#include "dice.h"

typedef struct {
    uint32_t first_user, users;
    /// Of the product's features, how many the account has taken up.
    uint32_t features;
    /// Of 10,000 events, how many are errors.
    uint32_t errors;
} Account;

typedef struct {
    uint32_t count;
    Account *accounts;
    Lots activity;
} World;

/// - users: at least two an account.
World world_of(uint32_t accounts, uint32_t users, Dice *dice);

/// An account by its activity, Zipf with exponent 0.9.
uint32_t world_account(const World *world, Dice *dice);
/// Few of an account's users do most of its work.
uint32_t world_user(const World *world, uint32_t account, Dice *dice);

#endif
