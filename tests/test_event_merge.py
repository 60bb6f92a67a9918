"""Events through the snapshot: runs, their order and lost articles change no byte of it."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.merge import Additions, merge
from flows.settings import lexicon
from tests.event_cases import TOLD, Told, rows
from transforms.articles import find_fingerprint
from transforms.extraction import Extraction
from transforms.records import Event, Meeting
from warehouse.parquet import from_table
from warehouse.snapshot import Snapshot, publish, read_snapshot

FM = "Nora Gill @IRL #foreign_minister; Ida Berg @NOR #foreign_minister"
DAY = "2020-03-01"


def add(data: Path, found: Sequence[Told]) -> Snapshot:
    """Bring reports into the snapshot, all rows of an article at once."""
    additions = Additions()
    by_article: dict[str, list[Told]] = {}
    for each in found:
        by_article.setdefault(each.meeting.article_id, []).append(each)
    for told in by_article.values():
        extraction = Extraction(
            meetings=[each.meeting for each in told],
            participants=[party for each in told for party in each.participants],
            statements=[],
            spans=[],
            misses=[],
            fingerprints=[find_fingerprint(told[0].article, lexicon())],
        )
        additions.articles.append((told[0].article, extraction))
    changes, _ = merge(read_snapshot(data), additions, "1")
    return publish(data, changes, "1")


def meetings(snapshot: Snapshot) -> dict[str, str]:
    return {row.meeting_id: row.event_id for row in from_table(Meeting, snapshot.read("meetings"))}


def events(snapshot: Snapshot) -> list[Event]:
    return sorted(from_table(Event, snapshot.read("events")), key=lambda event: event.event_id)


def of_one_article(found: list[Told]) -> list[Told]:
    """Reports of one article are told by one and the same article row."""
    articles = {each.article.article_id: each.article for each in reversed(found)}
    return [replace(each, article=articles[each.article.article_id]) for each in found]


RUNS = st.lists(TOLD, min_size=2, max_size=10, unique_by=lambda each: each.meeting.meeting_id)


@given(RUNS.map(of_one_article), st.integers(1, 4), st.randoms())
@settings(max_examples=25, deadline=None)
def test_runs_leave_no_trace(found: list[Told], size: int, rng: random.Random) -> None:
    articles = sorted({each.article.article_id for each in found})
    rng.shuffle(articles)
    with tempfile.TemporaryDirectory() as at_once, tempfile.TemporaryDirectory() as in_turn:
        expected = add(Path(at_once), found)
        for start in range(0, len(articles), size):
            batch = articles[start : start + size]
            last = add(Path(in_turn), [e for e in found if e.article.article_id in batch])
        assert last.manifest.snapshot_id == expected.manifest.snapshot_id


def test_a_later_report_joins_and_only_its_event_changes(tmp_path: Path) -> None:
    others = [rows("Omar Hasan @JOR; Tom Carver @GBR", f"2020-0{m}-03") for m in range(1, 6)]
    first = add(tmp_path, [rows(FM, DAY, published=DAY), *others])
    before = {(f.table, f.partition): f.sha256 for f in first.manifest.files}
    second = add(tmp_path, [rows(FM, published="2020-03-02", publisher="Two")])
    after = {(f.table, f.partition): f.sha256 for f in second.manifest.files}
    assert meetings(first).items() <= meetings(second).items(), "no id changes"
    assert [e.articles for e in events(second) if e.articles > 1] == [2]
    changed = {place for place in after if after[place] != before.get(place)}
    assert changed <= {
        (t, "2020-03")
        for t in (
            "articles",
            "meetings",
            "participants",
            "events",
            "fingerprints",
        )
    }


def test_a_report_over_the_turn_of_a_month_and_of_a_year(tmp_path: Path) -> None:
    add(tmp_path, [rows(FM, "2019-12-31", published="2019-12-31")])
    add(tmp_path, [rows(FM, published="2020-01-01", publisher="Two")])
    last = add(tmp_path, [rows(FM, "2019-12-31", published="2020-06-01", publisher="Three")])
    assert [event.articles for event in events(last)] == [3]


def test_a_bridge_joins_two_events_and_its_loss_parts_them(tmp_path: Path) -> None:
    """A record read first takes an article over, with another day of publication."""
    early = rows("Garibashvili; Nora Gill @IRL", published="2020-03-01", publisher="One")
    bridge = rows("Irakli Garibashvili @GEO; Nora Gill @IRL", published="2020-03-02")
    late = rows("Irakli Gharibashvili @GEO; Nora Gill @IRL", published="2020-03-03", publisher="B")
    august = datetime(2020, 8, 2, tzinfo=UTC)
    moved = replace(bridge, article=replace(bridge.article, published_at=august, raw_ref="0"))
    assert moved.article.raw_ref < bridge.article.raw_ref
    assert len(events(add(tmp_path / "a", [early, bridge, late]))) == 1
    last = add(tmp_path / "a", [moved])
    assert (
        last.manifest.snapshot_id == add(tmp_path / "b", [moved, late, early]).manifest.snapshot_id
    )
    assert sorted(event.articles for event in events(last)) == [1, 2]


@pytest.mark.parametrize("published", [None, "9999-12-31", "0001-01-01"])
def test_reports_of_no_usable_day_stay_alone_and_stable(published: str, tmp_path: Path) -> None:
    found = [rows(FM, published=published, publisher=name) for name in ("One", "Two")]
    found += [rows(FM, "9999-12-31"), rows(FM, "0001-01-01")]
    for each in found:
        last = add(tmp_path / "in turn", [each])
    assert last.manifest.snapshot_id == add(tmp_path / "at once", found).manifest.snapshot_id
    assert len(events(last)) == 4


def in_turn_and_at_once(data: Path, found: Sequence[Told]) -> tuple[Snapshot, Snapshot]:
    for each in found:
        last = add(data / "in turn", [each])
    return last, add(data / "at once", found)


def test_a_neighbourhood_reaches_into_months_that_the_new_report_does_not(tmp_path: Path) -> None:
    """The plan fitted April's meeting alone; now it fits March's as well, so it joins neither."""
    april = rows(FM, "2020-04-05", published="2020-04-05")
    plan = rows(FM, status="planned", published="2020-03-25")
    march = rows(FM, "2020-03-31", published="2020-03-31")
    assert len(events(add(tmp_path / "before", [april, plan]))) == 1
    last, at_once = in_turn_and_at_once(tmp_path, [april, plan, march])
    assert last.manifest.snapshot_id == at_once.manifest.snapshot_id
    assert len(events(last)) == 3


def test_an_event_goes_with_its_only_report(tmp_path: Path) -> None:
    old = rows(FM, published="2020-03-02")
    august = datetime(2020, 8, 2, tzinfo=UTC)
    moved = replace(old, article=replace(old.article, published_at=august, raw_ref="0"))
    (before,) = events(add(tmp_path, [old]))
    (after,) = events(add(tmp_path, [moved]))
    assert after.event_id != before.event_id
    assert after.first_reported_at == august


def test_a_visit_of_months_is_compared_by_its_first_weeks(tmp_path: Path) -> None:
    stay = rows(FM, "2020-01-25", until="2020-03-20", kind="visit", published="2020-01-25")
    within = [rows(FM, f"2020-02-{day}", published=f"2020-02-{day}") for day in (10, 20)]
    last, at_once = in_turn_and_at_once(tmp_path, [stay, *within])
    assert last.manifest.snapshot_id == at_once.manifest.snapshot_id
    assert sorted(event.articles for event in events(last)) == [1, 2]
