"""Load: the published snapshot and the run log into DATA/readout.duckdb."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from transforms.records import SourceRun
from warehouse.database import build_database
from warehouse.quality import Finding
from warehouse.runs import write_run
from warehouse.snapshot import Snapshot

from .countries import countries
from .ingest import Tally
from .settings import coder_version


def load(data: Path, snapshot: Snapshot) -> list[Finding]:
    """Bring the database to the snapshot; gives what the warning checks found.

    Raises DamagedFileError, SchemaError, ChecksFailedError, DataFolderError (see
    warehouse.database).
    """
    return build_database(data, snapshot, countries())


def log_run(data: Path, run_id: str, started_at: datetime, tallies: list[Tally]) -> None:
    """Write the run log of one run: a row a source."""
    rows = [
        SourceRun(
            source_id=tally.source_id,
            run_id=run_id,
            started_at=started_at,
            fetched=tally.fetched,
            new=tally.new,
            unchanged=tally.unchanged,
            failed=tally.failed,
            reason=tally.reason,
            coder_version=coder_version(),
        )
        for tally in tallies
    ]
    if rows:
        write_run(data, run_id, rows)
