"""Run every view of a database and every query of the cookbook with the DuckDB that is installed.

    python tests/interop_duckdb.py DATABASE COOKBOOK

Needs nothing but duckdb, of any version that reads the file; see tests/interop.sh.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import duckdb


def main(database: str, cookbook: Path) -> None:
    queries = re.findall(r"```sql\n(.+?)```", cookbook.read_text(encoding="utf-8"), re.DOTALL)
    with duckdb.connect(database, read_only=True) as connection:
        views = [
            name
            for (name,) in connection.execute(
                "SELECT view_name FROM duckdb_views() WHERE NOT internal"
            ).fetchall()
        ]
        for view in views:
            assert connection.execute(f'SELECT * FROM "{view}"').fetchall(), view
        for query in queries:
            assert connection.execute(query).fetchall(), query
        (comments, columns) = connection.execute(
            "SELECT count(comment), count(*) FROM duckdb_columns() WHERE NOT internal"
        ).fetchall()[0]
    assert comments == columns, f"{columns - comments} columns without a comment"
    told = f"{len(views)} views, {len(queries)} queries, {columns} columns with comments"
    print(f"DuckDB {duckdb.__version__}: {told}")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
