"""codebook.csv: every column of every table of a release, for programs to read."""

from __future__ import annotations

import csv
from pathlib import Path

from ..schemas import PLAIN_TYPES
from .source import Dataset

CODEBOOK_COLUMNS = (
    "table_name",
    "column_name",
    "type",
    "null_allowed",
    "is_key",
    "refers_to",
    "meaning",
    "allowed_values",
    "row_is",
)


def codebook_rows(dataset: Dataset) -> list[tuple[str | None, ...]]:
    """One row a column, as CODEBOOK_COLUMNS says."""
    return [
        (
            table,
            field.name,
            PLAIN_TYPES[field.type],
            "yes" if field.nullable else "no",
            "yes" if field.column.key else "no",
            field.column.references,
            field.column.meaning,
            "; ".join(field.column.values) if field.column.values else None,
            dataset.grain(table),
        )
        for table in dataset.tables
        for field in dataset.fields(table)
    ]


def write_codebook(dataset: Dataset, path: Path) -> None:
    """The codebook as CSV."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(CODEBOOK_COLUMNS)
        writer.writerows(codebook_rows(dataset))
