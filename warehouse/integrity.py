"""Whether a data folder is what was written: every file's hash, every page's checksum, every span.

    raw/*.warc.gz       the SHA-256 in its index, and each record's own id
    raw/*.idx           its own SHA-256
    tables/             manifest.json by its name, every file by its SHA-256 in it, its pages by
                        their checksums; every span against the text, with all checks that have
                        to hold
    readout.duckdb      the SHA-256 beside it
    runs/*.json         the rows of it that the database holds

Nothing is mended here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path
from typing import Any

from transforms.records import SourceRun

from .database import database_path, digest_path
from .evolution import require_readable
from .files import sha256
from .manifest import Snapshot, current_folder, read_snapshot
from .parquet import DamagedFileError, read_table
from .proof import prove
from .quality import ChecksFailedError
from .query import QueryError, fetch_rows
from .raw import RawStore
from .runs import find_damage, run_files


@dataclass(frozen=True, slots=True)
class Damaged:
    """A damaged file, and what is wrong with it."""

    path: Path
    reason: str


@dataclass(slots=True)
class Verified:
    """What was looked at: how many files, how many rows and spans in them, and what is damaged."""

    files: int = 0
    rows: int = 0
    spans: int = 0
    damaged: list[Damaged] = field(default_factory=list)


def verify_folder(data: Path, countries: Sequence[Any]) -> Verified:
    """Look at everything in a data folder. `countries` are the rows of that code table.

    Raises SchemaError for the folder of another Readout.
    """
    found = Verified()
    store = RawStore(data / "raw")
    found.files += 2 * len(store.files())
    found.damaged += [Damaged(path, reason) for path, reason in store.find_damage()]
    _verify_tables(data, countries, found)
    found.damaged += _damaged_database(data)
    found.files += len(run_files(data)) + 2 * database_path(data).exists()
    found.damaged += [Damaged(path, reason) for path, reason in find_damage(data, _logged(data))]
    return found


def _verify_tables(data: Path, countries: Sequence[Any], found: Verified) -> None:
    try:
        snapshot = read_snapshot(data)
    except DamagedFileError as error:
        folder = current_folder(data)
        assert folder is not None
        manifest = folder / "manifest.json"
        found.damaged.append(Damaged(manifest, str(error).removeprefix(f"{manifest}: ")))
        return
    if snapshot is None:
        return
    damaged = list(_damaged_files(snapshot))
    found.files += 1 + len(snapshot.manifest.files)
    found.rows += sum(snapshot.manifest.rows.values())
    found.spans += snapshot.manifest.rows["spans"]
    if not damaged:
        require_readable(data, snapshot)
        damaged = list(_broken_rules(snapshot, countries))
    found.damaged += damaged


def _damaged_files(snapshot: Snapshot) -> Iterator[Damaged]:
    manifest = snapshot.folder / "manifest.json"
    if manifest.read_bytes() != snapshot.manifest.to_json():
        yield Damaged(manifest, "its bytes are not those that were written")
    for entry in snapshot.manifest.files:
        path = snapshot.path(entry.table, entry.partition)
        try:
            if sha256(path) != entry.sha256:
                yield Damaged(path, "its bytes are not those that were published")
            elif read_table(path).num_rows != entry.rows:
                yield Damaged(path, "it holds another number of rows than the manifest says")
        except OSError as error:
            yield Damaged(path, error.strerror or str(error))
        except DamagedFileError as error:
            yield Damaged(path, str(error).removeprefix(f"{path}: "))


def _broken_rules(snapshot: Snapshot, countries: Sequence[Any]) -> Iterator[Damaged]:
    try:
        prove(snapshot, countries)
    except ChecksFailedError as error:
        for finding in error.findings:
            yield Damaged(snapshot.folder, str(finding))
    except OSError as error:
        yield Damaged(snapshot.folder, error.strerror or str(error))


def _damaged_database(data: Path) -> Iterator[Damaged]:
    path, digest = database_path(data), digest_path(data)
    if not path.is_file():
        if (data / "tables" / "current").is_symlink():
            yield Damaged(path, "it is missing; `readout load` builds it")
        return
    if not digest.is_file():
        yield Damaged(digest, "it is missing; `readout load` builds the database anew")
    elif digest.read_bytes() != f"{sha256(path)}  {path.name}\n".encode():
        yield Damaged(
            path, f"it is not the one that {digest.name} tells of; `readout load` builds it anew"
        )


def _logged(data: Path) -> list[SourceRun]:
    """The run log as the database holds it; none where that can't be read."""
    try:
        rows = fetch_rows(data, "SELECT * FROM sources", {})
        return [
            SourceRun(**(row | {"started_at": row["started_at"].replace(tzinfo=UTC)}))
            for row in rows
        ]
    except (QueryError, TypeError):
        return []
