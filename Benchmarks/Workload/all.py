"""Every benchmark of the whole program in its usual size, and the page.

  bin/bench [--events N] [--json]      --events is the largest number that is loaded; 10,000,000 where there is time"""
import argparse
import json
import sys

import growth
import ingest
import pages
import past
import report
import workload


def main():
    parser = argparse.ArgumentParser(prog="bin/bench")
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    loads = [["--events", str(options.events)], ["--events", str(options.events), "--duplicates", "0.01"],
             ["--events", str(options.events), "--via", "import"]]
    runs = [workload.run(workload.arguments(one)) for one in loads]
    runs.append((ingest.run(ingest.arguments([])), True))
    runs += [past.run(past.arguments([])), growth.run(growth.arguments([])), pages.run(pages.arguments([]))]
    report.main()
    if options.json:
        print(json.dumps([figures.document() for figures, _ in runs], indent=1))
    return 0 if all(is_same for _, is_same in runs) else 1


if __name__ == "__main__":
    sys.exit(main())
