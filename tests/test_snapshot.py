"""One snapshot at a time: whole, the same bytes however it came about, and safe from kills."""

import fcntl
import hashlib
import json
import os
import random
import subprocess
import sys
import textwrap
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.dataset  # type: ignore[import-untyped]
import pytest

from transforms.records import SNAPSHOT_TABLES, Input, Miss
from warehouse import snapshot as snapshots
from warehouse.files import DataFolderError
from warehouse.parquet import ContractError, DamagedFileError, to_table
from warehouse.snapshot import (
    Busy,
    Snapshot,
    clean,
    partition_of,
    publish,
    read_manifest,
    read_snapshot,
    run_lock,
    verify,
)

ROOT = Path(__file__).parent.parent
Changes = dict[tuple[str, str], pa.Table | None]


def misses(*numbers: int, version: str = "1") -> pa.Table:
    rows = [
        Miss(
            article_id=f"a{n:04}",
            kind="statement",
            start=n,
            end=n + 1,
            reason="negated",
            coder_version=version,
        )
        for n in numbers
    ]
    return to_table(Miss, rows)


def inputs(*numbers: int) -> pa.Table:
    rows = [
        Input(raw_ref=f"r{n}", source_id="local", outcome="articles", coder_version="1")
        for n in numbers
    ]
    return to_table(Input, rows)


def files(data: Path) -> dict[str, str]:
    """Real files under tables, as `find tables -type f` lists them, with their SHA-256."""
    return {
        str(path.relative_to(data)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((data / "tables").rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def starts(snapshot: Snapshot, *partitions: str) -> list[int]:
    found: list[int] = snapshot.read("misses", ["start"], partitions or None)["start"].to_pylist()
    return found


def selected(sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect() as connection:
        return connection.execute(sql).fetchall()


# --- what is published --------------------------------------------------------------------------


def test_the_first_snapshot_holds_every_table(tmp_path: Path) -> None:
    made = publish(tmp_path, {("misses", "2020-03"): misses(1, 2)}, "1")
    assert read_snapshot(tmp_path) == made
    for table in SNAPSHOT_TABLES:
        (path,) = (tmp_path / "tables" / table).glob("*.parquet")
        assert path.stem == {"misses": "2020-03", "quarantine": "local", "inputs": "local"}.get(
            table, "undated"
        )
    assert made.manifest.rows == dict.fromkeys(SNAPSHOT_TABLES, 0) | {"misses": 2}


def test_the_manifest_states_every_file(tmp_path: Path) -> None:
    made = publish(tmp_path, {("misses", "2020-03"): misses(1, 2)}, "7")
    text = (tmp_path / "tables" / "manifest.json").read_bytes()
    manifest = json.loads(text)
    assert made.folder.name == hashlib.sha256(text).hexdigest()[:16]
    assert manifest["coder_version"] == "7"
    listed = {f"{f['table']}/{f['partition']}.parquet": f for f in manifest["files"]}
    found = {k.split("/", 3)[3]: v for k, v in files(tmp_path).items() if k.endswith("parquet")}
    assert {name: f["sha256"] for name, f in listed.items()} == found
    assert listed["misses/2020-03.parquet"]["rows"] == 2
    sizes = {name: (made.folder / name).stat().st_size for name in listed}
    assert {name: f["bytes"] for name, f in listed.items()} == sizes


def test_nothing_published_is_none(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) is None
    assert read_snapshot(tmp_path / "nowhere") is None


def test_changes_replace_add_and_remove_partitions(tmp_path: Path) -> None:
    publish(
        tmp_path,
        {("misses", "2020-03"): misses(1), ("misses", "2020-04"): misses(2)},
        "1",
    )
    made = publish(
        tmp_path,
        {
            ("misses", "2020-03"): misses(3, 4),
            ("misses", "2020-04"): None,
            ("misses", "undated"): misses(9),
        },
        "1",
    )
    assert made.partitions("misses") == ("2020-03", "undated")
    assert starts(made) == [3, 4, 9]
    assert starts(made, "undated", "1999-01") == [9]
    assert starts(made, "1999-01") == []


def test_an_emptied_table_keeps_one_empty_file(tmp_path: Path) -> None:
    publish(tmp_path, {("misses", "2020-03"): misses(1)}, "1")
    emptied = publish(tmp_path, {("misses", "2020-03"): misses()}, "1")
    assert emptied.partitions("misses") == ("undated",)
    assert emptied.read("misses").num_rows == 0
    assert emptied.read("misses").schema.names == to_table(Miss, []).schema.names
    filled = publish(tmp_path, {("misses", "2020-05"): misses(1)}, "1")
    assert filled.partitions("misses") == ("2020-05",)


@pytest.mark.parametrize(
    "place", [("nope", "2020-03"), ("misses", "../2020-03"), ("misses", ""), ("sources", "local")]
)
def test_places_outside_the_contract_are_refused(tmp_path: Path, place: tuple[str, str]) -> None:
    with pytest.raises(ContractError, match="no such partition"):
        publish(tmp_path, {place: misses(1)}, "1")
    assert read_snapshot(tmp_path) is None


def test_rows_of_another_table_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match="rows of another table"):
        publish(tmp_path, {("misses", "2020-03"): inputs(1)}, "1")


def test_partitions_by_month() -> None:
    assert partition_of("articles", datetime(2020, 3, 5, 10, tzinfo=UTC)) == "2020-03"
    assert partition_of("events", date(988, 1, 1)) == "0988-01"
    assert partition_of("statements", None) == "undated"
    assert partition_of("inputs", None) == partition_of("quarantine", None) == "local"


# --- the same rows, the same bytes --------------------------------------------------------------


def random_changes(seed: int) -> list[Changes]:
    draw = random.Random(seed)
    months = ["2020-01", "2020-02", "2020-03", "undated"]
    return [
        {("misses", m): misses(*draw.sample(range(90), 5)) for m in draw.sample(months, 2)}
        for _ in range(5)
    ]


@pytest.mark.parametrize("seed", range(3))
def test_step_by_step_gives_the_bytes_of_all_at_once(tmp_path: Path, seed: int) -> None:
    total: Changes = {}
    for changes in random_changes(seed):
        publish(tmp_path / "steps", changes, "1")
        total |= changes
    shuffled = list(total.items())
    random.Random(seed).shuffle(shuffled)
    publish(tmp_path / "once", dict(shuffled), "1")
    assert files(tmp_path / "steps") == files(tmp_path / "once")
    assert len(files(tmp_path / "once")) == len(read_manifest(tmp_path / "once").files) + 1  # type: ignore[union-attr]


def test_the_order_of_rows_leaves_no_trace(tmp_path: Path) -> None:
    publish(tmp_path / "one", {("misses", "2020-03"): misses(*range(50))}, "1")
    publish(tmp_path / "two", {("misses", "2020-03"): misses(*reversed(range(50)))}, "1")
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_publishing_the_same_again_touches_nothing(tmp_path: Path) -> None:
    changes: Changes = {("misses", "2020-03"): misses(1, 2)}
    first = publish(tmp_path, changes, "1")
    before = {path: path.lstat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert publish(tmp_path, changes, "1") == first
    assert publish(tmp_path, {}, "1") == first
    assert publish(tmp_path, changes, "1", keep=False) == first
    assert {path: path.lstat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_another_coder_version_is_another_snapshot(tmp_path: Path) -> None:
    first = publish(tmp_path, {}, "1")
    assert publish(tmp_path, {}, "2").folder != first.folder


def test_unchanged_files_are_hard_linked(tmp_path: Path) -> None:
    first = publish(
        tmp_path, {("misses", "2020-03"): misses(1), ("misses", "2020-04"): misses(2)}, "1"
    )
    inode = first.path("misses", "2020-03").stat().st_ino
    second = publish(tmp_path, {("misses", "2020-04"): misses(3)}, "1")
    assert second.path("misses", "2020-03").stat().st_ino == inode


def test_files_are_copied_where_links_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, target: Path) -> None:
        raise OSError(1, "no hard links here")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    first = publish(tmp_path, {("misses", "2020-03"): misses(1)}, "1")
    second = publish(tmp_path, {("misses", "2020-04"): misses(2)}, "1")
    assert starts(second) == [1, 2]
    assert starts(first) == [1]


def test_without_keep_only_what_is_given_stays(tmp_path: Path) -> None:
    publish(tmp_path / "a", {("misses", "2020-03"): misses(1)}, "1")
    publish(tmp_path / "a", {("misses", "2020-04"): misses(2)}, "2", keep=False)
    publish(tmp_path / "b", {("misses", "2020-04"): misses(2)}, "2")
    assert files(tmp_path / "a") == files(tmp_path / "b")


def test_files_of_other_columns_are_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path, {("misses", "2020-03"): misses(1)}, "1")
    monkeypatch.setattr(snapshots, "contract_version", lambda: "another")
    with pytest.raises(ContractError, match="extracted again"):
        publish(tmp_path, {("misses", "2020-04"): misses(2)}, "1")
    made = publish(tmp_path, {("misses", "2020-03"): misses(2)}, "1")
    assert starts(made) == [2]


# --- readers ------------------------------------------------------------------------------------


def test_only_the_current_snapshot_has_files_in_tables(tmp_path: Path) -> None:
    publish(tmp_path, {("misses", "2020-03"): misses(1)}, "1")
    made = publish(tmp_path, {("misses", "2020-04"): misses(2)}, "1")
    folders = {path.split("/")[2] for path in files(tmp_path)}
    assert folders == {made.folder.name}
    assert len(files(tmp_path)) == len(made.manifest.files) + 1


@pytest.mark.parametrize("exchanged", [True, False])
def test_a_pinned_reader_goes_on_reading_what_it_pinned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchanged: bool
) -> None:
    if not exchanged:
        monkeypatch.setattr(snapshots, "exchange", lambda one, other: False)
    publish(tmp_path, {("misses", "2020-03"): misses(1)}, "1")
    pinned = (tmp_path / "tables" / "current").resolve()
    snapshot = read_snapshot(tmp_path)
    assert snapshot
    for number in (2, 3):
        publish(tmp_path, {("misses", "2020-03"): misses(number)}, "1")
    assert starts(snapshot) == [1]
    assert pyarrow.dataset.dataset(pinned / "misses").to_table()["start"].to_pylist() == [1]
    assert selected(f"SELECT start FROM read_parquet('{pinned}/misses/*.parquet')") == [(1,)]
    clean(tmp_path)
    with pytest.raises(DamagedFileError):
        snapshot.read("misses")


def test_going_back_and_forth(tmp_path: Path) -> None:
    for number in (1, 2, 1, 2, 1):
        made = publish(tmp_path, {("misses", "2020-03"): misses(number)}, "1")
        assert starts(made) == [number]
        assert len(files(tmp_path)) == len(SNAPSHOT_TABLES) + 1


def test_datasets_and_globs_open_the_fixed_paths(tmp_path: Path) -> None:
    publish(tmp_path, {("misses", "2020-03"): misses(1), ("misses", "undated"): misses(2)}, "1")
    tables = tmp_path / "tables"
    assert pyarrow.dataset.dataset(tables / "misses").count_rows() == 2
    assert selected(f"SELECT count(*) FROM '{tables}/misses/*.parquet'") == [(2,)]
    assert selected(f"SELECT count(event_id) FROM '{tables}/events/*.parquet'") == [(0,)]


WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
sys.path.insert(0, sys.argv[1] + "/tests")
from test_snapshot import inputs, misses
from warehouse.snapshot import publish
for number in range(1, 41):
    publish(
        Path(sys.argv[2]),
        {("misses", "2020-03"): misses(number), ("inputs", "local"): inputs(number)},
        "1",
    )
"""


def test_readers_see_one_snapshot_whole_while_others_are_published(tmp_path: Path) -> None:
    """Two tables carry the number of their snapshot; a pinned reader never sees two numbers."""
    publish(tmp_path, {("misses", "2020-03"): misses(0), ("inputs", "local"): inputs(0)}, "1")
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(ROOT), str(tmp_path)])
    seen: set[int] = set()
    while writer.poll() is None or not seen:
        snapshot = read_snapshot(tmp_path)
        assert snapshot
        (number,) = starts(snapshot)
        assert snapshot.read("inputs", ["raw_ref"])["raw_ref"].to_pylist() == [f"r{number}"]
        listed = list((snapshot.folder / "misses").glob("*.parquet"))
        assert listed == [snapshot.path("misses", "2020-03")]
        seen.add(number)
    assert writer.returncode == 0
    assert len(seen) > 1
    assert seen <= set(range(41))


# --- damage -------------------------------------------------------------------------------------


def test_verify_accepts_what_was_published(tmp_path: Path) -> None:
    verify(publish(tmp_path, {("misses", "2020-03"): misses(1)}, "1"))


def spoil(path: Path, how: str) -> None:
    content = path.read_bytes()
    path.unlink()
    if how == "flipped":
        path.write_bytes(content[:40] + bytes([content[40] ^ 1]) + content[41:])
    if how == "cut":
        path.write_bytes(content[:-9])


@pytest.mark.parametrize("how", ["flipped", "cut", "missing"])
def test_verify_names_the_damaged_file(tmp_path: Path, how: str) -> None:
    made = publish(tmp_path, {("misses", "2020-03"): misses(1)}, "1")
    spoil(made.path("misses", "2020-03"), how)
    with pytest.raises(DamagedFileError, match=r"misses/2020-03\.parquet"):
        verify(made)


@pytest.mark.parametrize("name", ["manifest.json", "misses/2020-03.parquet"])
@pytest.mark.parametrize("how", ["flipped", "cut", "missing"])
def test_publishing_all_anew_repairs_damage(tmp_path: Path, name: str, how: str) -> None:
    changes: Changes = {("misses", "2020-03"): misses(1)}
    made = publish(tmp_path, changes, "1")
    before = files(tmp_path)
    spoil(made.folder / name, how)
    publish(tmp_path, changes, "1", keep=False)
    assert files(tmp_path) == before
    again = read_snapshot(tmp_path)
    assert again
    verify(again)


@pytest.mark.parametrize("how", ["flipped", "cut", "missing"])
def test_a_damaged_manifest_is_no_manifest(tmp_path: Path, how: str) -> None:
    spoil(publish(tmp_path, {}, "1").folder / "manifest.json", how)
    with pytest.raises(DamagedFileError, match=r"manifest\.json"):
        read_manifest(tmp_path)


# --- kills --------------------------------------------------------------------------------------

# A child publishes and kills itself before its Nth step on the file system; then another cleans up
# and publishes again. Forked from one process with all imported, since there are many steps.
KILLER = """
import json, os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
sys.path.insert(0, sys.argv[1] + "/tests")
from test_snapshot import files, misses, starts
from warehouse import snapshot as snapshots
from warehouse.snapshot import clean, publish, read_snapshot, verify

which, _, how = sys.argv[3].partition(" ")
if how:
    snapshots.exchange = lambda one, other: False

def kill_before(step):
    left = [step]
    def count(event, args):
        write = event == "open" and args[1] and set(str(args[1])) & set("wxa+")
        if write or event in ("os.rename", "os.link", "os.symlink", "os.mkdir", "os.remove",
                              "os.rmdir", "shutil.rmtree", "shutil.copyfile"):
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(count)

def forked(work):
    pid = os.fork()
    if pid == 0:
        try:
            work()
        except BaseException as error:
            print(repr(error), file=sys.stderr)
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])

def first(data):
    publish(data, {("misses", "2020-03"): misses(1), ("misses", "2020-04"): misses(2)}, "1")

def second(data):
    publish(data, {("misses", "2020-04"): misses(3), ("misses", "2020-05"): misses(4)}, "1")

def killed(data, step):
    kill_before(step)
    if which == "second":
        clean(data)
        second(data)
    else:
        first(data)

def resume(data, out):
    seen = read_snapshot(data)
    if seen:
        verify(seen)
    state = starts(seen) if seen else []
    clean(data)
    first(data) if which == "first" else second(data)
    clean(data)
    listed = sorted(str(p.relative_to(data)) for p in data.rglob("*"))
    out.write_text(json.dumps([state, files(data), listed]))

base = Path(sys.argv[2])
results = []
for step in range(400):
    data = base / str(step)
    data.mkdir()
    if which == "second":
        assert forked(lambda: first(data)) == 0
    status = forked(lambda: killed(data, step))
    assert status in (0, -9), status
    assert forked(lambda: resume(data, base / "out.json")) == 0, step
    results.append([status, *json.loads((base / "out.json").read_text())])
    if status == 0:
        break
print(json.dumps(results))
"""


@pytest.mark.parametrize(
    "which, before", [("first", []), ("second", [1, 2]), ("second file by file", [1, 2])]
)
def test_a_kill_at_any_step_leaves_the_old_or_the_new(
    tmp_path: Path, which: str, before: list[int]
) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", KILLER, str(ROOT), str(tmp_path), which],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    *killed, (status, state, wanted, listed) = json.loads(done.stdout)
    assert status == 0
    assert len(killed) > 20
    for kill in killed:
        assert kill[0] == -9
        assert kill[1] in (before, state)
        assert kill[2] == wanted
        assert kill[3] == listed
    assert {tuple(kill[1]) for kill in killed} == {tuple(before), tuple(state)}


def test_clean_removes_what_is_stale_and_nothing_else(tmp_path: Path) -> None:
    publish(tmp_path, {("misses", "2020-03"): misses(1)}, "1")
    publish(tmp_path, {("misses", "2020-03"): misses(2)}, "1")
    kept = (".lock", "readout.duckdb", "raw/readout-000001.warc.gz.part", "runs/r1.json", "mine")
    stale = (
        ".readout.duckdb.building",
        ".readout.duckdb.building.wal",
        ".staging/misses/2020-03.parquet",
        "raw/.readout-000001.warc.gz.idx.part",
        "runs/.r1.json.part",
        "tables/snapshots/0123/manifest.json",
    )
    for name in (*kept, *stale):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    before = files(tmp_path)
    clean(tmp_path)
    assert [name for name in kept if not (tmp_path / name).exists()] == []
    assert [name for name in stale if (tmp_path / name).exists()] == []
    assert not (tmp_path / "retired").exists()
    assert len(list((tmp_path / "tables" / "snapshots").iterdir())) == 1
    assert files(tmp_path) == {k: v for k, v in before.items() if "0123" not in k}


def test_clean_of_nothing(tmp_path: Path) -> None:
    clean(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


# --- the lock -----------------------------------------------------------------------------------


def test_a_second_run_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    with run_lock(tmp_path / "new" / "data"), pytest.raises(Busy) as refused:
        run_lock(tmp_path / "new" / "data").__enter__()
    assert refused.value.pid == os.getpid()
    assert str(os.getpid()) in str(refused.value)
    with run_lock(tmp_path / "new" / "data"):
        pass


def test_the_lock_of_a_killed_run_is_free(tmp_path: Path) -> None:
    script = """
        import os, signal, sys
        from pathlib import Path
        from warehouse.snapshot import run_lock
        with run_lock(Path(sys.argv[1])):
            os.kill(os.getpid(), signal.SIGKILL)
    """
    command = [sys.executable, "-c", textwrap.dedent(script), str(tmp_path)]
    assert subprocess.run(command, cwd=ROOT).returncode == -9
    assert (tmp_path / ".lock").read_text().strip().isdecimal()
    with run_lock(tmp_path):
        assert int((tmp_path / ".lock").read_text()) == os.getpid()


def test_a_holder_who_left_no_name_is_unknown(tmp_path: Path) -> None:
    with (tmp_path / ".lock").open("w") as holder:
        fcntl.flock(holder, fcntl.LOCK_EX)
        with pytest.raises(Busy, match="process unknown") as refused:
            run_lock(tmp_path).__enter__()
    assert refused.value.pid is None


def test_a_data_folder_in_the_way_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(DataFolderError, match="data: File exists"):
        run_lock(tmp_path / "data").__enter__()
    with pytest.raises(DataFolderError, match="Not a directory"):
        publish(tmp_path / "data", {}, "1")


@pytest.mark.parametrize("bytes_left", [0, 1_000, 40_000])
def test_a_full_disk_is_told_and_leaves_the_old_snapshot(tmp_path: Path, bytes_left: int) -> None:
    old = publish(tmp_path, {("misses", "2020-03"): misses(1)}, "1")
    before = files(tmp_path)
    script = """
        import resource, sys
        from pathlib import Path
        from tests.test_snapshot import misses
        from warehouse.files import DataFolderError
        from warehouse.snapshot import publish
        changes = {("misses", "2020-04"): misses(*range(20_000))}
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
        try:
            publish(Path(sys.argv[1]), changes, "1")
        except DataFolderError as error:
            print(error)
    """
    command = [sys.executable, "-c", textwrap.dedent(script), str(tmp_path), str(bytes_left)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.startswith(f"data folder {tmp_path}: File too large"), told.stdout
    assert files(tmp_path) == before
    assert read_snapshot(tmp_path) == old
    clean(tmp_path)
    assert not (tmp_path / ".staging").exists()
    after = publish(tmp_path, {("misses", "2020-04"): misses(2)}, "1")
    assert starts(after, "2020-03", "2020-04") == [1, 2]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_an_unwritable_data_folder(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(mode=0o500)
    with pytest.raises(DataFolderError, match="Permission denied"):
        run_lock(tmp_path / "data").__enter__()
