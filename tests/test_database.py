"""The database: complete, of the right form, replaced in one step."""

import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.countries import countries
from tests.dataset import ARTICLE, ROWS, RUN, TEXT, asked, built, published
from transforms.records import (
    TABLES,
    fields_of,
)
from warehouse.database import build_database, database_path, swap_in
from warehouse.files import DataFolderError
from warehouse.parquet import DamagedFileError, to_table
from warehouse.runs import write_run
from warehouse.schemas import table_name
from warehouse.snapshot import publish


def test_every_row_is_loaded_with_its_values(tmp_path: Path) -> None:
    assert built(tmp_path, *ROWS) == []
    assert asked(tmp_path, "SELECT published_at, text, url FROM articles") == [
        (datetime(2020, 3, 5, 10, 0, 30), TEXT, "https://agency.example/1")
    ]
    counts = {t: asked(tmp_path, f"SELECT count(*) FROM {t}")[0][0] for t in TABLES}
    assert counts == dict.fromkeys(TABLES, 1) | {
        "participants": 2,
        "spans": 5,
        "quarantine": 0,
        "inputs": 0,
        "fingerprints": 0,
        "sources": 0,
    }


def test_times_are_utc_whatever_the_machines_zone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Kathmandu")
    script = (
        "import sys; from pathlib import Path; from warehouse.database import build_database\n"
        "from flows.countries import countries\n"
        "from warehouse.snapshot import read_snapshot\n"
        "data = Path(sys.argv[1]); build_database(data, read_snapshot(data), countries())"
    )
    published(tmp_path, *ROWS)
    write_run(tmp_path, "r1", [RUN])
    root = Path(__file__).parent.parent
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], cwd=root, check=True)
    assert asked(tmp_path, "SELECT published_at, started_at FROM articles, sources") == [
        (datetime(2020, 3, 5, 10, 0, 30), datetime(2020, 3, 5, 11))
    ]


def test_not_null_and_comments_are_in_the_file(tmp_path: Path) -> None:
    built(tmp_path, *ROWS)
    found = asked(
        tmp_path,
        "SELECT table_name, column_name, is_nullable, comment FROM duckdb_columns() "
        "WHERE NOT internal",
    )
    columns = {(table, column): (nullable, comment) for table, column, nullable, comment in found}
    for table, record in TABLES.items():
        for field in fields_of(record):
            nullable, comment = columns[table, field.name]
            assert nullable == field.nullable
            assert comment.startswith(field.column.meaning)
    comments = dict(asked(tmp_path, "SELECT table_name, comment FROM duckdb_tables()"))
    assert comments["meetings"].endswith("Key: meeting_id.")


def test_the_file_is_of_the_storage_version_that_every_1_x_client_reads(tmp_path: Path) -> None:
    built(tmp_path, *ROWS)
    head = database_path(tmp_path).read_bytes()[:20]
    assert head[8:12] == b"DUCK"
    assert int.from_bytes(head[12:20], "little") == 64  # DuckDB 0.10 to 1.1


def test_nothing_is_left_beside_the_file(tmp_path: Path) -> None:
    published(tmp_path, *ROWS)
    for stray in (".readout.duckdb.building", ".readout.duckdb.building.wal", "readout.duckdb.wal"):
        (tmp_path / stray).write_bytes(b"left by a kill")
    built(tmp_path, *ROWS)
    assert sorted(p.name for p in tmp_path.iterdir() if "duckdb" in p.name) == [
        "readout.duckdb",
        "readout.duckdb.sha256",
    ]
    assert asked(tmp_path, "SELECT count(*) FROM articles") == [(1,)]


def test_the_same_snapshot_is_not_built_twice(tmp_path: Path) -> None:
    write_run(tmp_path, "r1", [RUN])
    built(tmp_path, *ROWS)
    before = database_path(tmp_path).stat()
    built(tmp_path, *ROWS)
    after = database_path(tmp_path).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_grown_run_log_is_loaded_alone(tmp_path: Path) -> None:
    built(tmp_path, *ROWS)
    snapshot = published(tmp_path, *ROWS)
    snapshot.path("articles", "2020-03").unlink()  # so a whole build would fail
    write_run(tmp_path, "r1", [RUN])
    build_database(tmp_path, snapshot, countries())
    assert asked(tmp_path, "SELECT run_id, new, started_at FROM sources") == [
        ("r1", 1, datetime(2020, 3, 5, 11))
    ]
    assert asked(tmp_path, "SELECT count(*) FROM meetings_wide") == [(1,)]


def test_a_new_snapshot_replaces_the_old_rows(tmp_path: Path) -> None:
    built(tmp_path, *ROWS)
    built(tmp_path, replace(ARTICLE, title="Changed"))
    assert asked(tmp_path, "SELECT title FROM articles") == [("Changed",)]
    assert asked(tmp_path, "SELECT count(*) FROM meetings") == [(0,)]


@pytest.mark.parametrize("content", [b"", b"no database", b"\x00" * 20_000])
def test_a_file_that_is_no_database_is_replaced(tmp_path: Path, content: bytes) -> None:
    database_path(tmp_path).write_bytes(content)
    built(tmp_path, *ROWS)
    assert asked(tmp_path, "SELECT count(*) FROM articles") == [(1,)]


def test_a_reader_keeps_the_database_it_has_open(tmp_path: Path) -> None:
    built(tmp_path, *ROWS)
    with duckdb.connect(database_path(tmp_path), read_only=True) as reader:
        built(tmp_path, replace(ARTICLE, title="Changed"))
        assert reader.execute("SELECT title FROM articles").fetchall() == [("Ministers meet",)]
    assert asked(tmp_path, "SELECT title FROM articles") == [("Changed",)]


def test_a_damaged_file_is_not_loaded(tmp_path: Path) -> None:
    built(tmp_path, *ROWS)
    snapshot = published(tmp_path, replace(ARTICLE, title="Changed"))
    path = snapshot.path("articles", "2020-03")
    content = bytearray(path.read_bytes())
    content[-200] ^= 1
    path.write_bytes(content)
    with pytest.raises(DamagedFileError, match=r"articles/2020-03\.parquet"):
        build_database(tmp_path, snapshot, countries())
    assert asked(tmp_path, "SELECT title FROM articles") == [("Ministers meet",)]


def test_a_full_disk_is_told_and_leaves_the_old_database(tmp_path: Path) -> None:
    built(tmp_path, *ROWS)
    published(tmp_path, replace(ARTICLE, title="Changed"))
    script = """if True:
        import resource, sys
        from pathlib import Path
        from flows.countries import countries
        from warehouse.database import build_database
        from warehouse.files import DataFolderError
        from warehouse.snapshot import read_snapshot
        data = Path(sys.argv[1])
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        try:
            build_database(data, read_snapshot(data), countries())
        except DataFolderError as error:
            print(error)
    """
    root = Path(__file__).parent.parent
    command = [sys.executable, "-c", script, str(tmp_path)]
    told = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    assert told.stdout.startswith(f"data folder {tmp_path}: ")
    assert asked(tmp_path, "SELECT title FROM articles") == [("Ministers meet",)]
    assert not list(tmp_path.glob(".readout*"))


def test_a_place_that_cant_be_written(tmp_path: Path) -> None:
    database_path(tmp_path).mkdir()
    with pytest.raises(DataFolderError, match="directory"):
        built(tmp_path, *ROWS)


# --- readers ------------------------------------------------------------------------------------

READER = """if True:
    import sys
    from pathlib import Path
    import duckdb
    from transforms.records import SNAPSHOT_TABLES
    path, stop = Path(sys.argv[1]), Path(sys.argv[2])
    sql = " UNION ".join(f"SELECT coder_version FROM {t}" for t in (*SNAPSHOT_TABLES, "snapshot"))
    seen, reads = set(), 0
    while not stop.exists():
        with duckdb.connect(path, read_only=True) as connection:
            (version,), *more = connection.execute(sql).fetchall()
            people = connection.execute("SELECT participants FROM meetings_wide").fetchall()
        assert not more, "a mixture"
        assert len(people) == 1
        seen.add(version)
        reads += 1
        if reads == 1:
            print("reading", flush=True)
    print(len(seen), reads)
"""


def test_4_readers_see_no_error_and_no_mixture_over_200_swaps(tmp_path: Path) -> None:
    files = []
    for version in ("1", "2"):
        rows = [replace(row, coder_version=version) for row in ROWS]
        data = tmp_path / version
        tables: dict[type, list[Any]] = {}
        for row in rows:
            tables.setdefault(type(row), []).append(row)
        changes = {(table_name(r), "2020-03"): to_table(r, kept) for r, kept in tables.items()}
        build_database(data, publish(data, changes, version), countries())
        files.append(database_path(data))
    path, stop = tmp_path / "readout.duckdb", tmp_path / "stop"
    shutil.copyfile(files[0], path)
    root = Path(__file__).parent.parent
    command = [sys.executable, "-c", READER, str(path), str(stop)]
    readers = [
        subprocess.Popen(
            command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    try:
        for reader in readers:
            assert reader.stdout is not None
            assert reader.stdout.readline() == "reading\n"
        for turn in range(200):
            building = tmp_path / "building"
            shutil.copyfile(files[(turn + 1) % 2], building)
            swap_in(building, path, tmp_path / "readout.duckdb.sha256")
    finally:
        stop.touch()
    for reader in readers:
        told, errors = reader.communicate(timeout=60)
        assert (reader.returncode, errors) == (0, "")
        versions, reads = map(int, told.split())
        assert versions == 2 and reads > 1
