"""The made-up events of a run: how many of whom, and the files that hold them."""
import os
import subprocess
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from tools import compiled


def last_midnight():
    return datetime.now(timezone.utc).replace(hour=0, minute=0, second=0, microsecond=0)


@dataclass
class Workload:
    """Events of whole days up to the last midnight, UTC, so that what is asked today is asked of all of them."""
    events: int
    accounts: int
    users: int
    days: int
    duplicates: float = 0.0
    late: float = 0.02
    seed: int = 42
    end: datetime = None

    def __post_init__(self):
        self.end = self.end or last_midnight()

    @classmethod
    def sized(cls, events, **others):
        """20,000 accounts at ten million events, and in proportion."""
        accounts = min(20000, max(100, events // 500))
        others.setdefault("accounts", accounts)
        others.setdefault("users", 20 * others["accounts"])
        return cls(events=events, **others)

    @property
    def now(self):
        """As SQL writes it."""
        return self.end.strftime("%Y-%m-%d 00:00:00")

    def is_over(self):
        """Whether another day has begun since: then the windows are others."""
        return datetime.now(timezone.utc) >= self.end + timedelta(days=1)

    def account(self, number):
        return f"a_{number:05d}"

    def write(self, folder, what, form):
        """The path of a file of `events` or `accounts`, as `json` lines or as a `csv` table."""
        path = os.path.join(folder, f"{what}.{'ndjson' if form == 'json' else form}")
        options = {"events": self.events, "accounts": self.accounts, "users": self.users, "days": self.days,
                   "duplicates": self.duplicates, "late": self.late, "seed": self.seed,
                   "end": self.end.strftime("%Y-%m-%d"), "format": form, "what": what}
        with open(path, "wb") as file:
            line = [compiled("generator")]
            for name, value in options.items():
                line += ["--" + name, str(value)]
            subprocess.run(line, stdout=file, check=True)
        return path
