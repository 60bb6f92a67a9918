"""The views of the database: one SQL file each, created in the order in which they use each other.

Every column gets a comment: the one that its file gives, or the contract's, where the view takes
the column from a table under the same name.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter

import duckdb

from transforms.records import ALL_TABLES, fields_of

from .schemas import ColumnRow, ddl, identifier, quoted
from .sql_files import column_comments, first_comment, sql_files

_WORD = re.compile(r"[a-z_]+")
_RELATION = re.compile(r"\b(?:FROM|JOIN) (\w+)(?: AS (\w+))?")


@dataclass(frozen=True, slots=True)
class View:
    """A view as its file tells it."""

    name: str
    sql: str

    @property
    def grain(self) -> str:
        """What one row is, in a sentence."""
        return first_comment(self.sql)


@cache
def views() -> tuple[View, ...]:
    """All views; one that uses another comes after it."""
    files = {f.name.removesuffix(".sql"): f.read_text(encoding="utf-8") for f in sql_files("views")}
    used = {name: (set(_WORD.findall(sql)) & files.keys()) - {name} for name, sql in files.items()}
    order = TopologicalSorter(used).static_order()
    return tuple(View(name, files[name]) for name in order)


def create_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Create all views over the tables that are there, with a comment on each and its columns."""
    for view in views():
        name = identifier(view.name)
        connection.execute(f"CREATE VIEW {name} AS\n{view.sql}")
        connection.execute(f"COMMENT ON VIEW {name} IS {quoted(view.grain)}")
        for column, _ in _columns(connection, view):
            comment = quoted(_meaning(view, column))
            connection.execute(f"COMMENT ON COLUMN {name}.{identifier(column)} IS {comment}")


@cache
def describe_views() -> tuple[ColumnRow, ...]:
    """Every column of every view, as `describe` gives those of the tables."""
    with duckdb.connect() as connection:
        for statement in ddl():
            connection.execute(statement)
        create_views(connection)
        return tuple(
            ColumnRow(view.name, column, type, True, _meaning(view, column), None)
            for view in sorted(views(), key=lambda view: view.name)
            for column, type in _columns(connection, view)
        )


def _columns(connection: duckdb.DuckDBPyConnection, view: View) -> list[tuple[str, str]]:
    """Name and type of each column."""
    found = connection.execute(f"DESCRIBE {identifier(view.name)}").fetchall()
    return [(row[0], row[1]) for row in found]


def _meaning(view: View, column: str) -> str:
    """What a column means: as its file tells, or the table or view that it is taken from.

    Raises KeyError for a column that neither a file nor the contract tells of.
    """
    told = column_comments(view.sql)
    if column in told:
        return told[column]
    for relation in _origins(view, column):
        if relation in ALL_TABLES:
            fields = {field.name: field for field in fields_of(ALL_TABLES[relation])}
            if column in fields:
                return fields[column].column.meaning
        elif found := [v for v in views() if v.name == relation]:
            with suppress(KeyError):
                return _meaning(found[0], column)
    raise KeyError(f"view {view.name}: no meaning is given for column {column}")


def _origins(view: View, column: str) -> list[str]:
    """Tables and views that a column may come from: those of `alias.column` before the others."""
    named = _RELATION.findall(view.sql)
    aliases = {alias: relation for relation, alias in named if alias}
    taken = re.findall(rf"^    (\w+)\.{column}\b", view.sql, re.MULTILINE)
    return [aliases[alias] for alias in taken if alias in aliases] + [name for name, _ in named]
