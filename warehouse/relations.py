"""Tables and views of the database side by side, as `readout tables` and `schema` tell of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from transforms.records import ALL_TABLES

from .query import fetch_rows
from .schemas import ColumnRow, UnknownTableError, describe, grain, identifier, quoted
from .views import describe_views, views


@dataclass(frozen=True, slots=True)
class Relation:
    """A table or a view, and what one row of it is."""

    name: str
    kind: str  # "table" or "view"
    grain: str


def relations() -> list[Relation]:
    """All tables in the contract's order, then all views by name."""
    tables = [Relation(name, "table", grain(name)) for name in ALL_TABLES]
    found = [Relation(view.name, "view", view.grain) for view in views()]
    return tables + sorted(found, key=lambda relation: relation.name)


def grain_of(name: str) -> str:
    """What one row of a table or view is, in a sentence. Raises StopIteration for another name."""
    return next(relation.grain for relation in relations() if relation.name == name)


def describe_all(name: str | None = None) -> list[ColumnRow]:
    """Every column of a table or view, or of all. Raises UnknownTableError."""
    if name in ALL_TABLES:
        return describe(name)
    if name is None:
        return [*describe(), *describe_views()]
    found = [row for row in describe_views() if row.table == name]
    if not found:
        names = [relation.name for relation in relations()]
        near = get_close_matches(name, names, n=1)
        hint = f"did you mean {near[0]}? There are" if near else "there are"
        raise UnknownTableError(f"no table or view {name!r}; {hint} {', '.join(names)}")
    return found


def count_rows(data: Path, names: Sequence[str]) -> dict[str, int | None]:
    """How many rows each table or view of DATA/readout.duckdb has; None for one it has not.

    Raises QueryError.
    """
    known = fetch_rows(
        data,
        "SELECT table_name AS name FROM duckdb_tables() "
        "UNION ALL SELECT view_name FROM duckdb_views() WHERE NOT internal",
        {},
    )
    there = [name for name in names if {"name": name} in known]
    counts = "\nUNION ALL ".join(
        f"SELECT {quoted(name)} AS name, count(*) AS n FROM {identifier(name)}" for name in there
    )
    rows = fetch_rows(data, counts, {}) if there else []
    return dict.fromkeys(names) | {row["name"]: row["n"] for row in rows}
