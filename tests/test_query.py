"""Queries: read-only, in every form, with errors a person can act on."""

import csv
import io
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from flows.cli import main
from tests.dataset import (
    ROWS,
    TEXT,
    answer,
    built,
)
from warehouse.database import database_path
from warehouse.query import QueryError
from warehouse.query_files import FORMATS, query_to_file
from warehouse.relations import grain_of

VALUES = (
    "SELECT 'a \"b\", c' AS text, NULL AS nothing, 1.5 AS number, true AS yes, "
    "DATE '2020-03-05' AS day, TIMESTAMP '2020-03-05 10:00:00' AS at, 2 AS number"
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    built(folder, *ROWS)
    return folder


def test_query_csv(data: Path) -> None:
    assert answer(data, VALUES, "csv") == (
        "text,nothing,number,yes,day,at,number_2\n"
        '"a ""b"", c",,1.5,true,2020-03-05,2020-03-05 10:00:00,2\n'
    )
    rows = list(csv.DictReader(io.StringIO(answer(data, "FROM articles", "csv"))))
    assert [row["text"] for row in rows] == [TEXT]


def test_query_json_and_lines(data: Path) -> None:
    expected = {
        "text": 'a "b", c',
        "nothing": None,
        "number": 1.5,
        "yes": True,
        "day": "2020-03-05",
        "at": "2020-03-05T10:00:00Z",
        "number_2": 2,
    }
    assert json.loads(answer(data, VALUES, "json")) == [expected]
    lines = answer(data, f"{VALUES} UNION ALL {VALUES}", "nl").splitlines()
    assert [json.loads(line) for line in lines] == [expected, expected]


def test_query_table_is_aligned_and_wrapped(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    text = answer(data, "SELECT 1 AS n, repeat('word ', 30) AS words, '[b]x' AS mark", "table")
    lines = text.splitlines()
    assert max(map(len, lines)) <= 60
    assert lines[0].split() == ["n", "words", "mark"]
    assert text.count("word") == 30 + 1
    assert "[b]x" in text


def test_query_table_of_many_columns_gives_a_block_a_row(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    lines = answer(data, "FROM meetings_wide", "table").splitlines()
    assert max(map(len, lines)) <= 60
    assert ["place", "Baku"] in [line.split() for line in lines]


def test_query_table_says_where_it_ends(data: Path) -> None:
    text = answer(data, "SELECT n FROM range(1500) AS t(n)", "table")
    assert "999" in text
    assert "1200" not in text
    assert "The first 1,000 rows" in text
    assert answer(data, "SELECT n FROM range(1500) AS t(n)", "csv").count("\n") == 1_501


@pytest.mark.parametrize("format", ["table", "csv", "json", "nl"])
def test_no_rows(data: Path, format: str) -> None:
    text = answer(data, "SELECT start FROM spans WHERE false", format)
    assert text.split() in (["start", "─" * 5], ["start"], ["[", "]"], [])


@pytest.mark.parametrize(
    "sql, expected",
    [
        ("SELECT 'NaN'::DOUBLE AS x", None),
        ("SELECT 'infinity'::DOUBLE AS x", None),
        ("SELECT 1.25::DECIMAL(9, 2) AS x", 1.25),
        ("SELECT [1, NULL] AS x", [1, None]),
        ("SELECT {'a': DATE '2020-03-05'} AS x", {"a": "2020-03-05"}),
        ("SELECT 'ab'::BLOB AS x", "6162"),
        ("SELECT TIMESTAMPTZ '2020-03-05 10:00:00+04' AS x", "2020-03-05T06:00:00Z"),
        ("SELECT 9007199254740993 AS x", 9007199254740993),
    ],
)
def test_values_of_all_kinds_as_json(data: Path, sql: str, expected: Any) -> None:
    assert json.loads(answer(data, sql, "nl")) == {"x": expected}


@pytest.mark.parametrize(
    "sql, message",
    [
        ("SELEC 1", "syntax error"),
        ("SELECT nope FROM articles", "nope"),
        ("FROM no_table", "no_table"),
        ("", "one statement"),
        ("SELECT 1; SELECT 2", "one statement"),
        ("DELETE FROM articles", "read-only"),
        ("DROP TABLE articles", "read-only"),
        ("COPY articles TO 'out.csv'", "disabled"),
        ("FROM read_text('pyproject.toml')", "disabled"),
        ("FROM 'other.parquet'", "disabled"),
        ("ATTACH 'other.duckdb'", "disabled"),
        ("INSTALL httpfs", "disabled"),
        ("SET enable_external_access = true", "locked"),
        ("SELECT error('at run time')", "at run time"),
        ("FROM no_table", "there are articles, meetings, .*who_met_whom"),
        ("FROM statement", "did you mean statements\\? There are articles, "),
        ('FROM articles WHERE title = "Talks"', "single quotes: 'Talks'"),
        ("CREATE TABLE mine (a INTEGER)", "read-only: a query can't CREATE"),
        ("COPY articles TO 'out.csv'", "--out FILE"),
    ],
)
def test_what_a_query_may_not_do(data: Path, sql: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        answer(data, sql, "csv")


def test_a_query_with_no_database_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="no database at .*readout run"):
        answer(tmp_path, "SELECT 1", "csv")


def test_a_query_on_what_is_no_database(tmp_path: Path) -> None:
    database_path(tmp_path).write_bytes(b"not a database")
    with pytest.raises(QueryError, match="is damaged or no database .*readout load"):
        answer(tmp_path, "SELECT 1", "csv")


def test_a_query_on_a_damaged_database(data: Path, tmp_path: Path) -> None:
    content = bytearray(database_path(data).read_bytes())
    for place in range(20_000, len(content), 4_096):
        content[place] ^= 1
    database_path(tmp_path).write_bytes(content)
    with pytest.raises(QueryError, match="is damaged or no database .*readout load"):
        answer(tmp_path, "FROM articles", "csv")


def test_a_query_on_a_database_that_another_program_writes(data: Path, tmp_path: Path) -> None:
    database_path(tmp_path).write_bytes(database_path(data).read_bytes())
    script = (
        "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); input()"
    )
    command = [sys.executable, "-c", script, str(database_path(tmp_path))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as writer:
        assert writer.stdout and writer.stdin
        writer.stdout.readline()
        with pytest.raises(QueryError, match=f"open for writing .*process {writer.pid}"):
            answer(tmp_path, "SELECT 1", "csv")
        writer.stdin.write(b"\n")
        writer.stdin.close()
    assert answer(tmp_path, "SELECT 1 AS n", "csv") == "n\n1\n"


# --- files --------------------------------------------------------------------------------------


def test_a_query_to_parquet_keeps_types_and_values(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "rows.parquet"
    assert query_to_file(data, f"{VALUES} UNION ALL {VALUES}", file) == 2
    table = pq.read_table(file, page_checksum_verification=True)
    assert table.schema.names == "text nothing number yes day at number_2".split()
    assert table.schema.field("at").type == pa.timestamp("us", tz="UTC")
    row = table.to_pylist()[1]
    assert (row["text"], row["nothing"], row["yes"]) == ('a "b", c', None, True)
    assert row["at"] == datetime(2020, 3, 5, 10, tzinfo=UTC)


@pytest.mark.parametrize("ending", [".csv", ".json", ".ndjson", ".jsonl", ".txt"])
def test_a_query_to_text_files(data: Path, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"rows{ending}"
    assert query_to_file(data, VALUES, file) == 1
    assert file.read_text() == answer(data, VALUES, FORMATS[ending])


def test_a_query_that_fails_leaves_the_file_as_it_was(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "rows.parquet"
    file.write_text("before")
    with pytest.raises(QueryError, match="at run time"):
        query_to_file(data, "SELECT error('at run time') AS x FROM articles", file)
    assert [path.name for path in tmp_path.iterdir()] == ["rows.parquet"]
    assert file.read_text() == "before"


@pytest.mark.parametrize("name", ["rows.xlsx", "rows", ".", "nowhere/rows.csv"])
def test_an_out_file_that_makes_no_sense(
    data: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["query", "--data", str(data), "SELECT 1", "--out", str(tmp_path / name)]
    assert main(arguments) == 2
    assert "--out" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("ending", [".parquet", ".csv"])
def test_a_full_disk_leaves_no_half_file(data: Path, tmp_path: Path, ending: str) -> None:
    script = (
        "import resource, sys; from flows.cli import main\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))\n"
        "sys.exit(main(sys.argv[1:]))"
    )
    sql = "SELECT i, sha256(i::VARCHAR) AS words FROM range(100_000) AS t(i)"
    file = tmp_path / f"rows{ending}"
    arguments = ["query", "--data", str(data), sql, "--out", str(file)]
    root = Path(__file__).parent.parent
    command = [sys.executable, "-c", script, *arguments]
    told = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert (told.returncode, told.stderr) == (1, f"readout: --out {file}: File too large\n")
    assert not list(tmp_path.iterdir())


# --- the commands -------------------------------------------------------------------------------


def test_sql_from_standard_input(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("SELECT count(*) AS n\nFROM spans"))
    assert main(["query", "--data", str(data), "--ndjson", "-"]) == 0
    assert capsys.readouterr().out == '{"n": 5}\n'


def test_tables_lists_tables_and_views_with_their_rows(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["tables", "--data", str(data), "--json"]) == 0
    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)}
    assert rows["spans"]["rows"] == 5
    assert rows["who_met_whom"] == {
        "name": "who_met_whom",
        "kind": "view",
        "rows": 2,
        "one_row": grain_of("who_met_whom"),
    }
    assert main(["tables", "--data", str(data)]) == 0
    printed = capsys.readouterr().out
    assert all(name in printed for name in rows)


def test_tables_before_there_is_a_database(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["tables", "--data", str(tmp_path), "--json"]) == 0
    assert {row["rows"] for row in json.loads(capsys.readouterr().out)} == {None}


def test_schema_of_a_view(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "timeline", "--json"]) == 0
    columns = {row["column"]: row for row in json.loads(capsys.readouterr().out)}
    assert columns["day"]["type"] == "DATE"
    assert "the report" in columns["day"]["meaning"]


def test_schema_of_a_name_that_is_nearly_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "statement"]) == 2
    assert "did you mean statements?" in capsys.readouterr().err
