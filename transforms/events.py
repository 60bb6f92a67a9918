"""Events over outlets: reports of one real meeting, in any article, share an event_id.

First version: the id is a hash of who met (folded surnames with countries, or bodies), what kind of
contact it was, and when. So it needs no other article, is the same in any order, and does not
change as articles come in. Spelling variants are folded lightly (Gharibashvili/Garibashvili).

Known limits: a report that gives no day takes the article's day; two reports that date one meeting
differently stay two events; a report that leaves out a party is another event.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from .people import fold
from .records import Article, Event, Meeting

# A name, a country and a kind of records.PARTY_KINDS.
Who = tuple[str, str | None, str]

_CALLS = {"phone_call": "call", "video_call": "call"}
_RANKS = {"planned": 0, "cancelled": 1, "ongoing": 2, "held": 3}
_WIDTHS = {"day": 10, "month": 7, "year": 4}
# Transliterations of one sound, longest first; applied to the folded surname.
_VARIANTS = (
    ("shch", "sc"), ("sch", "s"), ("tch", "c"), ("dzh", "j"), ("dj", "j"), ("kh", "h"),
    ("gh", "g"), ("zh", "z"), ("sh", "s"), ("ch", "c"), ("th", "t"), ("ph", "f"), ("ck", "k"),
    ("iy", "i"), ("yi", "i"), ("ij", "i"), ("ii", "i"), ("ou", "u"), ("oo", "u"), ("w", "v"),
    ("x", "ks"), ("q", "k"), ("y", "i"), ("'", ""), ("’", ""), ("-", ""),
)  # fmt: skip


def event_id(
    participants: Sequence[Who],
    kind: str,
    date_start: date | None,
    date_precision: str | None,
    article: Article,
) -> str:
    """Stable key of the real meeting that a report tells of: "e" and 20 hex digits.

    Without a date in the text the article's own day stands in, so that reports of one day meet.
    """
    parties = sorted({_party_key(*who) for who in participants})
    when = _when(date_start, date_precision, article)
    parts = [_CALLS.get(kind, "meeting"), when, *parties]
    return "e" + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:20]


def normalize_surname(name: str) -> str:
    """The last word of a name, folded so that transliterations of one name come out equal."""
    words = fold(name).replace(".", "").split()
    surname = words[-1] if words else ""
    for variant, plain in _VARIANTS:
        surname = surname.replace(variant, plain)
    letters: list[str] = []
    for letter in surname:
        if not letters or letters[-1] != letter:
            letters.append(letter)  # doubled letters come and go between spellings
    return "".join(letters)


def _party_key(name: str, country: str | None, kind: str) -> str:
    if kind == "person":
        return f"{normalize_surname(name)}|{country or ''}"
    if kind == "country":
        return f"country|{country or fold(name)}"
    words = [w for w in fold(name).split() if w not in ("the", "a", "of", "an")]
    return f"{' '.join(words)}|{country or ''}"


def _when(start: date | None, precision: str | None, article: Article) -> str:
    if start is not None:
        return start.isoformat()[: _WIDTHS.get(precision or "day", 10)]
    if article.dateline_date is not None:
        return article.dateline_date.isoformat()
    if article.published_at is not None:
        return article.published_at.date().isoformat()
    return f"undated {article.story_id}"


def build_events(meetings: Iterable[Meeting], articles: Mapping[str, Article]) -> list[Event]:
    """One row for each event_id, sorted by it. `articles` maps article_id to its row.

    Raises KeyError where a meeting's article is missing.
    """
    reports: dict[str, list[tuple[Meeting, Article]]] = defaultdict(list)
    for meeting in meetings:
        reports[meeting.event_id].append((meeting, articles[meeting.article_id]))
    return [_event(key, reports[key]) for key in sorted(reports)]


def _event(key: str, reports: list[tuple[Meeting, Article]]) -> Event:
    reports.sort(key=_order)
    rows = [meeting for meeting, _ in reports]
    dated = [m for m in rows if m.date_start is not None]
    dated.sort(key=lambda m: -_WIDTHS.get(m.date_precision or "day", 10))
    placed = next((m for m in rows if m.place), None)
    published = [a.published_at for _, a in reports if a.published_at is not None]
    publishers = {a.publisher or a.source_id for _, a in reports}
    return Event(
        event_id=key,
        kind=rows[0].kind,
        status=_latest_status(reports),
        date_start=dated[0].date_start if dated else None,
        date_end=dated[0].date_end if dated else None,
        place=placed.place if placed else None,
        place_country=next((m.place_country for m in rows if m.place_country), None),
        first_reported_at=min(published, default=None),
        articles=len({a.article_id for _, a in reports}),
        publishers=len(publishers),
        coder_version=rows[0].coder_version,
    )


def _order(report: tuple[Meeting, Article]) -> tuple[bool, datetime | None, str]:
    meeting, article = report
    known = article.published_at
    return known is None, known or datetime.min, meeting.meeting_id


def _latest_status(reports: list[tuple[Meeting, Article]]) -> str:
    """The status of the latest report; within one instant the one farthest on."""
    latest = max(reports, key=lambda r: (_moment(r[1]), _RANKS[r[0].status]))
    held = any(m.status == "held" for m, _ in reports)
    return "held" if held else latest[0].status  # what was held stays held


def _moment(article: Article) -> float:
    if article.published_at is None:
        return float("-inf")
    return article.published_at.timestamp()
