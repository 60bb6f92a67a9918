"""What the pages show, read from the database by the queries of this package."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Any

import duckdb

from ..quality import examine

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """A check, what it holds to be so, and how many rows offend."""

    name: str
    meaning: str
    rows: int


class Facts:
    """A database opened for one report: its queries, by the names of their files."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:  # noqa: D107
        self._connection = connection
        for statement in connection.extract_statements(_sql("prepare")):
            connection.execute(statement)

    def rows(self, name: str, **parameters: Any) -> list[Row]:
        """All rows of a query as column -> value."""
        result = self._connection.execute(_sql(name), parameters)
        names = [column[0] for column in result.description or ()]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def row(self, name: str) -> Row:
        """The one row of a query."""
        return self.rows(name)[0]

    def chunks(self, name: str, total: int, size: int) -> Iterator[tuple[int, int, list[Row]]]:
        """The rows of a numbered query, `size` at a time, with their first and last number."""
        for first in range(1, total + 1, size):
            last = min(first + size - 1, total)
            yield first, last, self.rows(name, first=first, last=last)

    def grouped(self, name: str, column: str, **parameters: Any) -> dict[int, list[Row]]:
        """The rows of a query by the value of a column."""
        groups: dict[int, list[Row]] = defaultdict(list)
        for row in self.rows(name, **parameters):
            groups[row[column]].append(row)
        return groups

    def checks(self) -> list[CheckResult]:
        """Every check of the warehouse, and how many rows offend it."""
        return [
            CheckResult(finding.check, finding.meaning, finding.rows)
            for level in ("fail", "warn")
            for finding in examine(self._connection, level)
        ]


def _sql(name: str) -> str:
    return resources.files(__package__).joinpath("queries", f"{name}.sql").read_text("utf-8")
