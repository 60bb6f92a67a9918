"""The contract in the forms that storage and readers need, all derived from transforms/records.py.

Arrow schemas, DuckDB DDL with comments, the rows of `readout schema`, and the text of CODEBOOK.md
(`python -m warehouse.schemas > CODEBOOK.md`). Nothing about a column is written down here.

Keys are stated in comments and proved by warehouse/quality.py: a unique index on the big tables
nearly doubles the database file.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import pyarrow as pa  # type: ignore[import-untyped]

from transforms.records import TABLES, Field, fields_of, key_of

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
_PLAIN_TYPES: Mapping[type, str] = {
    str: "text",
    int: "integer",
    float: "number",
    bool: "boolean",
    date: "date",
    datetime: "timestamp",
}
_NAMES: Mapping[type, str] = {record: name for name, record in TABLES.items()}
_CODEBOOK_HEAD = """\
# Codebook

Every table and column of the dataset. Made from `transforms/records.py` by
`python -m warehouse.schemas > CODEBOOK.md`; change it there.

Null means "the text does not say". Times (`_at`) are UTC; `date` columns and `_on` are days.
Countries are ISO 3166-1 alpha-3; `XKX` is Kosovo, `INT` an intergovernmental body. Every row
carries the `coder_version` of the rules and seeds that coded it.
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
    return (TABLES[table].__doc__ or "").strip().splitlines()[0]


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
    return [statement for table in TABLES for statement in _table_ddl(table)]


def _table_ddl(table: str) -> Iterator[str]:
    fields = fields_of(TABLES[table])
    columns = ",\n".join(f"    {_column_ddl(field)}" for field in fields)
    yield f"CREATE TABLE {identifier(table)} (\n{columns}\n)"
    key = ", ".join(key_of(TABLES[table]))
    yield f"COMMENT ON TABLE {identifier(table)} IS {quoted(f'{grain(table)} Key: {key}.')}"
    for field in fields:
        place = f"{identifier(table)}.{identifier(field.name)}"
        yield f"COMMENT ON COLUMN {place} IS {quoted(_comment(field))}"


def _column_ddl(field: Field) -> str:
    required = "" if field.nullable else " NOT NULL"
    return f"{identifier(field.name)} {SQL_TYPES[field.type]}{required}"


def _comment(field: Field) -> str:
    listed = f" One of: {', '.join(field.column.values)}." if field.column.values else ""
    return field.column.meaning + listed


def describe(table: str | None = None) -> list[ColumnRow]:
    """Every column of a table, or of all tables, in the contract's order.

    Raises UnknownTableError for a table that is not in the contract.
    """
    if table is not None and table not in TABLES:
        raise UnknownTableError(f"no table {table!r}; there are {', '.join(TABLES)}")
    tables = TABLES if table is None else (table,)
    return [_column_row(name, field) for name in tables for field in fields_of(TABLES[name])]


def _column_row(table: str, field: Field) -> ColumnRow:
    values = ", ".join(field.column.values) if field.column.values else None
    sql_type = SQL_TYPES[field.type]
    return ColumnRow(table, field.name, sql_type, field.nullable, field.column.meaning, values)


def codebook() -> str:
    """CODEBOOK.md: each table with grain, key and columns, then each closed list once."""
    lists = _closed_lists()
    parts = [_CODEBOOK_HEAD]
    parts += [_codebook_table(table, lists) for table in TABLES]
    parts.append("## Closed lists\n")
    parts += [_codebook_list(places, values) for places, values in lists]
    return "\n".join(parts)


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
    rows = [_codebook_row(table, field, headings) for field in fields_of(TABLES[table])]
    key = ", ".join(f"`{name}`" for name in key_of(TABLES[table]))
    head = f"## {table}\n\n{grain(table)} Key: {key}.\n\n"
    return head + _markdown_table(("column", "type", "null", "meaning"), rows)


def _codebook_row(table: str, field: Field, headings: Mapping[str, str]) -> tuple[str, ...]:
    meaning = field.column.meaning
    if field.column.references:
        meaning += f" Refers to `{field.column.references}`."
    if heading := headings.get(f"{table}.{field.name}"):
        meaning += f" Closed list: [{heading}](#{_anchor(heading)})."
    return (f"`{field.name}`", _PLAIN_TYPES[field.type], "yes" if field.nullable else "no", meaning)


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
