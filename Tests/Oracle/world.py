"""The generated world: accounts, what happened to them, and how the facts of it arrived."""
import random
from bisect import bisect_left, bisect_right

import delivery
import world_events
from known import day_start, local_day
from world_terms import ZONES


class World:
    def __init__(self, accounts, first, days, seed, batch):
        delivery.BATCH[0] = batch
        self.first, self.last = first, first + days - 1
        middle, later = first + days // 2, first + 3 * days // 4
        world_events.SILENT = {"run": (middle, middle + 4), "measure": (middle + 1, middle + 5), "use": (later, later + 7)}
        dice = random.Random(seed)
        self.stories = []
        for number in range(accounts):
            size = 0.15 * 14 ** (number / max(1, accounts - 1))
            start = first + (dice.randrange(0, days // 6) if number % 3 else 0)
            self.stories.append(world_events.Happenings(f"a{number:02}", ZONES[number % len(ZONES)], size, start, self.last, seed))
        for number, story in enumerate(self.stories):
            if number % 4 == 1:
                story.rush = (middle - 20, middle + 3)
            story.live()
        self.facts = delivery.deliver(self.stories, day_start("UTC", self.last + 2), world_events.silences(), seed)
        self.zones = {story.name: story.zone for story in self.stories}
        self.by_account = {story.name: [] for story in self.stories}
        self.recorded, seen = {}, set()
        for fact in self.facts:
            self.by_account[fact.account].append(fact)
            fact.day = local_day(self.zone(fact.account), fact.occurred)
            if fact.id not in seen:
                seen.add(fact.id)
                self.recorded.setdefault(fact.type, []).append(fact.recorded)

    def zone(self, account):
        return self.zones[account]

    def heard(self, type, now):
        place = bisect_left(self.recorded.get(type, []), now)
        return self.recorded[type][place - 1] if place else None

    def heard_next(self, type, moment):
        """When a fact of the type was first recorded after a moment."""
        times = self.recorded.get(type, [])
        place = bisect_right(times, moment)
        return times[place] if place < len(times) else None
