"""How wires open an article: a date mark, the dateline, the agency's name.

Shapes are rows of seeds/datelines.csv: a pattern of placeholders, what it `needs` as evidence, and
an example. A shape alone proves little ("London, a city …" has the form of one), so a row says what
must be known besides: the city, the agency, the region, or that the place stands in capitals.

The dateline stays in the article's text; `body_start` says where the body behind it begins.
Patterns run on google-re2 over the head of the text only.

Known ugliness: two agencies sign "CNA" and two "APA"; the name that the seeds give first wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Protocol

import re2  # type: ignore[import-untyped]

from .cleaning import MONTHS, normalize_day

_HEAD = 400  # characters of a paragraph in which a dateline may stand
_LABEL = 120  # characters of a byline or label that may stand before the dateline
_PARAGRAPHS_TRIED = 3
_AHEAD = timedelta(days=3)  # a dateline's day may be so far after publication: zones, embargoes

_DATE_MARK = re.compile(r"\s*date:?\s+(\d{4}-\d\d-\d\d)[ \t]*(?:\r?\n|$)", re.IGNORECASE)
_AGENCIES = re.compile(r"\s*(?:[,;|/]|\band\b)\s*")

_WORD = r"\p{Lu}[\p{L}\p{M}.’'`]*"
_PARTICLES = "de|da|do|del|di|la|le|el|al|an|am|of|the|and|upon|sur"
_MONTH = "(?i:" + "|".join(f"{month[:3]}[a-z]*" for month in MONTHS) + r")\.?"
_WEEKDAY = r"(?:(?i:mon|tues|wednes|thurs|fri|satur|sun)day,? )?"
_DATE = (
    rf"{_WEEKDAY}(?:(?P<month>{_MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>\d{{4}}))?"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)? (?P<month2>{_MONTH})(?:,? (?P<year2>\d{{4}}))?"
    r"|(?P<day3>\d{1,2})\.(?P<month3>\d{1,2})\.(?P<year3>\d{4}|\d{2}))"
)
_PLACEHOLDERS = {
    "{WHERE}": rf"(?P<place>{_WORD}(?:(?:[ /-]|,? and )(?:{_WORD}|{_PARTICLES})){{0,6}})"
    rf"(?: ?[,\[] ?(?P<region>{_WORD}(?: (?:of )?{_WORD}){{0,3}})\]?)?",
    "{DATE}": _DATE,
    "{AGENCY}": r"(?P<agency>[\p{L}\d][^()\[\]\n:]{1,60}?)",
    "{BYLINE}": rf"(?:(?i:by) )?{_WORD}(?: {_WORD}){{0,3}}",
    "{DASH}": r"\s*[-–—―]{1,3}\s+",
    "{STOP}": "[.,:]?",
    "{END}": r"(?:\s*[.:/]?\s*[-–—―]{1,3}|\s*[.:/])?\s+",
    "{WORD}": r"(?P<rest>\p{Lu}[\p{L}’'-]*\p{Ll}|(?:\p{Lu}\.){2}|[\"“\d]|A )",
    " ": r"\s+",
    "¶": r"\n+",
}
_PIECE = re.compile(r"\{[A-Z]+\}|[ ¶]")

Rows = Sequence[Mapping[str, str]]


class Gazetteer(Protocol):
    """What datelines are read against; a Lexicon is one. All keys are in lower case."""

    @property
    def places(self) -> Mapping[str, str]:
        """City to country, ISO 3166-1 alpha-3."""

    @property
    def countries(self) -> Mapping[str, str]:
        """Name to country, ISO 3166-1 alpha-3."""

    @property
    def agencies(self) -> Mapping[str, str]:
        """Alias to the agency's name."""

    @property
    def tables(self) -> Mapping[str, Rows]:
        """Seed rows by table; "datelines" is read here."""


@dataclass(frozen=True, slots=True)
class Dateline:
    """Code points [start, end) of a dateline with its agency, and what they say."""

    start: int
    end: int
    place: str | None
    country: str | None
    day: date | None
    agency: str | None


@dataclass(frozen=True, slots=True)
class _Shape:
    pattern: re2._Regexp
    needs: tuple[frozenset[str], ...]


def parse_date_mark(source: str) -> tuple[datetime | None, str]:
    """Split a leading line "date YYYY-MM-DD" off a text: (that day as UTC midnight, the rest).

    Without such a line, or with a day that does not exist, the text is returned as it is.
    """
    match = _DATE_MARK.match(source)
    if match is None:
        return None, source
    try:
        return normalize_day(date.fromisoformat(match[1])), source[match.end() :]
    except ValueError:
        return None, source


def body_start(text: str, gazetteer: Gazetteer) -> int:
    """Code point at which the body behind dateline and agency line begins; 0 without a dateline."""
    dateline = find_dateline(text, gazetteer)
    return dateline.end if dateline else 0


def find_dateline(
    text: str, gazetteer: Gazetteer, published: datetime | None = None
) -> Dateline | None:
    """The dateline at the head of an article, or None.

    It may stand behind up to two short paragraphs (bylines, labels) if it names a day or an agency.
    A day with no year gets the year that puts it nearest before `published`; without that it is
    None. Offsets never depend on `published`.
    """
    shapes, regions = _compiled(tuple(map(_row_key, gazetteer.tables["datelines"])))
    for start in _paragraph_starts(text):
        head = text[start : start + _HEAD]
        for shape in shapes:
            match = shape.pattern.match(head)
            if match is None:
                continue
            reading = _Reading(match.groupdict(), gazetteer, regions)
            if reading.agrees(shape.needs) and (start == 0 or reading.is_sure):
                return reading.dateline(start, _end(match), published)
    return None


def _end(match: re2._Match) -> int:
    """The end of a match without the body's first word, which {WORD} looks ahead to."""
    return int(match.end()) - len(match.groupdict().get("rest") or "")


def _paragraph_starts(text: str) -> Iterator[int]:
    start = 0
    for _ in range(_PARAGRAPHS_TRIED):
        yield start
        end = text.find("\n\n", start, start + _LABEL)
        if end < 0:
            return
        start = end + 2


def _row_key(row: Mapping[str, str]) -> tuple[str, str, str, str]:
    return row["kind"], row["pattern"], row["needs"], row["code"]


@lru_cache(maxsize=8)
def _compiled(
    rows: tuple[tuple[str, str, str, str], ...],
) -> tuple[tuple[_Shape, ...], Mapping[str, str]]:
    """Shapes in their order, and regions (in lower case) to countries."""
    shapes = tuple(
        _Shape(_compiled_pattern(pattern), tuple(frozenset(n.split()) for n in needs.split("|")))
        for kind, pattern, needs, _ in rows
        if kind == "shape"
    )
    return shapes, {row[1].lower(): row[3] for row in rows if row[0] == "region"}


def _compiled_pattern(pattern: str) -> re2._Regexp:
    parts, at = [], 0
    for piece in _PIECE.finditer(pattern):
        parts += [re2.escape(pattern[at : piece.start()]), _PLACEHOLDERS[piece.group()]]
        at = piece.end()
    return re2.compile("".join([*parts, re2.escape(pattern[at:])]))


class _Reading:
    """What the parts of one match turn out to be."""

    def __init__(
        self, parts: Mapping[str, str | None], gazetteer: Gazetteer, regions: Mapping[str, str]
    ) -> None:
        self.parts = parts
        self.place = _first_place(parts.get("place"))
        self.city = gazetteer.places.get((self.place or "").lower())
        self.country = gazetteer.countries.get((self.place or "").lower())
        region = (parts.get("region") or "").lower()
        self.region = regions.get(region)
        self.state = gazetteer.countries.get(region)
        self.printed = parts.get("agency")
        self.agency = _agency(self.printed, gazetteer)
        self.is_other = _is_place(self.printed, gazetteer, regions)

    @property
    def is_sure(self) -> bool:
        return bool(self.agency or self.parts.get("month") or self.parts.get("month2"))

    def agrees(self, needs: tuple[frozenset[str], ...]) -> bool:
        """Whether one alternative of a row's needs is met; a place in the agency's room never."""
        place = self.parts.get("place") or ""
        known = {
            "agency": bool(self.agency),
            "city": self.city is not None,
            "place": bool(self.city or self.country),
            "region": bool(self.region or self.state),
            "caps": place.isupper() and len(place) > 3 and place.count(" ") < 4,
        }
        met = {name for name, holds in known.items() if holds}
        return not (self.is_other and not self.agency) and any(need <= met for need in needs)

    def dateline(self, start: int, end: int, published: datetime | None) -> Dateline:
        """The dateline at code points [start, start + end) of the text."""
        both = self.region and self.state  # "Georgia"
        country = self.city if both else None
        country = country or self.state or self.region or self.city or self.country
        printed = self.printed if self.printed and _is_name(self.printed) else None
        day = _day(self.parts, published)
        return Dateline(start, start + end, self.place, country, day, self.agency or printed)


def _first_place(printed: str | None) -> str | None:
    """The first of several places: "BERLIN/PARIS", "BRUSSELS and PARIS"."""
    return printed.split("/")[0].split(" and ")[0].strip(" .,") if printed else None


def _agency(printed: str | None, gazetteer: Gazetteer) -> str | None:
    """The known agencies that are named, "; " between them."""
    names = [name for name in _AGENCIES.split(printed or "") if name]
    whole = gazetteer.agencies.get((printed or "").lower().strip(" ./"))
    known = (gazetteer.agencies.get(name.lower().strip(" ./")) for name in names)
    return whole or "; ".join(dict.fromkeys(filter(None, known))) or None


def _is_place(printed: str | None, gazetteer: Gazetteer, regions: Mapping[str, str]) -> bool:
    name = (printed or "").lower()
    return any(name in names for names in (gazetteer.countries, gazetteer.places, regions))


def _is_name(printed: str) -> bool:
    """Whether an unknown agency's words can be a name: a call sign, or capitalised words."""
    words = printed.split()
    return len(words) <= 4 and all(word[0].isupper() for word in words)


def _day(parts: Mapping[str, str | None], published: datetime | None) -> date | None:
    printed = [
        (parts.get(f"day{n}"), parts.get(f"month{n}"), parts.get(f"year{n}"))
        for n in ("", "2", "3")
    ]
    found = next((each for each in printed if each[0]), None)
    if found is None or not found[0] or not found[1]:
        return None
    month = int(found[1]) if found[1].isdecimal() else _month(found[1])
    if found[2]:
        year = int(found[2])
        return _date(year + 2000 if year < 100 else year, month, int(found[0]))
    if published is None:
        return None
    latest = (published + _AHEAD).date()
    days = (_date(latest.year - back, month, int(found[0])) for back in range(5))
    return next((day for day in days if day and day <= latest), None)


def _month(printed: str) -> int:
    return next(n for n, name in enumerate(MONTHS, 1) if name[:3] == printed[:3].lower())


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
