"""What a person sees at the end of a run: the meetings, some statements, where the files are."""

from __future__ import annotations

import json
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any, TextIO

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from warehouse.database import database_path
from warehouse.highlights import read_highlights
from warehouse.query import NoDatabaseError, write_table
from warehouse.relations import count_rows, describe_all, grain_of, relations
from warehouse.schemas import ColumnRow

_MEETINGS = 12
_STATEMENTS = 10
_MEETING_COLUMNS = ("date_start", "kind", "status", "place", "participants")
_STATEMENT_COLUMNS = ("speaker", "cue", "content")
_HEADINGS = {"date_start": "date", "content": "what was said"}


def show_outcome(data: Path, figures: dict[str, Any], console: Console) -> None:
    """Print the closing tables for a run with these figures (see Job.summary) on a console."""
    found = read_highlights(data, _MEETINGS, _STATEMENTS)
    if found.meetings:
        console.print(_table("Meetings", _MEETING_COLUMNS, found.meetings, figures["meetings"]))
    if found.statements:
        total = figures["statements"]
        console.print(_table("Statements", _STATEMENT_COLUMNS, found.statements, total))
    _show_places(data, figures, console)


def summary_line(figures: dict[str, Any]) -> str:
    """The one line that `run` leaves on stdout: what is there now, and what is new."""
    names = ("articles", "meetings", "participants", "statements", "misses", "quarantined")
    counts = ", ".join(f"{figures[name]:,} {name}" for name in names)
    return f"{counts}; {figures['new_articles']:,} new articles in {figures['seconds']} s"


def write_schema(name: str | None, as_json: bool, out: TextIO) -> None:
    """Write the columns of a table or view, or of all, as JSON or as aligned text.

    Raises UnknownTableError.
    """
    rows = describe_all(name)
    if as_json:
        json.dump([asdict(row) for row in rows], out, ensure_ascii=False, indent=1)
        out.write("\n")
        return
    for relation, columns in groupby(rows, key=lambda row: row.table):
        out.write(f"{relation}: {grain_of(relation)}\n\n")
        write_table(["column", "type", "null", "meaning"], map(_schema_row, columns), out)
        out.write("\n")


def write_tables(data: Path, as_json: bool, out: TextIO) -> None:
    """Write the tables and views, how many rows each has, and what a row is. Raises QueryError.

    Where there is no database yet, how many rows is left open.
    """
    names = [relation.name for relation in relations()]
    try:
        counts = count_rows(data, names)
    except NoDatabaseError:
        counts = dict.fromkeys(names)
    rows = [
        {"name": r.name, "kind": r.kind, "rows": counts[r.name], "one_row": r.grain}
        for r in relations()
    ]
    if as_json:
        json.dump(rows, out, ensure_ascii=False, indent=1)
        out.write("\n")
        return
    write_table(["name", "kind", "rows", "one row"], (tuple(row.values()) for row in rows), out)


def _schema_row(row: ColumnRow) -> tuple[str, ...]:
    meaning = f"{row.meaning} One of: {row.values}." if row.values else row.meaning
    return row.column, row.type, "yes" if row.nullable else "no", meaning


def _table(title: str, names: tuple[str, ...], rows: list[dict[str, Any]], total: int) -> Table:
    heading = title if len(rows) == total else f"{title} ({len(rows)} of {total:,})"
    table = Table(title=heading, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for name in names:
        table.add_column(_HEADINGS.get(name, name), overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if row[name] is None else str(row[name])) for name in names))
    return table


def _show_places(data: Path, figures: dict[str, Any], console: Console) -> None:
    folder = data.as_posix()
    option = "" if folder == "data" else f" --data {folder}"
    lines = [
        f"Tables    {folder}/tables/<table>/*.parquet",
        f"Database  {database_path(data).as_posix()}",
        f"Raw input {folder}/raw/",
        "",
        "Next      "
        f'readout query{option} "SELECT speaker_name, cue, content FROM statements LIMIT 5"',
        f"          readout schema statements{'':{max(0, len(option) - 1)}}",
    ]
    if figures["quarantined"]:
        lines.append(
            f'          readout query{option} "SELECT url, reason, detail FROM quarantine"'
        )
    for line in lines:
        console.print(Text(line.rstrip()), soft_wrap=True)
