"""DATA/readout.duckdb: the snapshot with keys, comments and views, replaced in one step.

A DuckDB writer shuts out every reader, so the file is never written in place: a new one is built
beside it from the snapshot's files, checked, closed, and renamed over the old one. Readers keep the
one they have open. Storage version v1.0.0 lets every DuckDB 1.x client open it.

Beside it lies readout.duckdb.sha256, as `sha256sum -c` reads it: a database that was changed or
damaged since it was built is built anew by the next load.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from transforms.records import SNAPSHOT_TABLES, Check, SourceRun, State

from .database_update import NotUpdatedError, apply_update, find_update
from .evolution import require_readable
from .files import data_folder_errors, replace_bytes, sha256, sync
from .proof import NOT_WRITTEN, all_code_rows, insert, prove
from .quality import ChecksFailedError, Finding, checks, examine, require
from .runs import read_runs
from .schemas import ddl, identifier, key_ddl
from .snapshot import Snapshot, verify
from .views import create_views, views

__all__ = ["CONFIG", "ChecksFailedError", "build_database", "database_path", "digest_path"]

CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "storage_compatibility_version": "v1.0.0",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


def database_path(data: Path) -> Path:
    """Where the database of a data folder lies."""
    return data / "readout.duckdb"


def digest_path(data: Path) -> Path:
    """Where the SHA-256 of the database lies."""
    return data / "readout.duckdb.sha256"


def build_database(data: Path, snapshot: Snapshot, countries: Sequence[Any]) -> list[Finding]:
    """Bring DATA/readout.duckdb to a snapshot and the run log; gives what the warning checks found.

    `countries` are the rows of the code table of that name. Nothing is done, and nothing found,
    where the file holds all already; where only the run log has grown, only that is loaded, and
    where a part of the snapshot has changed, only the rows that differ. Every file is proved by its
    SHA-256 before it is loaded. Raises DamagedFileError for a file that isn't what was published,
    SchemaError for a snapshot whose columns can't be read as today's, ChecksFailedError where a
    check fails, DataFolderError where the new database can't be written; the old one stays in each
    case.
    """
    require_readable(data, snapshot)
    path = database_path(data)
    runs = read_runs(data)
    state = _read_state(path)
    wanted = _state(snapshot, runs, countries)
    whole = state is not None and _is_whole(path, digest_path(data))
    if whole and state == wanted:
        return []
    building = data / ".readout.duckdb.building"
    with data_folder_errors(data), _discarded(building):
        found = None
        if whole and state:
            found = _brought_up(path, building, (state, wanted), data, snapshot, runs, countries)
        if found is None:
            verify(snapshot)
            found = _build(building, wanted, snapshot, runs, countries)
        swap_in(building, path, digest_path(data))
    return [finding for finding in found if finding.rows]


@contextmanager
def _discarded(building: Path) -> Iterator[None]:
    """No half-built file before or after; what DuckDB can't write is an error of the system."""
    _discard(building)
    try:
        yield
    except NOT_WRITTEN as error:
        raise OSError(None, str(error), str(building)) from error
    finally:
        _discard(building)


def _log_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.wal")


def _discard(building: Path) -> None:
    building.unlink(missing_ok=True)
    _log_of(building).unlink(missing_ok=True)


def _state(snapshot: Snapshot, runs: Sequence[SourceRun], countries: Sequence[Any]) -> State:
    manifest = snapshot.manifest
    texts = [view.name + view.sql for view in views()]
    texts += [name + sql for level in ("fail", "warn") for name, sql in checks(level).items()]
    texts += [repr(row) for rows in all_code_rows(countries).values() for row in rows]
    return State(
        snapshot_id=manifest.snapshot_id,
        coder_version=manifest.coder_version,
        schema_version=manifest.schema_version,
        contract_version=manifest.contract_version,
        definition=_digest([*ddl(), *key_ddl().values(), *texts]),
        runs=_digest([repr(run) for run in runs]),
    )


def _digest(parts: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _read_state(path: Path) -> State | None:
    """What the database was built from; None where there is none that can be read."""
    if not path.is_file():
        return None
    try:
        with duckdb.connect(path, read_only=True, config=CONFIG) as connection:
            result = connection.execute("SELECT * FROM snapshot")
            names = [column[0] for column in result.description or ()]
            return State(**dict(zip(names, result.fetchall()[0], strict=True)))
    except (duckdb.Error, IndexError, TypeError):
        return None


def _is_whole(path: Path, digest: Path) -> bool:
    """Whether the file is, to the byte, the one that was built."""
    return digest.is_file() and digest.read_bytes() == _digest_line(path)


def _digest_line(path: Path, name: str | None = None) -> bytes:
    return f"{sha256(path)}  {name or path.name}\n".encode()


def _build(
    building: Path,
    state: State,
    snapshot: Snapshot,
    runs: Sequence[SourceRun],
    countries: Sequence[Any],
) -> list[Finding]:
    with duckdb.connect(building, config=CONFIG) as connection, _breaches():
        # Parquet's times carry UTC; the cast to TIMESTAMP would go by the machine's own zone.
        connection.execute("SET TimeZone = 'UTC'")
        with _at_once(connection):
            for statement in ddl():
                connection.execute(statement)
        for table in SNAPSHOT_TABLES:
            _load_table(connection, table, snapshot)
        insert(connection, all_code_rows(countries))
        insert(connection, {"sources": runs, "snapshot": [state]})
        with _at_once(connection):
            create_views(connection)
        passed = require(connection)
        for statement in key_ddl().values():
            connection.execute(statement)
        return _checked(connection, passed)


@contextmanager
def _at_once(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """One transaction: hundreds of comments are synced once."""
    connection.execute("BEGIN")
    yield
    connection.execute("COMMIT")


@contextmanager
def _breaches() -> Iterator[None]:
    """What DuckDB holds against rows (a key twice, a missing value) is a check that failed."""
    try:
        yield
    except duckdb.ConstraintException as error:
        told = str(error).splitlines()[0]
        rule = "A table's key is there once, and no value is missing."
        raise ChecksFailedError([Finding("fail_duplicate_keys", rule, 1, (told,))]) from error


def _load_table(connection: duckdb.DuckDBPyConnection, table: str, snapshot: Snapshot) -> None:
    files = [str(snapshot.path(table, partition)) for partition in snapshot.partitions(table)]
    if not files:  # a table that the snapshot's schema did not know yet
        return
    connection.execute(
        f"INSERT INTO {identifier(table)} BY NAME "
        "SELECT * FROM read_parquet(?, union_by_name = true)",
        [files],
    )


def _brought_up(
    path: Path,
    building: Path,
    states: tuple[State, State],
    data: Path,
    snapshot: Snapshot,
    runs: Sequence[SourceRun],
    countries: Sequence[Any],
) -> list[Finding] | None:
    """The old database with what differs; None where it has to be built anew."""
    before, wanted = states
    if replace(before, runs=wanted.runs, snapshot_id=wanted.snapshot_id) != wanted:
        return None
    update = None
    if before.snapshot_id != wanted.snapshot_id:
        update = find_update(data, before.snapshot_id, snapshot)
        if update is None:
            return None
        prove(snapshot, countries, update.partitions)
    shutil.copyfile(path, building)
    try:
        with duckdb.connect(building, config=CONFIG) as connection:
            connection.execute("SET TimeZone = 'UTC'")
            if update:
                apply_update(connection, update)
            connection.execute("DELETE FROM sources")
            connection.execute("DELETE FROM snapshot")
            insert(connection, {"sources": runs, "snapshot": [wanted]})
            connection.execute("DELETE FROM checks WHERE level = 'warn'")
            return _checked(connection, [])
    except NotUpdatedError:
        _discard(building)
        return None


def _checked(connection: duckdb.DuckDBPyConnection, passed: Sequence[Finding]) -> list[Finding]:
    """Keep what the checks found in the database, and give what the warning ones did."""
    warnings = examine(connection, "warn")
    rows = [_check_row("fail", finding) for finding in passed]
    rows += [_check_row("warn", finding) for finding in warnings]
    insert(connection, {"checks": rows})
    connection.execute("CHECKPOINT")
    return warnings


def _check_row(level: str, finding: Finding) -> Check:
    return Check(
        check_name=finding.check,
        level=level,
        meaning=finding.meaning,
        offending_rows=finding.rows,
        examples="; ".join(finding.examples) or None,
    )


def swap_in(building: Path, path: Path, digest: Path) -> None:
    """Rename the closed file over the old one; an old `.wal` beside it would make it unusable."""
    for file in (building, path):
        _log_of(file).unlink(missing_ok=True)
    sync(building)
    line = _digest_line(building, path.name)
    building.replace(path)
    replace_bytes(digest, line)
    sync(path.parent)
