"""Events: reports of one real meeting share an id; others do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from transforms.events import build_events, event_id, normalize_surname
from transforms.records import Article, Meeting, fields_of

HASAN = ("Omar Hasan", "JOR", "person")
GILL = ("Nora Gill", "IRL", "person")
DAY = date(2020, 3, 5)


def article(number: int = 1, day: int = 5, publisher: str = "One") -> Article:
    """An article published in March 2020."""
    required = {f.name: "x" for f in fields_of(Article) if not f.nullable and f.type is str}
    values: dict[str, object] = {
        "article_id": f"a{number}",
        "publisher": publisher,
        "published_at": datetime(2020, 3, day, tzinfo=UTC),
    }
    return Article(**{**required, **values})  # type: ignore[arg-type]


def key(*parties: tuple[str, str | None, str], kind: str = "meeting", day: date = DAY) -> str:
    """Event id of a meeting of one day."""
    return event_id(parties, kind, day, "day", article())


MERGED = [
    ("order", key(HASAN, GILL), key(GILL, HASAN)),
    ("given name", key(HASAN, GILL), key(("O. Hasan", "JOR", "person"), GILL)),
    ("accents", key(("Anna Sólyom", "HUN", "person")), key(("Anna Solyom", "HUN", "person"))),
    ("kind of meeting", key(HASAN, GILL), key(HASAN, GILL, kind="visit")),
    ("calls", key(HASAN, kind="phone_call"), key(HASAN, kind="video_call")),
    ("article", key(("the IMF", "INT", "organization")), key(("IMF", "INT", "organization"))),
]
APART = [
    ("another day", key(HASAN, GILL), key(HASAN, GILL, day=date(2020, 3, 9))),
    ("another country", key(HASAN, GILL), key(("Omar Hasan", "EGY", "person"), GILL)),
    ("another person", key(HASAN, GILL), key(("Omar Karim", "JOR", "person"), GILL)),
    ("one more party", key(HASAN, GILL), key(HASAN, GILL, ("Ida Berg", "NOR", "person"))),
    ("a call", key(HASAN, GILL), key(HASAN, GILL, kind="phone_call")),
]


@pytest.mark.parametrize(("what", "one", "other"), MERGED)
def test_merge(what: str, one: str, other: str) -> None:
    """One meeting told in two ways is one event."""
    assert one == other, what


@pytest.mark.parametrize(("what", "one", "other"), APART)
def test_do_not_merge(what: str, one: str, other: str) -> None:
    """Two meetings are two events."""
    assert one != other, what


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Gharibashvili", "Garibashvili"),
        ("Zelenskyy", "Zelensky"),
        ("Khodorovsky", "Hodorovski"),
        ("Mohammed", "Mohamed"),
        ("Aleksandrov", "Alexandrov"),
    ],
)
def test_spelling_variants(one: str, other: str) -> None:
    """Transliterations of one surname come out equal."""
    assert normalize_surname(one) == normalize_surname(other)


@pytest.mark.parametrize(("one", "other"), [("Hasan", "Hassoun"), ("Berg", "Borg"), ("Li", "Lee")])
def test_different_surnames(one: str, other: str) -> None:
    """Names that differ in more than their spelling stay apart."""
    assert normalize_surname(one) != normalize_surname(other)


def test_no_date_takes_the_article_day() -> None:
    """Reports of one day without a date of their own meet."""
    undated = event_id([HASAN, GILL], "meeting", None, None, article(day=5))
    assert undated == key(HASAN, GILL)


def meeting(number: int, status: str = "held", **columns: object) -> Meeting:
    """A report of the event e1 in the article of the same number."""
    values: dict[str, object] = {
        "meeting_id": f"m{number}",
        "article_id": f"a{number}",
        "event_id": "e1",
        "kind": "meeting",
        "status": status,
        "evidence_text": "x",
        "confidence": 0.5,
        "coder_version": "x",
        **columns,
    }
    return Meeting(**values)  # type: ignore[arg-type]


def test_event_of_several_reports() -> None:
    """Status moves on, the finest date and the first place are kept, sources are counted."""
    articles = {
        "a1": article(1, 3, "One"),
        "a2": article(2, 5, "Two"),
        "a3": article(3, 6, "Two"),
    }
    reports = [
        meeting(2, "held", date_start=DAY, date_precision="day", place="Oslo", place_country="NOR"),
        meeting(1, "planned", date_start=date(2020, 3, 1), date_precision="month"),
        meeting(3, "held", place="the palace"),
    ]
    (event,) = build_events(reports, articles)
    assert (event.status, event.date_start, event.place) == ("held", DAY, "Oslo")
    assert (event.articles, event.publishers) == (3, 2)
    assert event.first_reported_at == datetime(2020, 3, 3, tzinfo=UTC)


def test_called_off_later() -> None:
    """A planned meeting that a later report calls off is cancelled."""
    articles = {"a1": article(1, 3), "a2": article(2, 5)}
    (event,) = build_events([meeting(1, "planned"), meeting(2, "cancelled")], articles)
    assert event.status == "cancelled"


def test_order_does_not_matter() -> None:
    """Events depend on the reports, not on their order."""
    articles = {f"a{n}": article(n, n + 1) for n in range(1, 5)}
    reports = [meeting(n, "held" if n % 2 else "planned") for n in range(1, 5)]
    reports[3] = replace(reports[3], event_id="e0")
    assert build_events(reports, articles) == build_events(reversed(reports), articles)


def test_undated_article() -> None:
    """Reports without any date come last and do not fail."""
    undated = replace(article(2), published_at=None)
    articles = {"a1": article(1), "a2": undated}
    (event,) = build_events([meeting(2), meeting(1)], articles)
    assert event.first_reported_at == datetime(2020, 3, 5, tzinfo=UTC)
