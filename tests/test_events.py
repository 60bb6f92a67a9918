"""Events as rows, their ids, and that neither order nor batches leave a trace in them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.event_cases import TOLD, Told, told
from transforms.agreement import agreement
from transforms.events import build_event, event_id, merge_reports, months_of, neighbourhood
from transforms.reports import Report

FM = "Nora Gill @IRL #foreign_minister; Ida Berg @NOR #foreign_minister"
DAY = "2020-03-05"


def rows_of(reports: Sequence[Report]) -> dict[str, object]:
    """Meeting -> its event's row."""
    events = [(members, build_event(members)) for members in merge_reports(reports)]
    return {report.meeting_id: event for members, event in events for report in members}


# --- the row ------------------------------------------------------------------------------------


def test_an_event_of_several_reports() -> None:
    """Status moves on, the best date and the first place are kept, sources are counted."""
    reports = [
        told(FM, DAY, published="2020-03-05", publisher="Two", place="Oslo", at="NOR"),
        told(FM, "2020-03", status="planned", published="2020-03-01", publisher="One"),
        told(FM, "2020-03-06", basis="relative", published="2020-03-06", publisher="Two"),
    ]
    (members,) = merge_reports(reports)
    event = build_event(members)
    assert (event.status, event.date_start, event.place) == ("held", date(2020, 3, 5), "Oslo")
    assert (event.articles, event.publishers) == (3, 2)
    assert event.first_reported_at == datetime(2020, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told_in_turn", "status"),
    [
        (["planned"], "planned"),
        (["planned", "cancelled"], "cancelled"),
        (["cancelled", "planned"], "planned"),
        (["planned", "ongoing"], "ongoing"),
        (["planned", "ongoing", "held", "planned"], "held"),
    ],
)
def test_the_status_moves_on(told_in_turn: list[str], status: str) -> None:
    reports = [
        told(FM, DAY, status=each, published=f"2020-03-0{number}")
        for number, each in enumerate(told_in_turn, 1)
    ]
    assert build_event(reports).status == status


def test_a_visit_with_a_meeting_is_a_meeting() -> None:
    reports = [told(FM, DAY, kind="visit", published="2020-03-01"), told(FM, DAY)]
    assert build_event(reports).kind == "meeting"
    assert build_event(reports[:1]).kind == "visit"


def test_two_versions_of_an_article_count_once() -> None:
    one, other = told(FM, DAY), told(FM, DAY, status="ongoing")
    assert build_event([one, replace(other, page_id=one.page_id)]).articles == 1


def test_no_date_anywhere() -> None:
    alone = told(FM, published=None)
    event = build_event([alone])
    assert (event.date_start, event.first_reported_at) == (None, None)
    assert event.event_id == alone.own_id
    assert len(merge_reports([alone, told(FM, published=None, publisher="Two")])) == 2


# --- the id -------------------------------------------------------------------------------------


def test_a_later_article_leaves_the_id_as_it_is() -> None:
    first = told(FM, DAY, published="2020-03-05")
    later = told(FM, published="2020-03-06", publisher="Two")
    assert event_id([later, first]) == event_id([first]) == first.own_id != later.own_id


def test_reports_that_say_the_same_share_an_id_from_the_start() -> None:
    one, other = told(FM, DAY), told(FM, DAY, publisher="Two", status="ongoing")
    assert one.own_id == other.own_id
    assert one.own_id != told(FM, "2020-03-06").own_id


def test_ids_are_unique_among_events() -> None:
    rng = random.Random(7)
    reports = [told(FM, f"2020-03-{rng.randint(1, 28):02}", publisher=str(n)) for n in range(99)]
    ids = [event_id(members) for members in merge_reports(reports)]
    assert len(ids) == len(set(ids)) == len({report.date_start for report in reports})


# --- neither order nor batches ------------------------------------------------------------------

SOME = st.lists(TOLD, max_size=14, unique_by=lambda each: each.meeting.meeting_id)


@given(SOME, st.randoms())
@settings(max_examples=300, deadline=None)
def test_the_order_of_reports_leaves_no_trace(found: list[Told], rng: random.Random) -> None:
    reports = [each.report for each in found]
    expected = rows_of(reports)
    rng.shuffle(reports)
    assert rows_of(reports) == expected


@given(TOLD, TOLD)
@settings(max_examples=500, deadline=None)
def test_agreement_is_symmetric(one: Told, other: Told) -> None:
    assert agreement(one.report, other.report) == agreement(other.report, one.report)


@given(SOME, st.integers(1, 5), st.randoms())
@settings(max_examples=300, deadline=None)
def test_batches_leave_no_trace(found: list[Told], size: int, rng: random.Random) -> None:
    """Only the neighbourhoods of new reports are made anew; the outcome is that of all at once."""
    reports = [each.report for each in found]
    rng.shuffle(reports)
    rows: dict[str, object] = {}
    for start in range(0, len(reports), size):
        pool = reports[: start + size]
        fresh = {report.meeting_id for report in reports[start : start + size]}
        rows |= rows_of(neighbourhood(pool, fresh))
    assert rows == rows_of(reports)


@given(SOME, st.sets(st.integers(0, 13), max_size=4))
@settings(max_examples=300, deadline=None)
def test_lost_reports_leave_no_trace(found: list[Told], lost: set[int]) -> None:
    reports = [each.report for each in found]
    gone = {report.meeting_id for n, report in enumerate(reports) if n in lost}
    rows = rows_of(reports)
    near = neighbourhood(reports, gone)
    rows |= rows_of([report for report in near if report.meeting_id not in gone])
    kept = [report for report in reports if report.meeting_id not in gone]
    assert {key: row for key, row in rows.items() if key not in gone} == rows_of(kept)


@given(SOME)
@settings(max_examples=200, deadline=None)
def test_who_is_linked_shares_a_month(found: list[Told]) -> None:
    """So a neighbourhood is complete once the months of its reports are read."""
    reports = [each.report for each in found]
    for report in reports:
        for other in neighbourhood(reports, {report.meeting_id}):
            linked = agreement(report, other).parties > 0
            assert not linked or months_of([report]) & months_of([other])
