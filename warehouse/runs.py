"""DATA/runs: the run log, one file a run, a JSON list with one object per source.

It grows with every run, so it is no part of the snapshot; the database holds it as table `sources`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from transforms.records import SourceRun

from .files import data_folder_errors, replace_bytes
from .parquet import ContractError, DamagedFileError


def write_run(data: Path, run_id: str, rows: Sequence[SourceRun]) -> Path:
    """Keep what a run's sources gave, in one step.

    Raises ContractError for a source that is there twice, DataFolderError where nothing can be
    written.
    """
    if len({row.source_id for row in rows}) < len(rows):
        raise ContractError(f"run {run_id}: a source is there twice")
    path = data / "runs" / f"{run_id}.json"
    with data_folder_errors(data):
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_bytes(path, _to_json(rows))
    return path


def _to_json(rows: Sequence[SourceRun]) -> bytes:
    entries = [asdict(row) | {"started_at": row.started_at.isoformat()} for row in rows]
    return (json.dumps(entries, indent=1, sort_keys=True) + "\n").encode()


def find_damage(data: Path, known: Collection[SourceRun]) -> Iterator[tuple[Path, str]]:
    """Every damaged file of the run log, with the reason.

    `known` are the rows that the database holds: a file that says otherwise has changed since.
    """
    by_run = {row.run_id for row in known}
    for path in run_files(data):
        try:
            rows = list(_read_run(path))
        except DamagedFileError as error:
            yield path, str(error).removeprefix(f"{path}: ")
            continue
        if _to_json(rows) != path.read_bytes():
            yield path, "its bytes are not those that were written"
        elif path.stem in by_run and any(row not in known for row in rows):
            yield path, "it tells another story than the database"
        elif any(row.run_id != path.stem for row in rows):
            yield path, "it holds the log of another run"


def run_files(data: Path) -> list[Path]:
    """The files of all runs, by name."""
    return sorted((data / "runs").glob("[!.]*.json"))


def read_runs(data: Path) -> list[SourceRun]:
    """Every source of every run, by file name; DamagedFileError for a file that is no log."""
    return [row for path in run_files(data) for row in _read_run(path)]


def _read_run(path: Path) -> Iterator[SourceRun]:
    try:
        for entry in json.loads(path.read_text()):
            entry["started_at"] = datetime.fromisoformat(entry["started_at"])
            yield SourceRun(**entry)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise DamagedFileError(f"{path}: {error}") from error
