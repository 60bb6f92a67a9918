"""Data folders of other schemas: read as today's where that can be done, refused where it can't.

`records.SCHEMA_VERSION` numbers the columns; every manifest carries it, and each version stays in
tests/schemas/ (`python -m warehouse.evolution > tests/schemas/N.json`). A snapshot of an older
schema can be read where today's contract only adds columns that may be null: they are null in its
rows. Otherwise everything is made anew from raw/, which never changes its form.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from transforms.records import SCHEMA_VERSION, SNAPSHOT_TABLES, fields_of

from .manifest import SchemaError, Snapshot
from .parquet import DamagedFileError
from .schemas import arrow_schema, contract_version


def require_readable(data: Path, snapshot: Snapshot) -> None:
    """Prove that a snapshot's files can be read as today's tables.

    Raises SchemaError, which says what to do, and DamagedFileError for a file that can't be read.
    """
    if snapshot.manifest.contract_version == contract_version():
        return
    obstacle = next(_obstacles(snapshot), None)
    if obstacle:
        raise SchemaError(
            f"data folder {data} holds tables of an older Readout (schema "
            f"{snapshot.manifest.schema_version}, this one writes {SCHEMA_VERSION}; {obstacle}): "
            "`readout rebuild` makes them anew from raw/"
        )


def _obstacles(snapshot: Snapshot) -> Iterator[str]:
    """Why a snapshot can't be read as today's, a clause each."""
    for entry in snapshot.manifest.files:
        if entry.table not in SNAPSHOT_TABLES:
            yield f"table {entry.table} is gone"
            continue
        path = snapshot.path(entry.table, entry.partition)
        try:
            found = pq.read_schema(path)
        except (OSError, pa.ArrowException) as error:
            raise DamagedFileError(f"{path}: {error}") from error
        yield from _differences(entry.table, found)


def _differences(table: str, found: pa.Schema) -> Iterator[str]:
    wanted = arrow_schema(SNAPSHOT_TABLES[table])
    for name in found.names:
        if name not in wanted.names:
            yield f"column {table}.{name} is gone"
    for field in wanted:
        if field.name not in found.names:
            if not field.nullable:
                yield f"column {table}.{field.name} is new"
        elif found.field(field.name).type != field.type:
            yield f"column {table}.{field.name} has another type"


def columns() -> dict[str, list[str]]:
    """Today's columns of the snapshot tables, each as "name type" or "name type null"."""
    return {
        table: [f"{f.name} {f.type.__name__}{' null' * f.nullable}" for f in fields_of(record)]
        for table, record in SNAPSHOT_TABLES.items()
    }


if __name__ == "__main__":
    json.dump({"schema_version": SCHEMA_VERSION, "tables": columns()}, sys.stdout, indent=1)
    sys.stdout.write("\n")
