"""Checks on a loaded database, before it is swapped in, at two levels of loudness.

`checks/fail_*.sql` and `checks/warn_*.sql` each select the rows that offend, and say in their first
comment what they hold. Keys and closed lists are checked by queries made from the contract.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable

import duckdb

from transforms.records import TABLES, Field, fields_of, key_of

from .schemas import identifier, quoted

_SHOWN = 3  # offending rows quoted in a finding


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: its name, what it holds to be so, how many rows offend, the first few."""

    check: str
    meaning: str
    rows: int
    examples: tuple[str, ...]

    def __str__(self) -> str:  # noqa: D105
        shown = "; ".join(self.examples)
        return f"{self.check}: {self.meaning} {self.rows} row(s) offend, such as {shown}"


def sql_files(folder: str) -> list[Traversable]:
    """The SQL files of one folder of this package, by name."""
    files = resources.files(__package__).joinpath(folder).iterdir()
    return sorted((f for f in files if f.name.endswith(".sql")), key=lambda f: f.name)


def first_comment(sql: str) -> str:
    """The comment at the head of a SQL text as one line."""
    lines = []
    for line in sql.splitlines():
        if not line.startswith("--"):
            break
        lines.append(line.removeprefix("--").strip())
    return " ".join(lines)


def check(connection: duckdb.DuckDBPyConnection, prefix: str) -> list[Finding]:
    """Run the checks of one level ("fail" or "warn"); what each one found, if it found anything."""
    checks = {
        f.name.removesuffix(".sql"): f.read_text()
        for f in sql_files("checks")
        if f.name.startswith(f"{prefix}_")
    }
    if prefix == "fail":
        checks |= contract_checks()
    found = (_finding(connection, name, sql) for name, sql in checks.items())
    return [finding for finding in found if finding]


def contract_checks() -> Mapping[str, str]:
    """Name and SQL of the checks that the contract implies: keys are unique, lists are closed."""
    lists = "\nUNION ALL\n".join(_list_checks())
    keys = "\nUNION ALL\n".join(_key_check(table) for table in TABLES)
    return {
        "fail_closed_lists": f"-- Every value of a closed list is in the list.\n{lists}",
        "fail_duplicate_keys": f"-- A table's key is there once.\n{keys}",
    }


def _list_checks() -> Iterator[str]:
    for table, record in TABLES.items():
        for field in fields_of(record):
            if field.column.values:
                yield _list_check(table, field)


def _list_check(table: str, field: Field) -> str:
    column = identifier(field.name)
    allowed = ", ".join(quoted(value) for value in field.column.values or ())
    return (
        f"SELECT {quoted(f'{table}.{field.name}')} AS place, {column} AS value, count(*) AS times\n"
        f"FROM {identifier(table)} WHERE {column} NOT IN ({allowed}) GROUP BY ALL"
    )


def _key_check(table: str) -> str:
    columns = ", ".join(identifier(name) for name in key_of(TABLES[table]))
    shown = f"concat_ws(' ', {columns})"
    return (
        f"SELECT {quoted(table)} AS place, {shown} AS value, count(*) AS times\n"
        f"FROM {identifier(table)} GROUP BY {columns} HAVING count(*) > 1"
    )


def _finding(connection: duckdb.DuckDBPyConnection, name: str, sql: str) -> Finding | None:
    offending = connection.sql(sql)
    (count,) = offending.aggregate("count(*)").fetchall()[0]
    if not count:
        return None
    rows = offending.limit(_SHOWN).fetchall()
    examples = tuple(", ".join(str(value) for value in row) for row in rows)
    return Finding(name, first_comment(sql), count, examples)
