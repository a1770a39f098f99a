"""What others read in the files of a lake: lake_reader.py duckdb|pyarrow FOLDER prints a JSON line for each row, times as
microseconds; `tables` holds both against each other, `parts` prints a line for each row group.

A program of its own, since the readers are installed elsewhere than what the proofs run on (bin/setup --bench)."""
import glob
import json
import sys

TIMES = ("occurred", "recorded")


def files(folder):
    return sorted(glob.glob(folder + "/**/*.parquet", recursive=True))


def by_duckdb(folder):
    import duckdb
    pattern = folder + "/**/*.parquet"
    database = duckdb.connect()
    columns = [row[0] for row in database.execute(f"DESCRIBE SELECT * FROM read_parquet('{pattern}')").fetchall()]
    chosen = ", ".join(f"epoch_us({name}) AS {name}" if name in TIMES else f'"{name}"' for name in columns)
    answer = database.execute(f"SELECT {chosen} FROM read_parquet('{pattern}', hive_partitioning = true)")
    while rows := answer.fetchmany(10_000):
        for row in rows:
            yield dict(zip(columns, (value.isoformat() if hasattr(value, "isoformat") else value for value in row)))


def by_pyarrow(folder):
    import pyarrow
    import pyarrow.parquet
    for path in files(folder):
        parts = dict(step.split("=", 1) for step in path.split("/") if "=" in step)
        file = pyarrow.parquet.ParquetFile(path, page_checksum_verification=True)
        for batch in file.iter_batches(10_000):
            table = pyarrow.Table.from_batches([batch])
            for name in TIMES:
                assert table.schema.field(name).type == pyarrow.timestamp("us", tz="UTC"), table.schema
                table = table.set_column(table.schema.get_field_index(name), name, table[name].cast(pyarrow.int64()))
            for row in table.to_pylist():
                yield row | {name: parts[name] for name in ("workspace", "day")}


def tables(folder):
    """Every cell of every row by both; they say the same, or this fails."""
    def spelled(rows):
        return sorted(json.dumps(row, sort_keys=True) for row in rows)

    ours, theirs = spelled(by_duckdb(folder)), spelled(by_pyarrow(folder))
    assert ours == theirs, next(pair for pair in zip(ours, theirs) if pair[0] != pair[1])
    print(json.dumps({"rows": len(ours)}))


def parts(folder):
    """Each group of rows with what its end says of it; the statistics must be those of the values."""
    import pyarrow.parquet
    for path in files(folder):
        file = pyarrow.parquet.ParquetFile(path)
        for number in range(file.metadata.num_row_groups):
            group = file.metadata.row_group(number)
            for place in range(group.num_columns):
                _check_statistics(group.column(place), file.read_row_group(number).column(place))
            order = [one.column_index for one in group.sorting_columns]
            print(json.dumps({"path": path, "rows": group.num_rows, "sorting": order}))


def _check_statistics(column, values):
    import pyarrow.compute
    told = column.statistics
    assert told is not None and told.null_count == values.null_count, (column.path_in_schema, told)
    if told.has_min_max:
        least = pyarrow.compute.min_max(values).as_py()
        assert (told.min, told.max) == (least["min"], least["max"]), (column.path_in_schema, told, least)


if __name__ == "__main__":
    command, where = sys.argv[1:]
    if command in ("tables", "parts"):
        globals()[command](where)
    else:
        for line in {"duckdb": by_duckdb, "pyarrow": by_pyarrow}[command](where):
            print(json.dumps(line))
