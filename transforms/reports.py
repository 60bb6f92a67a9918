"""One article's report of one meeting, as the merging of events compares it.

A report has parties, a class of contact, a window of days in which the meeting can have taken
place, and a place. Everything here follows from one meeting's rows and its article alone.

Windows. A printed calendar date or a weekday means its days and no others ("sharp"). "Today", "last
night" and a dateline's day may be one day off, for time zones and papers that go to press late
("near"). What gives no day is placed by its article: what was held lies up to two days before
publication, or one after it by time zones ("near"); what is planned lies within the two weeks that
follow ("vague"). A month is the whole of it ("vague"); a year is compared with the same year alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Protocol

from .people import fold
from .records import Meeting, Participant
from .spelling import fold_word, name_words

CALL, IN_PERSON, MANY = "call", "meeting", "multilateral"
_CALLS = frozenset({"phone_call", "video_call"})
SHARP, NEAR, VAGUE, YEAR, NEVER = "sharp", "near", "vague", "year", "never"
# Days that a basis leaves open on both sides.
_SLACK = {"relative": 1, "dateline": 1, "published": 2}
# Days from the article's own on, where the text gives none, by status.
_UNDATED = {"held": (-2, 1), "ongoing": (-1, 1), "planned": (0, 14), "cancelled": (-3, 14)}
YEARS = range(1000, 9000)  # a date of another year is a slip of the source
LONGEST = 20  # days: with its slack, no window has days in more than two months
# Offices that several persons of one state hold at once: they do not tell who it was.
SHARED_OFFICES = frozenset(
    "deputy_head_of_government minister deputy_minister ambassador consul envoy spokesperson "
    "international_official legislator party_leader governor mayor royal military_officer "
    "security_official judge religious_leader rebel_leader executive adviser diplomat official "
    "expert other".split()
)
_ARTICLES = frozenset("the a an of".split())
_CACHED = 1 << 16
_WEEK = 7


class ReportingArticle(Protocol):
    """What of an article dates and names its reports; a records.Article has it."""

    @property
    def article_id(self) -> str: ...  # noqa: D102
    @property
    def page_id(self) -> str: ...  # noqa: D102
    @property
    def source_id(self) -> str: ...  # noqa: D102
    @property
    def publisher(self) -> str | None: ...  # noqa: D102
    @property
    def published_at(self) -> datetime | None: ...  # noqa: D102
    @property
    def dateline_date(self) -> date | None: ...  # noqa: D102
    @property
    def story_id(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True, order=True)
class Party:
    """Who took part. `name` is set for a named person alone.

    `office` is a role_code that one person of a state holds at a time; `body` the folded name of a
    body or group, or of the international body that a person acts for. "" where there is none.
    """

    kind: str  # records.PARTY_KINDS
    country: str = ""
    name: str = ""
    office: str = ""
    body: str = ""
    person_id: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """Days (as date.toordinal) on which it can have been, both ends included.

    `day` is the likeliest; `fit` is SHARP, NEAR, VAGUE, YEAR (of `first` only the year counts) or
    NEVER (no day is known at all).
    """

    first: int
    last: int
    day: int
    fit: str


_NO_WINDOW = Window(1, 1, 1, NEVER)


@dataclass(frozen=True, slots=True)
class Report:
    """A meeting's row and what its article adds; `parties` are sorted, each of them once.

    `own_id` is the event_id that it has alone. Reports that say the same of who, how, when and
    where have the same one; `place_key` is the place folded for comparison.
    """

    meeting_id: str
    article_id: str
    page_id: str
    publisher: str
    published_at: datetime | None
    kind: str
    status: str
    date_start: date | None
    date_end: date | None
    date_precision: str | None
    date_basis: str | None
    place: str | None
    place_country: str | None
    coder_version: str
    parties: tuple[Party, ...]
    window: Window
    contact: str
    countries: frozenset[str]
    place_key: str
    own_id: str


def report_of(
    meeting: Meeting, participants: Iterable[Participant], article: ReportingArticle
) -> Report:
    """The report that a meeting's rows make, whatever the order of its participants."""
    parties = tuple(sorted({_party_of(row) for row in participants}))
    window = window_of(meeting, article)
    countries = frozenset(party.country for party in parties if party.country)
    contact = _contact(meeting.kind, countries)
    place = " ".join(fold_word(word) for word in name_words(meeting.place or ""))
    said = [contact, str(window), place, meeting.place_country or "", *map(str, parties)]
    if window.fit == NEVER:
        said.append(article.story_id)
    return Report(
        meeting_id=meeting.meeting_id,
        article_id=article.article_id,
        page_id=article.page_id,
        publisher=article.publisher or article.source_id,
        published_at=article.published_at,
        kind=meeting.kind,
        status=meeting.status,
        date_start=meeting.date_start,
        date_end=meeting.date_end,
        date_precision=meeting.date_precision,
        date_basis=meeting.date_basis,
        place=meeting.place,
        place_country=meeting.place_country,
        coder_version=meeting.coder_version,
        parties=parties,
        window=window,
        contact=contact,
        countries=countries,
        place_key=place,
        own_id="e" + hashlib.sha256("\n".join(said).encode()).hexdigest()[:20],
    )


def _contact(kind: str, countries: frozenset[str]) -> str:
    """call, meeting, or multilateral: a session of three countries or more."""
    if kind in _CALLS:
        return CALL
    return MANY if kind == MANY or len(countries) > 2 else IN_PERSON


# --- when ---------------------------------------------------------------------------------------


def window_of(meeting: Meeting, article: ReportingArticle) -> Window:
    """The days on which a reported meeting can have been; see the head of this module."""
    start = meeting.date_start
    if start is None:
        return _undated_window(meeting.status, article)
    if start.year not in YEARS:
        return _NO_WINDOW
    if meeting.date_precision == "year":
        day = start.replace(month=1, day=1).toordinal()
        return Window(day, day, day, YEAR)
    first = start.toordinal()
    if meeting.date_precision == "month":
        first = start.replace(day=1).toordinal()
        return Window(first, first + 31 - _overrun(start), first, VAGUE)
    end = max(meeting.date_end or start, start).toordinal()
    slack = _SLACK.get(meeting.date_basis or "", 0)
    last = min(end, first + LONGEST)
    return Window(first - slack, last + slack, first, NEAR if slack else SHARP)


def _overrun(start: date) -> int:
    """How many days 31 days from the first of a month run past its last, counted from 1."""
    next_month = date(start.year + start.month // 12, start.month % 12 + 1, 1)
    return 32 - (next_month - start.replace(day=1)).days


def _undated_window(status: str, article: ReportingArticle) -> Window:
    day = _day_of(article)
    if day is None:
        return _NO_WINDOW
    before, after = _UNDATED[status]
    return Window(day + before, day + after, day, VAGUE if after > 1 else NEAR)


def _day_of(article: ReportingArticle) -> int | None:
    """The day of the dateline, or of publication where the two lie more than a week apart."""
    dateline = article.dateline_date.toordinal() if article.dateline_date else None
    published = article.published_at.toordinal() if article.published_at else None
    if dateline is None or published is None:
        day = dateline or published
    else:
        day = dateline if abs(dateline - published) <= _WEEK else published
    return day if day and date.fromordinal(day).year in YEARS else None


# --- who ----------------------------------------------------------------------------------------


def _party_of(row: Participant) -> Party:
    party = _party(row.kind, row.name, row.role, row.role_code, row.organization, row.country)
    return replace(party, person_id=row.person_id) if row.person_id else party


@lru_cache(maxsize=_CACHED)
def _party(
    kind: str,
    name: str,
    role: str | None,
    role_code: str | None,
    organization: str | None,
    country: str | None,
) -> Party:
    if kind == "country":
        return Party(kind, country or "", body="" if country else _fold_body(name))
    if kind != "person":
        return Party(kind, country or "", body=_fold_body(name))
    office = role_code if role_code and role_code not in SHARED_OFFICES else ""
    body = _fold_body(organization or "") if country in (None, "INT") else ""
    if is_office(name, role):
        return Party(kind, country or "", "", office, body)
    return Party(kind, country or "", " ".join(name_words(name)), office, body)


def is_office(name: str, role: str | None) -> bool:
    """Whether a person's name is no name but the office ("the foreign minister of Iraq")."""
    words = fold(name).split()
    if role and fold(role) in " ".join(words):
        return True
    return (
        not words or words[0] in _ARTICLES or not any(word[:1].isupper() for word in name.split())
    )


def _fold_body(name: str) -> str:
    words = fold(name).replace("-", " ").replace(".", "").split()
    return " ".join(word for word in words if word not in _ARTICLES)
