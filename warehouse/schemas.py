"""The contract in the forms that storage and readers need, all derived from transforms/records.py.

Arrow schemas, DuckDB DDL with comments, the rows of `readout schema`, and the text of CODEBOOK.md
(`python -m warehouse.schemas > CODEBOOK.md`). Nothing about a column is written down here.

Keys are stated in comments and proved by warehouse/quality.py; the database declares them too, but
for the biggest tables, once their rows are in: an index made at one go costs half of one kept up.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

import pyarrow as pa  # type: ignore[import-untyped]

from transforms.records import (
    ALL_TABLES,
    CODE_TABLES,
    SCHEMA_VERSION,
    TABLES,
    Field,
    fields_of,
    key_of,
)

from .sql_files import first_comment, sql_files

ARROW_TYPES: Mapping[type, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    date: pa.date32(),
    datetime: pa.timestamp("us", tz="UTC"),
}
# TIMESTAMP holds UTC: a TIMESTAMPTZ would be shown in each client's own zone.
SQL_TYPES: Mapping[type, str] = {
    str: "VARCHAR",
    int: "BIGINT",
    float: "DOUBLE",
    bool: "BOOLEAN",
    date: "DATE",
    datetime: "TIMESTAMP",
}
# Told and proved, but not declared: an index on them would nearly double the database file.
UNINDEXED = frozenset({"spans", "misses"})
PLAIN_TYPES: Mapping[type, str] = {
    str: "text",
    int: "integer",
    float: "number",
    bool: "boolean",
    date: "date",
    datetime: "timestamp",
}
_NAMES: Mapping[type, str] = {record: name for name, record in ALL_TABLES.items()}
_CODEBOOK_HEAD = f"""\
# Codebook

Every table and column of the dataset. Made from `transforms/records.py` by
`python -m warehouse.schemas > CODEBOOK.md`; change it there.

Null means "the text does not say". Times (`_at`) are UTC; `date` columns and `_on` are days.
Countries are ISO 3166-1 alpha-3; `XKX` is Kosovo, `INT` an intergovernmental body. Every row
carries the `coder_version` of the rules and seeds that coded it.

Schema version {SCHEMA_VERSION}.
"""
_CODES_HEAD = """\
## Code tables

In the database and in every release, to join with; they carry no `coder_version`.
"""
_VIEWS_HEAD = """\
## Views of the database

`readout schema VIEW` tells their columns, as do the comments in the file.
"""


class UnknownTableError(LookupError):
    """There is no such table; the message lists those that there are."""


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """One row of `readout schema`: a column as a reader needs to know it."""

    table: str
    column: str
    type: str  # as in DuckDB
    nullable: bool
    meaning: str
    values: str | None  # the closed list, ", " between its values


def table_name(record: type) -> str:
    """Name of the table that holds rows of this record class."""
    return _NAMES[record]


def grain(table: str) -> str:
    """What one row of the table is, in a sentence."""
    return (ALL_TABLES[table].__doc__ or "").strip().splitlines()[0]


@cache
def arrow_schema(record: type) -> pa.Schema:
    """Arrow schema of a record class, with each column's meaning as its field's metadata."""
    fields = [
        pa.field(
            f.name,
            ARROW_TYPES[f.type],
            nullable=f.nullable,
            metadata={"description": f.column.meaning},
        )
        for f in fields_of(record)
    ]
    table = table_name(record)
    return pa.schema(fields, metadata={"table": table, "description": grain(table)})


def contract_version() -> str:
    """First 8 hexadecimal digits of a SHA-256 over the names, types and nullability of columns.

    Two snapshots of one contract version can be read as one dataset.
    """
    columns = [
        (table, f.name, f.type.__name__, f.nullable)
        for table, record in TABLES.items()
        for f in fields_of(record)
    ]
    return hashlib.sha256(json.dumps(columns).encode()).hexdigest()[:8]


def quoted(text: str) -> str:
    """Text as a SQL string."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """A name as a SQL identifier: `end` and other columns are keywords."""
    return '"' + name.replace('"', '""') + '"'


def ddl() -> list[str]:
    """Statements that create every table, NOT NULL where the contract says so, with comments."""
    return [statement for table in ALL_TABLES for statement in _table_ddl(table)]


def key_ddl() -> Mapping[str, str]:
    """For each table that declares its key, the statement that does so, for when it is filled."""
    return {
        table: f"ALTER TABLE {identifier(table)} ADD PRIMARY KEY "
        f"({', '.join(map(identifier, key_of(record)))})"
        for table, record in ALL_TABLES.items()
        if table not in UNINDEXED
    }


def _table_ddl(table: str) -> Iterator[str]:
    record = ALL_TABLES[table]
    fields = fields_of(record)
    lines = [f"    {_column_ddl(field)}" for field in fields]
    yield f"CREATE TABLE {identifier(table)} (\n{{}}\n)".format(",\n".join(lines))
    comment = f"{grain(table)} Key: {', '.join(key_of(record))}."
    yield f"COMMENT ON TABLE {identifier(table)} IS {quoted(comment)}"
    for field in fields:
        place = f"{identifier(table)}.{identifier(field.name)}"
        yield f"COMMENT ON COLUMN {place} IS {quoted(meaning(field))}"


def _column_ddl(field: Field) -> str:
    required = "" if field.nullable else " NOT NULL"
    return f"{identifier(field.name)} {SQL_TYPES[field.type]}{required}"


def meaning(field: Field) -> str:
    """What a column means, with the table that it refers to and the values it may hold."""
    column = field.column
    refers = f" Refers to {column.references}." if column.references else ""
    listed = f" One of: {', '.join(column.values)}." if column.values else ""
    return column.meaning + refers + listed


def describe(table: str | None = None) -> list[ColumnRow]:
    """Every column of a table, or of all tables, in the contract's order.

    Raises UnknownTableError for a table that is not in the contract.
    """
    if table is not None and table not in ALL_TABLES:
        raise UnknownTableError(f"no table {table!r}; there are {', '.join(ALL_TABLES)}")
    tables = ALL_TABLES if table is None else (table,)
    return [_column_row(name, field) for name in tables for field in fields_of(ALL_TABLES[name])]


def _column_row(table: str, field: Field) -> ColumnRow:
    values = ", ".join(field.column.values) if field.column.values else None
    sql_type = SQL_TYPES[field.type]
    return ColumnRow(table, field.name, sql_type, field.nullable, field.column.meaning, values)


def codebook() -> str:
    """CODEBOOK.md: each table with grain, key and columns, then each closed list once."""
    lists = _closed_lists()
    parts = [_CODEBOOK_HEAD]
    parts += [_codebook_table(table, lists) for table in TABLES]
    parts.append(_CODES_HEAD)
    parts += [_codebook_table(table, lists) for table in CODE_TABLES]
    parts.append(_codebook_views())
    parts.append("## Closed lists\n")
    parts += [_codebook_list(places, values) for places, values in lists]
    return "\n".join(parts)


def _codebook_views() -> str:
    """The views by name; their columns are in the database's comments and in `readout schema`."""
    files = ((f.name.removesuffix(".sql"), f.read_text("utf-8")) for f in sql_files("views"))
    rows = [(f"`{name}`", first_comment(sql)) for name, sql in files]
    return _VIEWS_HEAD + "\n" + _markdown_table(("view", "one row"), rows)


def _closed_lists() -> list[tuple[tuple[str, ...], Mapping[str, str]]]:
    """Each closed list with the columns that take it; columns with the same list share one."""
    found: dict[int, tuple[list[str], Mapping[str, str]]] = {}
    for table, record in TABLES.items():
        for field in fields_of(record):
            if field.column.values:
                entry = found.setdefault(id(field.column.values), ([], field.column.values))
                entry[0].append(f"{table}.{field.name}")
    return [(tuple(places), values) for places, values in found.values()]


def _codebook_table(table: str, lists: Iterable[tuple[tuple[str, ...], Mapping[str, str]]]) -> str:
    headings = {place: _heading(places) for places, _ in lists for place in places}
    rows = [_codebook_row(table, field, headings) for field in fields_of(ALL_TABLES[table])]
    key = ", ".join(f"`{name}`" for name in key_of(ALL_TABLES[table]))
    head = f"## {table}\n\n{grain(table)} Key: {key}.\n\n"
    return head + _markdown_table(("column", "type", "null", "meaning"), rows)


def _codebook_row(table: str, field: Field, headings: Mapping[str, str]) -> tuple[str, ...]:
    meaning = field.column.meaning
    if field.column.references:
        meaning += f" Refers to `{field.column.references}`."
    if heading := headings.get(f"{table}.{field.name}"):
        meaning += f" Closed list: [{heading}](#{_anchor(heading)})."
    return (f"`{field.name}`", PLAIN_TYPES[field.type], "yes" if field.nullable else "no", meaning)


def _codebook_list(places: Iterable[str], values: Mapping[str, str]) -> str:
    rows = [(f"`{value}`", definition) for value, definition in values.items()]
    return f"### {_heading(places)}\n\n" + _markdown_table(("value", "definition"), rows)


def _heading(places: Iterable[str]) -> str:
    return ", ".join(places)


def _anchor(heading: str) -> str:
    """The anchor that Markdown renderers give a heading."""
    return "".join(c for c in heading.lower().replace(" ", "-") if c.isalnum() or c in "-_")


def _markdown_table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(_cells(line))} |\n" for line in lines)


def _cells(line: Iterable[str]) -> list[str]:
    return [cell.replace("|", "\\|") for cell in line]


if __name__ == "__main__":
    sys.stdout.write(codebook())
