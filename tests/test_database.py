"""The database: complete, checked before it is seen, replaced in one step, asked read-only."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from transforms.records import (
    TABLES,
    Article,
    Event,
    Meeting,
    Miss,
    Participant,
    SourceRun,
    Span,
    Statement,
    fields_of,
)
from warehouse.database import ChecksFailedError, build_database, database_path
from warehouse.files import DataFolderError
from warehouse.parquet import ContractError, DamagedFileError, to_table
from warehouse.quality import contract_checks, first_comment, sql_files
from warehouse.query import QueryError, run_query
from warehouse.runs import read_runs, run_files, write_run
from warehouse.schemas import table_name
from warehouse.snapshot import Snapshot, publish

TEXT = (
    "BAKU, March 5. Defense Minister Ilqar Quluzadə received 🤝 Nino Tvaladze.\n\n"
    "“We agree,” he said. “Fully.”"
)
ARTICLE = Article(
    article_id="a1",
    page_id="p1",
    source_id="feed",
    url="https://agency.example/1",
    publisher="Agency",
    title="Ministers meet",
    published_at=datetime(2020, 3, 5, 10, 0, 30, tzinfo=UTC),
    text=TEXT,
    text_sha256="0",
    story_id="s1",
    raw_ref="r1",
    coder_version="1",
)
EVENT = Event(
    event_id="e1", kind="meeting", status="held", articles=1, publishers=1, coder_version="1"
)
MEETING = Meeting(
    meeting_id="m1",
    article_id="a1",
    event_id="e1",
    kind="meeting",
    status="held",
    date_start=date(2020, 3, 5),
    place="Baku",
    place_country="AZE",
    evidence_text="…",
    confidence=0.9,
    coder_version="1",
)
HOST = Participant(
    meeting_id="m1",
    ordinal=1,
    name="Ilqar Quluzadə",
    mention="Ilqar Quluzadə",
    kind="person",
    role="Defense Minister",
    role_code="defense_minister",
    country="AZE",
    side="host",
    coder_version="1",
)
GUEST = Participant(
    meeting_id="m1",
    ordinal=2,
    name="Nino Tvaladze",
    mention="Nino Tvaladze",
    kind="person",
    country="GEO",
    coder_version="1",
)
STATEMENT = Statement(
    statement_id="s1",
    article_id="a1",
    meeting_id="m1",
    speaker_name="Ilqar Quluzadə",
    speaker_country="AZE",
    cue="said",
    speech_act="agree",
    form="direct",
    content="We agree, Fully.",
    sentence_text="…",
    confidence=0.8,
    coder_version="1",
)


def span(owner: str, field: str, ordinal: int, text: str) -> Span:
    start = TEXT.index(text)
    return Span(
        owner_id=owner,
        field=field,
        ordinal=ordinal,
        start=start,
        end=start + len(text),
        text=text,
        coder_version="1",
    )


SPANS = (
    span("m1", "participant", 1, "Ilqar Quluzadə"),
    span("m1", "participant", 2, "Nino Tvaladze"),
    span("s1", "content", 1, "We agree,"),
    span("s1", "content", 2, "Fully."),
    span("s1", "cue", 1, "said"),
)
MISS = Miss(
    article_id="a1", kind="statement", start=0, end=4, reason="no_speaker", coder_version="1"
)
ROWS = (ARTICLE, EVENT, MEETING, HOST, GUEST, STATEMENT, *SPANS, MISS)
RUN = SourceRun(
    source_id="feed",
    run_id="r1",
    started_at=datetime(2020, 3, 5, 11, tzinfo=UTC),
    fetched=2,
    new=1,
    unchanged=1,
    failed=0,
    coder_version="1",
)


def published(data: Path, *rows: Any) -> Snapshot:
    tables: dict[type, list[Any]] = {}
    for row in rows:
        tables.setdefault(type(row), []).append(row)
    changes = {(table_name(r), "2020-03"): to_table(r, kept) for r, kept in tables.items()}
    return publish(data, changes, "1", keep=False)


def built(data: Path, *rows: Any) -> list[str]:
    return [finding.check for finding in build_database(data, published(data, *rows))]


def asked(data: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(database_path(data), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def answer(data: Path, sql: str, format: str) -> str:
    out = io.StringIO()
    run_query(data, sql, format, out)
    return out.getvalue()


# --- building -----------------------------------------------------------------------------------


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
        "from warehouse.snapshot import read_snapshot\n"
        "data = Path(sys.argv[1]); build_database(data, read_snapshot(data))"
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
    assert [p.name for p in tmp_path.iterdir() if "duckdb" in p.name] == ["readout.duckdb"]
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
    build_database(tmp_path, snapshot)
    assert asked(tmp_path, "SELECT run_id, new, started_at FROM sources") == [
        ("r1", 1, datetime(2020, 3, 5, 11))
    ]
    assert asked(tmp_path, "SELECT count(*) FROM who_met_whom") == [(1,)]


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
        build_database(tmp_path, snapshot)
    assert asked(tmp_path, "SELECT title FROM articles") == [("Ministers meet",)]


def test_a_snapshot_of_other_columns_is_not_loaded(tmp_path: Path) -> None:
    snapshot = published(tmp_path, *ROWS)
    older = replace(snapshot, manifest=replace(snapshot.manifest, contract_version="older"))
    with pytest.raises(ContractError, match="extract everything again"):
        build_database(tmp_path, older)


def test_a_full_disk_is_told_and_leaves_the_old_database(tmp_path: Path) -> None:
    built(tmp_path, *ROWS)
    published(tmp_path, replace(ARTICLE, title="Changed"))
    script = """if True:
        import resource, sys
        from pathlib import Path
        from warehouse.database import build_database
        from warehouse.files import DataFolderError
        from warehouse.snapshot import read_snapshot
        data = Path(sys.argv[1])
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        try:
            build_database(data, read_snapshot(data))
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


# --- checks -------------------------------------------------------------------------------------

Change = Callable[[], tuple[Any, ...]]
SECOND = replace(STATEMENT, statement_id="s2")
REVERSED = replace(MEETING, date_end=date(2020, 3, 4))
FAILURES: list[tuple[str, Change]] = [
    ("fail_orphan_participants", lambda: (*ROWS, replace(HOST, meeting_id="m9"))),
    ("fail_orphan_meetings", lambda: (*ROWS, replace(MEETING, meeting_id="m2", article_id="a9"))),
    ("fail_orphan_meetings", lambda: (*ROWS, replace(MEETING, meeting_id="m2", event_id="e9"))),
    ("fail_orphan_statements", lambda: (*ROWS, replace(SECOND, meeting_id="m9"))),
    ("fail_orphan_statements", lambda: (*ROWS, replace(SECOND, article_id="a9"))),
    ("fail_orphan_spans", lambda: (*ROWS, span("s9", "cue", 1, "said"))),
    ("fail_orphan_spans", lambda: (*ROWS, span("m1", "participant", 3, "Nino"))),
    ("fail_orphan_misses", lambda: (*ROWS, replace(MISS, article_id="a9"))),
    ("fail_span_text_mismatch", lambda: (*ROWS, replace(SPANS[4], ordinal=2, start=3))),
    ("fail_span_text_mismatch", lambda: (*ROWS, replace(SPANS[4], ordinal=2, text="sait"))),
    ("fail_span_text_mismatch", lambda: (*ROWS, replace(SPANS[4], ordinal=2, start=-5))),
    ("fail_content_not_from_spans", lambda: (*ROWS, span("s1", "content", 3, "he"))),
    ("fail_content_not_from_spans", lambda: (*ROWS, SECOND)),
    ("fail_confidence_range", lambda: (*ROWS[:2], replace(MEETING, confidence=1.01), *ROWS[3:])),
    ("fail_country_codes", lambda: (*ROWS[:3], replace(HOST, country="Az"), *ROWS[4:])),
    ("fail_closed_lists", lambda: (*ROWS, replace(MISS, start=1, reason="whatever"))),
    ("fail_closed_lists", lambda: (*ROWS[:3], replace(HOST, side="left"), *ROWS[4:])),
]  # fmt: skip
WARNINGS: list[tuple[str, Change]] = [
    ("warn_articles_without_date", lambda: (*ROWS[1:], replace(ARTICLE, published_at=None))),
    ("warn_meetings_without_parties", lambda: (*ROWS, replace(MEETING, meeting_id="m2"))),
    ("warn_dates_reversed", lambda: (ARTICLE, EVENT, HOST, GUEST, REVERSED)),
    ("warn_empty_values", lambda: (replace(ARTICLE, publisher=""), *ROWS[1:])),
]  # fmt: skip


@pytest.mark.parametrize("name, rows", FAILURES)
def test_a_failed_check_leaves_the_old_database(tmp_path: Path, name: str, rows: Change) -> None:
    built(tmp_path, *ROWS)
    before = database_path(tmp_path).read_bytes()
    with pytest.raises(ChecksFailedError, match=name) as failed:
        built(tmp_path, *rows())
    assert name in {finding.check for finding in failed.value.findings}
    assert database_path(tmp_path).read_bytes() == before
    assert not list(tmp_path.glob(".readout*"))


@pytest.mark.parametrize("name, rows", WARNINGS)
def test_a_warning_is_returned_and_the_database_replaced(
    tmp_path: Path, name: str, rows: Change
) -> None:
    assert built(tmp_path, *rows()) == [name]
    assert asked(tmp_path, "SELECT count(*) FROM articles") == [(1,)]


def test_a_key_in_two_partitions_fails(tmp_path: Path) -> None:
    table = to_table(Article, [ARTICLE])
    snapshot = publish(tmp_path, {("articles", p): table for p in ("2020-03", "undated")}, "1")
    with pytest.raises(ChecksFailedError, match="fail_duplicate_keys.* articles, a1, 2"):
        build_database(tmp_path, snapshot)


def test_every_check_has_a_case() -> None:
    names = {file.name.removesuffix(".sql") for file in sql_files("checks")} | set(
        contract_checks()
    )
    assert names == {name for name, _ in FAILURES + WARNINGS} | {"fail_duplicate_keys"}


@pytest.mark.parametrize("folder", ["views", "checks"])
def test_every_sql_file_says_what_it_is(folder: str) -> None:
    files = sql_files(folder)
    assert files
    for file in files:
        assert first_comment(file.read_text()).endswith("."), file.name
        assert ";" not in file.read_text().split("\n", 1)[1], file.name


# --- views --------------------------------------------------------------------------------------


def test_who_met_whom(tmp_path: Path) -> None:
    built(tmp_path, *ROWS)
    assert asked(
        tmp_path, "SELECT participants, date_start, place, status, publisher FROM who_met_whom"
    ) == [
        (
            "Ilqar Quluzadə (Defense Minister, AZE) – Nino Tvaladze (GEO)",
            date(2020, 3, 5),
            "Baku",
            "held",
            "Agency",
        )
    ]


def test_who_said_what(tmp_path: Path) -> None:
    built(tmp_path, *ROWS)
    assert asked(
        tmp_path, "SELECT speaker_name, speaker_country, cue, content, title FROM who_said_what"
    ) == [("Ilqar Quluzadə", "AZE", "said", "We agree, Fully.", "Ministers meet")]


def test_meeting_pairs_name_each_pair_once(tmp_path: Path) -> None:
    third = replace(GUEST, ordinal=3, country="TUR")
    fourth = replace(GUEST, ordinal=4, country="TUR")
    fifth = replace(GUEST, ordinal=5, country=None)
    built(tmp_path, *ROWS, third, fourth, fifth)
    found = asked(tmp_path, "SELECT country_1, country_2 FROM meeting_pairs ORDER BY ALL")
    assert found == [("AZE", "GEO"), ("AZE", "TUR"), ("GEO", "TUR")]


def test_current_articles_are_the_latest_revisions(tmp_path: Path) -> None:
    edited = replace(ARTICLE, article_id="a2", revision=2)
    other = replace(ARTICLE, article_id="a3", page_id="p2")
    built(tmp_path, *ROWS, edited, other)
    found = asked(tmp_path, "SELECT article_id FROM current_articles ORDER BY ALL")
    assert found == [("a2",), ("a3",)]
    assert asked(tmp_path, "SELECT count(*) FROM who_met_whom") == [(0,)]


def test_current_articles_have_the_columns_of_articles(tmp_path: Path) -> None:
    built(tmp_path, *ROWS)
    found = asked(
        tmp_path,
        "SELECT column_name FROM duckdb_columns() WHERE table_name = 'current_articles' "
        "ORDER BY column_index",
    )
    assert [name for (name,) in found] == [field.name for field in fields_of(Article)]


def test_source_health(tmp_path: Path) -> None:
    later = replace(
        RUN, run_id="r2", started_at=datetime(2020, 3, 6, tzinfo=UTC), new=0, reason="timed out"
    )
    write_run(tmp_path, "r1", [RUN])
    write_run(tmp_path, "r2", [later])
    built(tmp_path, *ROWS)
    assert asked(
        tmp_path,
        "SELECT source_id, runs, failed_runs, last_good_run_at, fetched, last_reason "
        "FROM source_health",
    ) == [("feed", 2, 1, datetime(2020, 3, 5, 11), 4, "timed out")]


# --- the run log --------------------------------------------------------------------------------


def test_runs_come_back_in_order(tmp_path: Path) -> None:
    assert read_runs(tmp_path) == []
    second = replace(RUN, run_id="r2", reason="it's over")
    write_run(tmp_path, "r2", [second])
    write_run(tmp_path, "r1", [RUN, replace(RUN, source_id="other")])
    assert read_runs(tmp_path) == [RUN, replace(RUN, source_id="other"), second]
    assert [path.name for path in run_files(tmp_path)] == ["r1.json", "r2.json"]


def test_a_source_twice_in_one_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match="run r1: a source is there twice"):
        write_run(tmp_path, "r1", [RUN, RUN])
    assert read_runs(tmp_path) == []


@pytest.mark.parametrize("content", ["", "{", "[1]", '[{"run_id": "r1"}]', '[{"started_at": "?"}]'])
def test_a_damaged_run_log_is_named(tmp_path: Path, content: str) -> None:
    write_run(tmp_path, "r1", [RUN]).write_text(content)
    with pytest.raises(DamagedFileError, match=r"r1\.json"):
        read_runs(tmp_path)


# --- queries ------------------------------------------------------------------------------------

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
    lines = answer(data, "FROM who_met_whom", "table").splitlines()
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
    with pytest.raises(QueryError):
        answer(tmp_path, "SELECT 1", "csv")
