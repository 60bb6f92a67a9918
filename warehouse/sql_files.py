"""The SQL files of this package, and what their head comments say.

A file opens with a comment: what one row is, or what a check holds to be so. After an empty comment
line, a view's file may go on with `-- column: meaning` for columns that are not the contract's.
"""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable


def sql_files(folder: str) -> list[Traversable]:
    """The SQL files of one folder of this package, by name."""
    files = resources.files(__package__).joinpath(folder).iterdir()
    return sorted((f for f in files if f.name.endswith(".sql")), key=lambda f: f.name)


def first_comment(sql: str) -> str:
    """The first paragraph of the comment at the head of a SQL text as one line."""
    lines = _head(sql)
    end = lines.index("") if "" in lines else len(lines)
    return " ".join(lines[:end])


def column_comments(sql: str) -> dict[str, str]:
    """Column -> meaning, from the second paragraph of the comment at the head of a SQL text."""
    lines = _head(sql)
    if "" not in lines:
        return {}
    told = (line.partition(": ") for line in lines[lines.index("") + 1 :])
    return {name: meaning for name, _, meaning in told}


def _head(sql: str) -> list[str]:
    lines = []
    for line in sql.splitlines():
        if not line.startswith("--"):
            break
        lines.append(line.removeprefix("--").strip())
    return lines
