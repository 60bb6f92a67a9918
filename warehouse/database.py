"""DATA/readout.duckdb: the snapshot with NOT NULL, comments and views, replaced in one step.

A DuckDB writer shuts out every reader, so the file is never written in place: a new one is built
beside it from the snapshot's files, checked, closed, and renamed over the old one. Readers keep the
one they have open. Storage version v1.0.0 lets every DuckDB 1.x client open it.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from transforms.records import SNAPSHOT_TABLES, SourceRun

from .files import data_folder_errors, sync
from .parquet import ContractError, to_table
from .quality import Finding, check, first_comment, sql_files
from .runs import read_runs
from .schemas import contract_version, ddl, identifier, quoted
from .snapshot import Snapshot, verify

CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "storage_compatibility_version": "v1.0.0",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
# What the file was built from: kept in it, so that a build can tell that it isn't needed.
_STATE = """\
CREATE TABLE snapshot (
    snapshot_id VARCHAR NOT NULL,
    coder_version VARCHAR NOT NULL,
    contract_version VARCHAR NOT NULL,
    definition VARCHAR NOT NULL,
    runs VARCHAR NOT NULL
)"""
_STATE_COMMENT = "One row: the snapshot that these tables hold, and the definitions that made them."


class ChecksFailedError(Exception):
    """The loaded rows break a rule of the dataset; the database was left as it was."""

    def __init__(self, findings: Sequence[Finding]) -> None:  # noqa: D107
        super().__init__("\n".join(str(finding) for finding in findings))
        self.findings = tuple(findings)


def database_path(data: Path) -> Path:
    """Where the database of a data folder lies."""
    return data / "readout.duckdb"


def build_database(data: Path, snapshot: Snapshot) -> list[Finding]:
    """Bring DATA/readout.duckdb to a snapshot and the run log; gives what the warning checks found.

    Nothing is done, and nothing found, where the file holds both already; where only the run log
    has grown, only that is loaded. Every file is proved by its SHA-256 before it is loaded. Raises
    DamagedFileError for a file that isn't what was published, ContractError for a snapshot of other
    columns, ChecksFailedError where a check fails, DataFolderError where the new database can't be
    written; the old one stays in each case.
    """
    if snapshot.manifest.contract_version != contract_version():
        raise ContractError("the columns have changed since the snapshot; extract everything again")
    runs = read_runs(data)
    state = _read_state(database_path(data))
    wanted = _state(snapshot, runs)
    if state == wanted:
        return []
    building = data / ".readout.duckdb.building"
    with data_folder_errors(data), _discarded(building):
        if state and state[:-1] == wanted[:-1]:
            shutil.copyfile(database_path(data), building)
            findings = _reload_runs(building, wanted, runs)
        else:
            verify(snapshot)
            findings = _build(building, wanted, snapshot, runs)
        _swap_in(building, database_path(data))
    return findings


@contextmanager
def _discarded(building: Path) -> Iterator[None]:
    """No half-built file before or after; what DuckDB can't write is an error of the system."""
    _discard(building)
    try:
        yield
    except (duckdb.IOException, duckdb.FatalException, duckdb.OutOfMemoryException) as error:
        raise OSError(None, str(error), str(building)) from error
    finally:
        _discard(building)


def _log_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.wal")


def _discard(building: Path) -> None:
    building.unlink(missing_ok=True)
    _log_of(building).unlink(missing_ok=True)


def _state(snapshot: Snapshot, runs: Sequence[SourceRun]) -> tuple[str, ...]:
    manifest = snapshot.manifest
    views = [file.name + file.read_text() for file in sql_files("views")]
    return (
        manifest.snapshot_id,
        manifest.coder_version,
        manifest.contract_version,
        _digest([*ddl(), _STATE, *views]),
        _digest([repr(run) for run in runs]),
    )


def _digest(parts: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _read_state(path: Path) -> tuple[str, ...] | None:
    """What the database was built from; None where there is none that can be read."""
    if not path.is_file():
        return None
    try:
        with duckdb.connect(path, read_only=True, config=CONFIG) as connection:
            row: tuple[str, ...] = connection.execute("SELECT * FROM snapshot").fetchall()[0]
            return row
    except (duckdb.Error, IndexError):
        return None


def _build(
    building: Path, state: Sequence[str], snapshot: Snapshot, runs: Sequence[SourceRun]
) -> list[Finding]:
    with duckdb.connect(building, config=CONFIG) as connection:
        # Parquet's times carry UTC; the cast to TIMESTAMP would go by the machine's own zone.
        connection.execute("SET TimeZone = 'UTC'")
        for statement in ddl():
            connection.execute(statement)
        for table in SNAPSHOT_TABLES:
            _load_table(connection, table, snapshot)
        _load_runs(connection, runs)
        _load_state(connection, state)
        _create_views(connection)
        return _checked(connection)


def _load_table(connection: duckdb.DuckDBPyConnection, table: str, snapshot: Snapshot) -> None:
    files = [str(snapshot.path(table, partition)) for partition in snapshot.partitions(table)]
    connection.execute(
        f"INSERT INTO {identifier(table)} BY NAME "
        "SELECT * FROM read_parquet(?, union_by_name = true)",
        [files],
    )


def _load_runs(connection: duckdb.DuckDBPyConnection, runs: Sequence[SourceRun]) -> None:
    connection.register("run_log", to_table(SourceRun, runs))
    connection.execute("INSERT INTO sources BY NAME SELECT * FROM run_log")
    connection.unregister("run_log")


def _load_state(connection: duckdb.DuckDBPyConnection, state: Sequence[str]) -> None:
    connection.execute(_STATE)
    connection.execute(f"COMMENT ON TABLE snapshot IS {quoted(_STATE_COMMENT)}")
    connection.execute("INSERT INTO snapshot VALUES (?, ?, ?, ?, ?)", list(state))


def _create_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Views by file name, so that current_articles is there for the views built on it."""
    for file in sql_files("views"):
        name, sql = identifier(file.name.removesuffix(".sql")), file.read_text()
        connection.execute(f"CREATE VIEW {name} AS\n{sql}")
        connection.execute(f"COMMENT ON VIEW {name} IS {quoted(first_comment(sql))}")


def _reload_runs(building: Path, state: Sequence[str], runs: Sequence[SourceRun]) -> list[Finding]:
    with duckdb.connect(building, config=CONFIG) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("DELETE FROM sources")
        _load_runs(connection, runs)
        connection.execute("UPDATE snapshot SET runs = ?", [state[-1]])
        connection.execute("CHECKPOINT")
    return []


def _checked(connection: duckdb.DuckDBPyConnection) -> list[Finding]:
    if failures := check(connection, "fail"):
        raise ChecksFailedError(failures)
    warnings = check(connection, "warn")
    connection.execute("CHECKPOINT")
    return warnings


def _swap_in(building: Path, path: Path) -> None:
    """Rename the closed file over the old one; an old `.wal` beside it would make it unusable."""
    for file in (building, path):
        _log_of(file).unlink(missing_ok=True)
    sync(building)
    building.replace(path)
    sync(path.parent)
