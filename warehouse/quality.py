"""Checks on the rows, before they are published and again before a database is swapped in.

There are two levels of loudness: what fails stops the publish, what warns is told.

`checks/fail_*.sql` and `checks/warn_*.sql` each select the rows that offend, and say in their first
comment what they hold. Keys and closed lists are checked by queries made from the contract.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from transforms.records import TABLES, Field, fields_of, key_of

from .schemas import identifier, quoted
from .sql_files import first_comment, sql_files

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


class ChecksFailedError(Exception):
    """Rows break a rule of the dataset; what was published before was left as it was."""

    def __init__(self, findings: Sequence[Finding]) -> None:  # noqa: D107
        super().__init__("\n".join(str(finding) for finding in findings))
        self.findings = tuple(findings)


def checks(level: str) -> Mapping[str, str]:
    """Name and SQL of the checks of one level, "fail" or "warn"."""
    files = {f.name.removesuffix(".sql"): f.read_text("utf-8") for f in sql_files("checks")}
    found = {name: sql for name, sql in files.items() if name.startswith(f"{level}_")}
    return found | dict(contract_checks()) if level == "fail" else found


def examine(
    connection: duckdb.DuckDBPyConnection, level: str, only: Collection[str] | None = None
) -> list[Finding]:
    """Run the checks of one level, or only some; what each one found, though it be nothing."""
    wanted = {name: sql for name, sql in checks(level).items() if only is None or name in only}
    return [_finding(connection, name, sql) for name, sql in wanted.items()]


def require(
    connection: duckdb.DuckDBPyConnection, only: Collection[str] | None = None
) -> list[Finding]:
    """Run the checks that have to hold, or only some of them; gives what each found.

    Raises ChecksFailedError.
    """
    found = examine(connection, "fail", only)
    if failures := [finding for finding in found if finding.rows]:
        raise ChecksFailedError(failures)
    return found


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


def _finding(connection: duckdb.DuckDBPyConnection, name: str, sql: str) -> Finding:
    offending = connection.sql(sql)
    (count,) = offending.aggregate("count(*)").fetchall()[0]
    rows = offending.limit(_SHOWN).fetchall() if count else []
    examples = tuple(", ".join(str(value) for value in row) for row in rows)
    return Finding(name, first_comment(sql), count, examples)
