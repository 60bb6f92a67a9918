"""What DuckDB says of a query that fails, as a person can act on it."""

from __future__ import annotations

import re
from difflib import get_close_matches
from pathlib import Path

import duckdb

from transforms.records import ALL_TABLES

from .views import views

_NO_RELATION = re.compile(r"Table with name (\S+) does not exist")
_NO_COLUMN = re.compile(r'Referenced column "(.+?)" not found')
_WRITE = re.compile(r'statement of type "(\w+)" on database')
_HOLDER = re.compile(r"\(PID (\d+)\)")


def explain(error: Exception, path: Path) -> str:
    """The message for an error of DuckDB's on the database at a path."""
    message = str(error).strip()
    if found := _NO_RELATION.search(message):
        names = [*ALL_TABLES, *sorted(view.name for view in views())]
        near = get_close_matches(found[1].lower(), names, n=1)
        hint = f"did you mean {near[0]}? There are" if near else "there are"
        return f"there is no table or view {found[1]}; {hint} {', '.join(names)}"
    if found := _WRITE.search(message):
        return (
            f"the database is read-only: a query can't {found[1]}. What `readout run` reads is "
            "what stands in the tables; to add tables of your own, work on a copy of the file"
        )
    if "file system operations are disabled" in message or "disabled by configuration" in message:
        return (
            "a query sees the database and nothing else: other files, ATTACH, COPY and extensions "
            "are disabled. --out FILE writes the rows to a file"
        )
    if "configuration has been locked" in message:
        return "the settings of a query are locked"
    if "Could not set lock" in message or "Conflicting lock" in message:
        holder = _HOLDER.search(message)
        who = f" (process {holder[1]})" if holder else ""
        return (
            f"{path} is open for writing in another program{who}; close it there, or open it "
            "there read-only"
        )
    if _is_damaged(error, message):
        reason = message.splitlines()[0]
        return f"{path} is damaged or no database ({reason}); `readout load` builds it anew"
    if found := _NO_COLUMN.search(message):
        name, line = found[1], message.partition("LINE 1: ")[2]
        if f'"{name}"' in line:
            return f"{message}\n\nText goes in single quotes: '{name}'"
    return message


def _is_damaged(error: Exception, message: str) -> bool:
    if isinstance(error, duckdb.FatalException | duckdb.SerializationException):
        return True
    signs = ("not a valid DuckDB", "checksum", "Corrupt", "Could not read", "Is a directory")
    return any(sign in message for sign in signs)
