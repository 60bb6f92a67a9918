"""verify notices a flipped bit in any file, load refuses it, rebuild brings all back from raw."""

import json
import random
import shutil
from pathlib import Path

import pytest

from flows.cli import main
from flows.countries import countries
from warehouse.integrity import verify_folder
from warehouse.parquet import DamagedFileError
from warehouse.snapshot import read_snapshot, verify

ARTICLE = (
    "date 2020-03-05\n\nTBILISI, March 5 (Agency) - Georgian Foreign Minister Nino Tvaladze met "
    "with her Turkish counterpart Ayla Korkut in Tbilisi on Thursday.\n\n"
    "“Trade has doubled,” Tvaladze said.\n"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    (folder / "article.txt").write_text(ARTICLE)
    data = folder / "data"
    arguments = ["--data", str(data), "--from", str(folder / "article.txt")]
    assert main(["run", "--plain", "--quiet", *arguments]) == 0
    return data


@pytest.fixture
def data(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "data", symlinks=True)
    return tmp_path / "data"


def files_of(data: Path) -> list[Path]:
    """All that verify has to know of: every file but the lock, each once."""
    found = (path for path in data.rglob("*") if path.is_file() and not path.is_symlink())
    return sorted(path for path in found if path.name != ".lock" and "current" not in path.parts)


def contents(data: Path) -> dict[str, bytes]:
    return {str(path.relative_to(data)): path.read_bytes() for path in files_of(data)}


def flip(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place // 8] ^= 1 << place % 8
    path.write_bytes(content)


def test_what_was_made_is_whole(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = verify_folder(data, countries())
    assert found.damaged == []
    assert found.files == len(files_of(data))
    assert found.spans > 0
    assert main(["verify", "--data", str(data)]) == 0
    assert capsys.readouterr().out.endswith("spans: all whole\n")


def test_a_flipped_bit_is_noticed_in_every_file_100_of_100(data: Path) -> None:
    chance = random.Random(6)
    files = files_of(data)
    assert {"raw", "runs", "snapshots"} < {part for path in files for part in path.parts}
    noticed = 0
    for turn in range(100):
        path = files[turn % len(files)]
        before = path.read_bytes()
        flip(path, chance.randrange(8 * len(before)))
        named = {damaged.path for damaged in verify_folder(data, countries()).damaged}
        # A database and its digest that differ name the database: either can be the damaged one.
        noticed += path in named or path.with_name("readout.duckdb") in named
        path.write_bytes(before)
    assert noticed == 100
    assert verify_folder(data, countries()).damaged == []


@pytest.mark.parametrize("pattern", ["raw/*.gz", "raw/*.idx", "runs/*.json", "readout.duckdb"])
def test_a_cut_file_is_noticed(data: Path, pattern: str) -> None:
    (path,) = data.glob(pattern)
    path.write_bytes(path.read_bytes()[:-20])
    assert path in {damaged.path for damaged in verify_folder(data, countries()).damaged}


@pytest.mark.parametrize("name", ["manifest.json", "meetings/*.parquet"])
def test_a_missing_file_of_the_tables_is_noticed(data: Path, name: str) -> None:
    (path,) = (data / "tables" / "snapshots").glob(f"*/{name}")
    path.unlink()
    assert path in {damaged.path for damaged in verify_folder(data, countries()).damaged}


def test_load_refuses_a_damaged_file_and_the_old_database_stays(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    snapshot = read_snapshot(data)
    assert snapshot is not None
    (data / "readout.duckdb").rename(data / "kept")
    for entry in snapshot.manifest.files:
        path = snapshot.path(entry.table, entry.partition)
        before = path.read_bytes()
        flip(path, 8 * len(before) // 2)
        with pytest.raises(DamagedFileError, match=path.name):
            verify(snapshot)
        assert main(["load", "--plain", "--quiet", "--data", str(data)]) == 1
        assert str(path) in capsys.readouterr().err
        path.write_bytes(before)
        assert not (data / "readout.duckdb").exists()


def test_verify_tells_each_damaged_file_and_its_reason(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flip(next(data.glob("raw/*.gz")), 800)
    flip(next(data.glob("tables/snapshots/*/spans/*.parquet")), 800)
    assert main(["verify", "--json", "--data", str(data)]) == 1
    printed = capsys.readouterr()
    damaged = json.loads(printed.out)["damaged"]
    assert [Path(entry["path"]).suffix for entry in damaged] == [".gz", ".parquet"]
    assert printed.err.count("\n") == 2


def test_verify_of_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "--data", str(tmp_path)]) == 2
    assert "nothing to look at" in capsys.readouterr().err


# --- rebuild ------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["damaged", "gone"])
def test_rebuild_restores_every_file_from_raw(data: Path, how: str) -> None:
    before = contents(data)
    for path in files_of(data):
        if "tables" not in path.parts and not path.name.startswith("readout.duckdb"):
            continue
        if how == "damaged":
            flip(path, 400)
        else:
            path.unlink()
    assert main(["rebuild", "--data", str(data)]) == 0
    after = contents(data)
    assert after.keys() == before.keys()
    changed = {name for name in after if after[name] != before[name]}
    assert changed <= {"readout.duckdb", "readout.duckdb.sha256"}  # its blocks may lie otherwise
    assert verify_folder(data, countries()).damaged == []


def test_rebuild_tells_what_raw_cannot_bring_back(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = next(data.glob("runs/*.json"))
    log.write_text("[")
    flip(next(data.glob("raw/*.gz")), 2_000)
    assert main(["rebuild", "--data", str(data)]) == 3
    told = capsys.readouterr().err
    assert "set aside" in told and ".warc.gz" in told
    assert log.with_name(f"{log.name}.damaged").read_text() == "["


def test_rebuild_does_not_lose_what_raw_no_longer_holds(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert read_snapshot(data) is not None
    shutil.move(next(data.glob("raw/*.gz")), data / "elsewhere.warc.gz")
    assert main(["rebuild", "--data", str(data)]) == 2
    assert "nothing in" in capsys.readouterr().err
    other = data.parent / "other.txt"
    other.write_text(ARTICLE.replace("Tvaladze", "Beridze"))
    assert main(["ingest", "--plain", "--data", str(data), "--from", str(other)]) == 0
    for command in (["rebuild"], ["extract", "--plain", "--all"]):
        assert main([*command, "--data", str(data)]) == 2
        assert "are no longer in its raw/" in capsys.readouterr().err
    assert main(["rebuild", "--force", "--data", str(data)]) == 0


def test_a_database_that_was_written_to_is_built_anew(data: Path) -> None:
    path = data / "readout.duckdb"
    before = path.read_bytes()
    flip(path, 8 * len(before) - 80)
    assert main(["load", "--plain", "--quiet", "--data", str(data)]) == 0
    assert verify_folder(data, countries()).damaged == []
