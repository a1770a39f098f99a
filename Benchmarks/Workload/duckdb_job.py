"""What DuckDB does, in a process that does nothing else: a view, a result, a file."""
import sys

import duckdb

view, result, out = sys.stdin.read().split("\0")
database = duckdb.connect(config={"threads": 2})
database.execute(view)
database.execute(f"COPY ({result}) TO '{out}' (HEADER false)")
