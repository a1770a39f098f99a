"""What was measured, by name: printed as it comes, kept for the page, and given as JSON at the end."""
import json
import os
import time

from machine import machine
from tools import RESULTS, say


class Figures:
    """The figures of one benchmark run; its name, which all of theirs begin with, may tell its size."""

    def __init__(self, benchmark, name=None, **setting):
        self.benchmark, self.name, self.setting, self.figures = benchmark, name or benchmark, setting, []

    def add(self, name, value, unit, peers=None, limit=None, is_said=True):
        """
        - peers: what others needed in the same run, by their names; the ratio is ours to theirs.
        - limit: the product's own goal.
        - is_said: whether it gets a line of its own.
        """
        figure = {"name": f"{self.name}.{name}", "value": value, "unit": unit}
        if peers:
            figure["peers"] = {peer: theirs for peer, theirs in peers.items() if theirs}
            figure["ratios"] = {peer: value / theirs for peer, theirs in figure["peers"].items()}
        if limit is not None:
            figure["limit"] = limit
        self.figures.append(figure)
        if is_said:
            say("  " + line(figure))

    def add_times(self, name, times, limit_of_p99=None):
        """Milliseconds by percentile, a figure each and one line for all."""
        for place, value in times.items():
            figure = {"name": f"{self.name}.{name}.{place}", "value": value, "unit": "ms"}
            if place == "p99" and limit_of_p99 is not None:
                figure["limit"] = limit_of_p99
            self.figures.append(figure)
        say(f"  {self.name}.{name}: " + ", ".join(f"{place} {shown(value)}" for place, value in times.items()) + " ms")

    def document(self):
        return {"benchmark": self.benchmark, "setting": self.setting, "at": time.strftime("%Y-%m-%d %H:%M", time.gmtime()),
                "machine": machine(), "figures": self.figures}

    def keep(self):
        os.makedirs(RESULTS, exist_ok=True)
        with open(os.path.join(RESULTS, self.name.replace(".", "-") + ".json"), "w") as file:
            json.dump(self.document(), file, indent=1)


def exit_code(figures, is_good, options):
    """How each benchmark ends that runs alone: its figures as JSON when asked for; 0 when its results are right."""
    if options.json:
        print(json.dumps(figures.document(), indent=1))
    return 0 if is_good else 1


def shown(value):
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return str(value)
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}" if abs(value) < 10 else f"{value:.1f}"


def line(figure):
    text = f"{figure['name']}: {shown(figure['value'])} {figure['unit']}"
    for peer, theirs in figure.get("peers", {}).items():
        text += f"; {peer} {shown(theirs)}, ratio {shown(figure['ratios'][peer])}"
    return text + (f"; goal {shown(figure['limit'])}" if "limit" in figure else "")
