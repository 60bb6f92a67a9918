"""Exports: read back by other programs, row by row; whole or not there; told in the codebook."""

import csv
import hashlib
import json
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import networkx  # type: ignore[import-untyped]
import pandas  # type: ignore[import-untyped]
import polars
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pyreadstat
import pytest

import seeds
from flows.cli import main
from flows.countries import countries
from tests.dataset import ARTICLE, EVENT, GUEST, ROWS, TEXT, asked, built
from transforms.records import ALL_TABLES, CODE_TABLES, SNAPSHOT_TABLES, fields_of
from warehouse.exports.source import Dataset, Release, open_dataset
from warehouse.exports.stata import write_stata

RELEASE = Release("2026.11.25", "2026-11-25", "Test", "CC-BY-4.0")
TABLES = (*SNAPSHOT_TABLES, *CODE_TABLES)
LONG = "A long quotation. " * 200  # over the 2,045 bytes of a Stata string
HOSTILE = [
    # names that look like formulas, paths, markup or quotes
    '=HYPERLINK("http://x")',
    "+1 (555)",
    "-2",
    "@SUM(A1)",
    "../../etc/passwd",
    "C:\\temp\\x.csv",
    "'; DROP TABLE x; --",
    "<b>\"A\" & 'B'</b>",
    "two\nlines, and a comma",
    "tab\there",
    "Ərəb Ünüvar 🤝",
    LONG,
]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("sample") / "data"
    arguments = ["--data", str(data), "--from", str(seeds.sample_path())]
    assert main(["run", "--plain", "--quiet", *arguments]) == 0
    return data


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a participant for each of the names, and an exact time."""
    data = tmp_path_factory.mktemp("hostile")
    parties = [
        replace(GUEST, ordinal=place, name=name, country=None)
        for place, name in enumerate(HOSTILE, start=10)
    ]
    exact = replace(ARTICLE, fetched_at=datetime(2020, 3, 5, 11, 0, 0, 250_000, tzinfo=UTC))
    event = replace(EVENT, date_start=date(2020, 3, 5))
    built(data, exact, event, *ROWS[2:], *parties)
    return data


def exported(data: Path, format: str, out: Path, *more: str) -> Path:
    assert main(["export", format, "--data", str(data), "--out", str(out), *more]) == 0
    return out


def opened(data: Path, **changes: Any) -> Dataset:
    return open_dataset(data, countries(), replace(RELEASE, **changes))


def expected(dataset: Dataset, table: str) -> list[tuple[Any, ...]]:
    """The rows as Python's values, as Parquet holds them."""
    return [tuple(row.values()) for rows in dataset.batches(table) for row in rows.to_pylist()]


# --- read back ----------------------------------------------------------------------------------


@pytest.mark.parametrize("source", ["sample", "hostile"])
def test_parquet_is_read_by_pandas_and_polars(
    source: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    data = request.getfixturevalue(source)
    folder = exported(data, "parquet", tmp_path / "out", "--with-text")
    for table in TABLES:
        path = folder / f"{table}.parquet"
        rows = expected(opened(data, with_text=True), table)
        assert [tuple(r) for r in polars.read_parquet(path).rows()] == rows
        assert len(pandas.read_parquet(path)) == len(rows)


@pytest.mark.parametrize("source", ["sample", "hostile"])
def test_csv_is_read_by_pandas_with_the_same_values(
    source: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    data = request.getfixturevalue(source)
    folder = exported(data, "csv", tmp_path / "out")
    dataset = opened(data)
    for table in TABLES:
        frame = pandas.read_csv(
            folder / f"{table}.csv", dtype=str, keep_default_na=False, na_values=[""]
        )
        assert list(frame.columns) == [field.name for field in dataset.fields(table)]
        found = [
            tuple(None if pandas.isna(value) else value for value in row)
            for row in frame.itertuples(index=False)
        ]
        assert found == [tuple(map(as_csv, row)) for row in expected(dataset, table)]


def as_csv(value: Any) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        parts = f".{value.microsecond:06}" if value.microsecond else ""
        return f"{value:%Y-%m-%dT%H:%M:%S}{parts}Z"
    return None if value is None else str(value)


@pytest.mark.parametrize("source", ["sample", "hostile"])
def test_stata_is_read_by_pandas_and_pyreadstat_with_the_same_values(
    source: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    data = request.getfixturevalue(source)
    folder = exported(data, "stata", tmp_path / "out", "--with-text")
    dataset = opened(data, with_text=True)
    for table in TABLES:
        path = folder / f"{table}.dta"
        names = [field.name for field in dataset.fields(table)]
        rows = [tuple(map(as_stata, row)) for row in expected(dataset, table)]
        frame = pandas.read_stata(path)
        assert list(frame.columns) == names
        assert [tuple(map(as_stata, row)) for row in frame.itertuples(index=False)] == rows
        other, told = pyreadstat.read_dta(str(path))
        assert len(other) == len(rows)
        texts = [field.name for field in dataset.fields(table) if field.type is str]
        for name in texts:
            place = names.index(name)
            assert list(other[name]) == [row[place] for row in rows]
        for field in dataset.fields(table):
            label = told.column_names_to_labels[field.name]
            assert label is not None and 0 < len(label) <= 80
            assert field.column.meaning.startswith(label.rstrip("…"))
        assert "Readout" in (told.file_label or "")


def as_stata(value: Any) -> Any:
    """A value as both sides can be compared: null text is empty, times have no zone."""
    if value is None or value is pandas.NaT:
        return ""
    if isinstance(value, float) and value != value:
        return ""
    if isinstance(value, pandas.Timestamp):
        value = value.to_pydatetime()
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    return int(value) if isinstance(value, bool) else value


def test_every_number_and_time_of_stata_may_be_missing(hostile: Path, tmp_path: Path) -> None:
    """Columns with no value at all, and a number that no 32 bits hold."""
    dataset = opened(hostile)
    write_stata(dataset, "events", tmp_path / "events.dta")
    frame = pandas.read_stata(tmp_path / "events.dta")
    assert frame["first_reported_at"].isna().all()
    assert frame["date_start"].tolist() == [pandas.Timestamp("2020-03-05")]


@pytest.mark.parametrize("source", ["sample", "hostile"])
def test_sqlite_holds_the_same_rows_with_keys_and_references(
    source: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    data = request.getfixturevalue(source)
    path = exported(data, "sqlite", tmp_path / "out.sqlite", "--with-text")
    dataset = opened(data, with_text=True)
    with sqlite3.connect(path) as connection:
        for table in TABLES:
            found = connection.execute(f'SELECT * FROM "{table}"').fetchall()
            rows = [tuple(map(as_sqlite, row)) for row in expected(dataset, table)]
            assert found == rows
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        keys = connection.execute("SELECT name FROM pragma_table_info('spans') WHERE pk").fetchall()
        assert keys == [("owner_id",), ("field",), ("ordinal",)]
        told = connection.execute("SELECT count(*), count(meaning) FROM codebook").fetchall()[0]
        assert told[0] == told[1] == sum(len(dataset.fields(table)) for table in TABLES)
        (seconds,) = connection.execute("SELECT unixepoch(published_at) FROM articles").fetchone()
        assert isinstance(seconds, int)


def as_sqlite(value: Any) -> Any:
    if isinstance(value, datetime):
        parts = f".{value.microsecond:06}" if value.microsecond else ""
        return f"{value:%Y-%m-%d %H:%M:%S}{parts}"
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("level", ["country", "person"])
@pytest.mark.parametrize("source", ["sample", "hostile"])
def test_gexf_is_read_by_networkx(
    source: str, level: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    data = request.getfixturevalue(source)
    path = exported(data, "gexf", tmp_path / "out.gexf", "--level", level)
    graph = networkx.read_gexf(path)
    sql = (
        "SELECT party_1, party_2, coalesce(country_1, ''), coalesce(country_2, ''), count(*) "
        f"FROM event_pairs WHERE level = '{level}' AND status IN ('held', 'ongoing') GROUP BY ALL"
    )
    pairs = asked(data, sql)
    assert pairs
    assert graph.number_of_edges() == len(pairs)
    for one, two, country_1, country_2, meetings in pairs:
        nodes = [f"{p} ({c})" if c else p for p, c in ((one, country_1), (two, country_2))]
        edge = graph.edges[nodes[0], nodes[1]]
        assert (edge["weight"], edge["meetings"]) == (meetings, meetings)
        assert graph.nodes[nodes[0]]["label"] == one


def test_a_hub_folder_has_a_card_and_a_file_for_each_configuration(
    sample: Path, tmp_path: Path
) -> None:
    folder = exported(sample, "hf", tmp_path / "out", "--license", "CC-BY-4.0")
    head, body = (folder / "README.md").read_text().removeprefix("---\n").split("\n---\n", 1)
    assert "license: cc-by-4.0" in head.splitlines()
    assert "text of the articles is left out" in body
    configured = [line.split(": ")[1] for line in head.splitlines() if "config_name" in line]
    globs = [line.split(": ")[1] for line in head.splitlines() if "data_files" in line]
    assert configured == list(TABLES)
    for table, pattern in zip(configured, globs, strict=True):
        (path,) = folder.glob(pattern)
        assert pq.read_metadata(path).num_rows == opened(sample).rows(table)


# --- the release --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def release(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("release") / "2026.11.25"
    more = ("--release-version", "2026.11.25", "--author", "A. Maker", "--license", "CC-BY-4.0")
    return exported(sample, "release", out, *more)


def test_every_file_of_a_release_has_its_checksum(release: Path) -> None:
    lines = (release / "SHA256SUMS").read_text().splitlines()
    sums = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    files = {p.relative_to(release).as_posix() for p in release.rglob("*") if p.is_file()}
    assert sums.keys() == files - {"SHA256SUMS"}
    for name, digest in sums.items():
        assert hashlib.sha256((release / name).read_bytes()).hexdigest() == digest


def test_every_column_of_every_file_is_in_the_codebook(release: Path) -> None:
    with (release / "codebook.csv").open(newline="") as stream:
        told = {(row["table_name"], row["column_name"]): row for row in csv.DictReader(stream)}
    assert all(row["meaning"] and row["row_is"] for row in told.values())
    columns = set()
    for path in release.glob("parquet/*.parquet"):
        columns |= {(path.stem, name) for name in pq.read_schema(path).names}
    for path in release.glob("csv/*.csv"):
        with path.open(newline="") as stream:
            assert {(path.stem, name) for name in next(csv.reader(stream))} <= columns
    assert columns == told.keys()
    codebook = (release / "CODEBOOK.md").read_text()
    assert all(f"| `{name}` |" in codebook for _, name in columns)


def test_the_data_package_tells_every_csv(release: Path) -> None:
    package = json.loads((release / "datapackage.json").read_text())
    assert package["version"] == "2026.11.25"
    resources = {resource["name"]: resource for resource in package["resources"]}
    assert set(resources) == {*TABLES, "codebook"}
    for resource in resources.values():
        path = release / resource["path"]
        assert resource["bytes"] == path.stat().st_size
        with path.open(newline="") as stream:
            header = next(csv.reader(stream))
        assert [field["name"] for field in resource["schema"]["fields"]] == header
        for reference in resource["schema"].get("foreignKeys", ()):
            assert reference["reference"]["resource"] in resources
    keys = resources["meetings"]["schema"]["foreignKeys"]
    assert [key["fields"] for key in keys] == [["article_id"], ["event_id"], ["place_country"]]


def test_the_version_stands_inside_the_files(release: Path) -> None:
    for path in release.glob("parquet/*.parquet"):
        assert pq.read_schema(path).metadata[b"readout_release"] == b"2026.11.25"
    for table in SNAPSHOT_TABLES:
        with (release / "csv" / f"{table}.csv").open(newline="") as stream:
            assert all(row["coder_version"] for row in csv.DictReader(stream))
    citation = (release / "CITATION.cff").read_text()
    assert 'version: "2026.11.25"' in citation and 'name: "A. Maker"' in citation


def test_text_is_left_out_unless_it_is_asked_for(
    sample: Path, release: Path, tmp_path: Path
) -> None:
    articles = pq.read_schema(release / "parquet" / "articles.parquet").names
    assert "text" not in articles and "text_sha256" in articles
    assert "text of the articles is left out" in (release / "README.md").read_text()
    whole = exported(sample, "release", tmp_path / "out", "--with-text")
    rows = pq.read_table(whole / "parquet" / "articles.parquet").to_pylist()
    assert all(hashlib.sha256(r["text"].encode()).hexdigest() == r["text_sha256"] for r in rows)
    assert "text of the articles is included" in (whole / "README.md").read_text()


def test_the_changelog_tells_what_changed_since_the_release_before(
    hostile: Path, tmp_path: Path
) -> None:
    first = exported(hostile, "release", tmp_path / "first", "--release-version", "1")
    later = tmp_path / "later"
    built(later, *ROWS)
    more = ("--release-version", "2", "--previous", str(first))
    second = exported(later, "release", tmp_path / "second", *more)
    told = (second / "CHANGELOG.md").read_text()
    assert told.index("## 2") < told.index("## 1")
    assert f"- participants: 2 rows, {len(HOSTILE)} removed" in told


# --- for spreadsheets ---------------------------------------------------------------------------


def test_excel_csv_holds_no_live_formula(hostile: Path, tmp_path: Path) -> None:
    folder = exported(hostile, "csv", tmp_path / "out", "--excel")
    content = (folder / "participants.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf") and content.endswith(b"\r\n")
    with (folder / "participants.csv").open(encoding="utf-8-sig", newline="") as stream:
        names = [row["name"] for row in csv.DictReader(stream)][2:]
    assert not [name for name in names if name.startswith(("=", "+", "-", "@"))]
    assert [name.removeprefix("'") for name in names] == [n.removeprefix("'") for n in HOSTILE]


# --- what goes wrong ----------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["csv", "sqlite"])
def test_what_is_there_already_is_not_overwritten(
    format: str, hostile: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    out.write_text("mine")
    assert main(["export", format, "--data", str(hostile), "--out", str(out)]) == 2
    assert "is there already" in capsys.readouterr().err
    assert out.read_text() == "mine"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["csv", "--out", "nowhere/out"], "there is no folder"),
        (["release", "--out", "out", "--previous", "nothing"], "is no release"),
    ],
)
def test_places_that_make_no_sense(
    arguments: list[str],
    told: str,
    hostile: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["export", *arguments, "--data", str(hostile)]) == 2
    assert told in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_nothing_to_export(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "csv", "--data", str(tmp_path), "--out", str(tmp_path / "out")]) == 2
    assert "nothing is published yet" in capsys.readouterr().err


def test_a_damaged_snapshot_is_not_exported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    built(tmp_path, *ROWS)
    (path,) = tmp_path.glob("tables/snapshots/*/statements/*.parquet")
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    out = tmp_path / "out"
    assert main(["export", "csv", "--data", str(tmp_path), "--out", str(out)]) == 1
    assert "statements" in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize("format", ["release", "csv", "parquet", "stata", "sqlite", "gexf", "hf"])
def test_a_full_disk_leaves_nothing_behind(format: str, hostile: Path, tmp_path: Path) -> None:
    script = (
        "import resource, sys; from flows.cli import main\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000))\n"
        "sys.exit(main(sys.argv[1:]))"
    )
    out = tmp_path / "out"
    arguments = ["export", format, "--data", str(hostile), "--out", str(out)]
    root = Path(__file__).parent.parent
    command = [sys.executable, "-c", script, *arguments]
    told = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert told.returncode == 1, told.stderr
    assert told.stderr.startswith(f"readout: {out}: ") and told.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_names_of_columns_fit_stata() -> None:
    reserved = set("_all byte double float if in int long str strL using with".split())
    for table in TABLES:
        for field in fields_of(ALL_TABLES[table]):
            assert len(field.name) <= 32 and field.name not in reserved


def test_the_text_of_the_sample_row_is_long_enough_to_matter() -> None:
    assert len(LONG.encode()) > 2_045 > len(TEXT)
