"""Data folders of other schemas: migrated, or refused with one clear line; no column vanishes."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from flows.cli import main
from flows.countries import countries
from transforms.records import SCHEMA_VERSION, SNAPSHOT_TABLES
from warehouse import evolution
from warehouse.database import build_database, database_path
from warehouse.files import sha256
from warehouse.manifest import FileEntry, Manifest, SchemaError, Snapshot, read_snapshot
from warehouse.schemas import ARROW_TYPES, contract_version

SCHEMAS = Path(__file__).parent / "schemas"
VERSIONS = sorted(int(path.stem) for path in SCHEMAS.glob("*.json"))
TYPES = {kind.__name__: arrow for kind, arrow in ARROW_TYPES.items()}
VALUES: dict[str, Any] = {
    "str": "x",
    "int": 1,
    "float": 0.5,
    "bool": True,
    "date": date(2020, 3, 5),
    "datetime": datetime(2020, 3, 5, tzinfo=UTC),
}
Tables = dict[str, list[str]]


def schema(version: int) -> Tables:
    fields = json.loads((SCHEMAS / f"{version}.json").read_text())
    assert fields["schema_version"] == version
    tables: Tables = fields["tables"]
    return tables


def old_folder(data: Path, tables: Tables, version: int, contract: str = "older") -> Snapshot:
    """A data folder as a Readout of these columns left it, with one row in `inputs`."""
    files = []
    staging = data / "staging"
    for table, columns in tables.items():
        path = staging / table / "local.parquet"
        path.parent.mkdir(parents=True)
        rows = 1 if table == "inputs" else 0
        fields = [column.split() for column in columns]
        values = {f[0]: pa.array([VALUES[f[1]]] * rows, TYPES[f[1]]) for f in fields}
        if "outcome" in values:
            values["outcome"] = pa.array(["articles"])
        pq.write_table(pa.table(values), path)
        files.append(FileEntry(table, "local", rows, path.stat().st_size, sha256(path)))
    manifest = Manifest("0.0", contract, tuple(sorted(files)), version)
    (staging / "manifest.json").write_bytes(manifest.to_json())
    folder = data / "tables" / "snapshots" / manifest.snapshot_id
    folder.parent.mkdir(parents=True)
    staging.rename(folder)
    (data / "tables" / "current").symlink_to(f"snapshots/{folder.name}")
    return Snapshot(folder, manifest)


def test_todays_columns_are_those_of_the_newest_version() -> None:
    assert VERSIONS[-1] == SCHEMA_VERSION
    assert schema(SCHEMA_VERSION) == evolution.columns(), (
        "columns changed: raise SCHEMA_VERSION in transforms/records.py if a version was released "
        f"since, and run: python -m warehouse.evolution > tests/schemas/{SCHEMA_VERSION}.json"
    )


@pytest.mark.parametrize("version", VERSIONS)
def test_a_folder_of_every_schema_is_read_or_refused_in_one_line(
    version: int, tmp_path: Path
) -> None:
    snapshot = old_folder(tmp_path, schema(version), version)
    assert read_snapshot(tmp_path) == snapshot
    try:
        build_database(tmp_path, snapshot, countries())
    except SchemaError as error:
        assert "\n" not in str(error)
        assert "readout rebuild" in str(error)
        return
    with duckdb.connect(database_path(tmp_path), read_only=True) as connection:
        rows = connection.execute("SELECT raw_ref, outcome FROM inputs").fetchall()
        assert rows == [("x", "articles")]


def without_column(tables: Tables) -> None:
    tables["inputs"] = [c for c in tables["inputs"] if not c.startswith("url ")]


def without_table(tables: Tables) -> None:
    del tables["misses"]


def without_needed(tables: Tables) -> None:
    tables["inputs"] = [c for c in tables["inputs"] if not c.startswith("outcome ")]


def with_more(tables: Tables) -> None:
    tables["misses"].append("remark str null")


def of_other_type(tables: Tables) -> None:
    tables["misses"] = [c.replace("start int", "start str") for c in tables["misses"]]


def with_a_table_more(tables: Tables) -> None:
    tables["persons"] = ["person_id str"]


@pytest.mark.parametrize("change", [without_column, without_table])
def test_what_is_missing_is_null(change: Callable[[Tables], None], tmp_path: Path) -> None:
    tables = schema(SCHEMA_VERSION)
    change(tables)
    build_database(tmp_path, old_folder(tmp_path, tables, 0), countries())
    with duckdb.connect(database_path(tmp_path), read_only=True) as connection:
        found = connection.execute("SELECT url FROM inputs LEFT JOIN misses ON true").fetchall()
    assert found == [(None if change is without_column else "x",)]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (without_needed, "column inputs.outcome is new"),
        (with_more, "column misses.remark is gone"),
        (of_other_type, "column misses.start has another type"),
        (with_a_table_more, "table persons is gone"),
    ],
)
def test_what_cannot_be_read_is_refused(
    change: Callable[[Tables], None],
    reason: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    tables = schema(SCHEMA_VERSION)
    change(tables)
    old_folder(tmp_path, tables, 0)
    assert main(["load", "--plain", "--data", str(tmp_path)]) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert reason in told and "readout rebuild" in told
    assert not database_path(tmp_path).exists()


@pytest.mark.parametrize("command", ["load", "extract"])
def test_the_folder_of_a_newer_readout_is_left_alone(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    newer = schema(SCHEMA_VERSION)
    with_more(newer)
    snapshot = old_folder(tmp_path, newer, SCHEMA_VERSION + 1)
    assert main([command, "--plain", "--data", str(tmp_path)]) == 2
    told = capsys.readouterr().err
    assert "newer Readout" in told and told.count("\n") == 1
    assert snapshot.folder.is_dir()


def test_a_column_that_one_file_has_stays_in_the_union(tmp_path: Path) -> None:
    tables = schema(SCHEMA_VERSION)
    snapshot = old_folder(tmp_path, tables, SCHEMA_VERSION, contract_version())
    path = snapshot.path("inputs", "local")
    more = pq.read_table(path).append_column("remark", pa.array(["kept"]))
    pq.write_table(more, path.with_name("2020-03.parquet"))
    entry = next(e for e in snapshot.manifest.files if e.table == "inputs")
    files = (*snapshot.manifest.files, replace(entry, partition="2020-03"))
    both = replace(snapshot, manifest=replace(snapshot.manifest, files=files))
    rows = both.read("inputs").to_pylist()
    assert [row["remark"] for row in rows] == [None, "kept"]


def test_every_table_of_a_snapshot_is_in_the_fixture() -> None:
    assert set(schema(SCHEMA_VERSION)) == set(SNAPSHOT_TABLES)
