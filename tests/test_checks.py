"""Checks: what fails leaves the old database, what warns is told and kept."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from flows.countries import countries
from tests.dataset import (
    ARTICLE,
    EVENT,
    GUEST,
    HOST,
    MEETING,
    MISS,
    ROWS,
    RUN,
    SPANS,
    STATEMENT,
    asked,
    built,
    published,
    span,
)
from transforms.records import Article, Event, Meeting, Participant
from warehouse.database import ChecksFailedError, build_database, database_path
from warehouse.parquet import to_table
from warehouse.proof import prove
from warehouse.quality import checks, contract_checks
from warehouse.runs import write_run
from warehouse.snapshot import publish, read_snapshot
from warehouse.sql_files import first_comment, sql_files

Change = Callable[[], tuple[Any, ...]]
SECOND = replace(STATEMENT, statement_id="s2")
REVERSED = replace(MEETING, date_end=date(2020, 3, 4))
ABOUT_NOBODY = replace(STATEMENT, countries_mentioned="GEO; ")
ELSEWHERE = replace(STATEMENT, sentence_text="He said so.")
UNSEEN = replace(MEETING, evidence_text="They met.")
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
    ("fail_country_codes", lambda: (*ROWS[:3], replace(HOST, country="AZB"), *ROWS[4:])),
    ("fail_country_codes", lambda: (*ROWS[:5], ABOUT_NOBODY, *ROWS[6:])),
    ("fail_meetings_without_party", lambda: (*ROWS, replace(MEETING, meeting_id="m2"))),
    ("fail_meetings_without_party", lambda: (*ROWS[:3], replace(HOST, name=" "), *ROWS[4:])),
    ("fail_text_hash", lambda: (*ROWS[1:], replace(ARTICLE, text_sha256="0" * 64))),
    ("fail_sentence_outside_article", lambda: (*ROWS[:5], ELSEWHERE, *ROWS[6:])),
    ("fail_closed_lists", lambda: (*ROWS, replace(MISS, start=1, reason="whatever"))),
    ("fail_closed_lists", lambda: (*ROWS[:3], replace(HOST, side="left"), *ROWS[4:])),
]  # fmt: skip
FETCHED = replace(ARTICLE, fetched_at=datetime(2020, 3, 3, tzinfo=UTC))
AHEAD = replace(MEETING, date_start=date(2020, 3, 7), date_end=None)
LONG_AGO = replace(MEETING, date_start=date(1970, 3, 7), date_end=None)
PLAIN = [
    replace(ARTICLE, article_id=f"b{n}", page_id=f"b{n}", source_id="plain") for n in range(20)
]
WARNINGS: list[tuple[str, Change]] = [
    ("warn_articles_without_date", lambda: (*ROWS[1:], replace(ARTICLE, published_at=None))),
    ("warn_meetings_of_one_party", lambda: (*ROWS[:4], *ROWS[5:7], *ROWS[8:])),
    ("warn_dates_reversed", lambda: (ARTICLE, EVENT, HOST, GUEST, REVERSED)),
    ("warn_dates_after_publication", lambda: (*ROWS[:2], AHEAD, *ROWS[3:])),
    ("warn_dates_far_from_publication", lambda: (*ROWS[:2], LONG_AGO, *ROWS[3:])),
    ("warn_published_in_the_future", lambda: (*ROWS[1:], FETCHED)),
    ("warn_evidence_outside_article", lambda: (*ROWS[:2], UNSEEN, *ROWS[3:])),
    ("warn_source_without_rows", lambda: (*ROWS, *PLAIN)),
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
    found = asked(tmp_path, "SELECT check_name FROM checks WHERE offending_rows > 0")
    assert found == [(name,)]


def test_every_check_is_listed_with_what_it_holds(tmp_path: Path) -> None:
    built(tmp_path, *ROWS)
    found = asked(tmp_path, "SELECT check_name, level, meaning, offending_rows FROM checks")
    assert {name for name, *_ in found} == {*checks("fail"), *checks("warn")}
    assert all(name.startswith(f"{level}_") and meaning for name, level, meaning, _ in found)


@pytest.mark.parametrize(("last", "offends"), [(100, 0), (20, 0), (19, 1), (500, 0), (501, 1)])
def test_a_source_that_reads_far_less_or_more_than_it_used_to(
    tmp_path: Path, last: int, offends: int
) -> None:
    for day, fetched in enumerate([90, 100, 110, 100, 100, last], start=1):
        started = datetime(2020, 3, day, tzinfo=UTC)
        write_run(
            tmp_path,
            f"r{day}",
            [replace(RUN, run_id=f"r{day}", started_at=started, fetched=fetched)],
        )
    assert built(tmp_path, *ROWS) == ["warn_source_counts"] * offends


def test_a_key_in_two_partitions_fails(tmp_path: Path) -> None:
    table = to_table(Article, [ARTICLE])
    snapshot = publish(tmp_path, {("articles", p): table for p in ("2020-03", "undated")}, "1")
    with pytest.raises(ChecksFailedError, match="fail_duplicate_keys|Duplicate key"):
        build_database(tmp_path, snapshot, countries())


def test_every_check_has_a_case() -> None:
    names = {file.name.removesuffix(".sql") for file in sql_files("checks")} | set(
        contract_checks()
    )
    cases = {name for name, _ in FAILURES + WARNINGS}
    assert names == cases | {"fail_duplicate_keys", "warn_source_counts"}


@pytest.mark.parametrize("folder", ["views", "checks"])
def test_every_sql_file_says_what_it_is(folder: str) -> None:
    files = sql_files(folder)
    assert files
    for file in files:
        assert first_comment(file.read_text()).endswith("."), file.name
        code = [line for line in file.read_text().splitlines() if not line.startswith("--")]
        assert ";" not in "".join(code).replace("'; '", ""), file.name


def test_rows_that_fail_are_not_published_and_the_old_snapshot_stays(tmp_path: Path) -> None:
    before = published(tmp_path, *ROWS)
    wrong = to_table(Article, [replace(ARTICLE, text_sha256="0" * 64)])
    with pytest.raises(ChecksFailedError, match="fail_text_hash"):
        publish(
            tmp_path,
            {("articles", "2020-03"): wrong},
            "2",
            prove=lambda staged: prove(staged, countries()),
        )
    assert read_snapshot(tmp_path) == before
    assert not (tmp_path / ".staging").exists()
    right = to_table(Article, [replace(ARTICLE, title="Changed")])
    later = publish(
        tmp_path,
        {("articles", "2020-03"): right},
        "1",
        prove=lambda staged: prove(staged, countries()),
    )
    assert read_snapshot(tmp_path) == later != before


OTHER_MONTH = replace(ARTICLE, article_id="a7", page_id="p7")
APRIL = {
    ("articles", "2020-04"): to_table(Article, [OTHER_MONTH]),
    ("meetings", "2020-04"): to_table(
        Meeting, [replace(MEETING, meeting_id="m7", article_id="a7")]
    ),
    ("participants", "2020-04"): to_table(
        Participant, [replace(HOST, meeting_id="m7"), replace(GUEST, meeting_id="m7")]
    ),
}


def changed_in_april(data: Path, **tables: Any) -> None:
    """Publish April on top of March, proved by what has changed; a table given is another."""
    changes = APRIL | {(name, "2020-04"): rows for name, rows in tables.items()}
    publish(data, changes, "1", prove=lambda staged: prove(staged, countries(), changes))


def test_a_change_is_proved_with_all_that_it_reaches(tmp_path: Path) -> None:
    published(tmp_path, *ROWS)
    changed_in_april(tmp_path)
    assert asked_of_tables(tmp_path) == {"a1", "a7"}


@pytest.mark.parametrize(
    "check, table, rows",
    [
        ("fail_text_hash", "articles", [replace(OTHER_MONTH, text_sha256="0" * 64)]),
        ("fail_duplicate_keys", "articles", [OTHER_MONTH, ARTICLE]),  # which is in March, too
        ("fail_orphan_meetings", "meetings", [replace(MEETING, meeting_id="m7", event_id="e9")]),
        ("fail_orphan_participants", "participants", [replace(HOST, meeting_id="m1")]),
        ("fail_duplicate_keys", "events", [EVENT]),
    ],
)
def test_a_change_that_breaks_something_is_not_published(
    tmp_path: Path, check: str, table: str, rows: list[Any]
) -> None:
    before = published(tmp_path, *ROWS)
    with pytest.raises(ChecksFailedError, match=check):
        changed_in_april(tmp_path, **{table: to_table(type(rows[0]), rows)})
    assert read_snapshot(tmp_path) == before


def test_a_meeting_of_another_month_that_has_lost_its_event_is_seen(tmp_path: Path) -> None:
    before = published(tmp_path, *ROWS)
    changes = {("events", "2020-03"): to_table(Event, [replace(EVENT, event_id="e9")])}
    with pytest.raises(ChecksFailedError, match="fail_orphan_meetings"):
        publish(tmp_path, changes, "1", prove=lambda s: prove(s, countries(), changes))
    assert read_snapshot(tmp_path) == before


def asked_of_tables(data: Path) -> set[str]:
    snapshot = read_snapshot(data)
    assert snapshot
    return set(snapshot.read("articles", ["article_id"])["article_id"].to_pylist())
