"""Office holders by date: who the person of an article is, by a table that the user gives.

`person_id` is set, and office and country are filled in where the text leaves them out, only where
exactly one person of the table is left:

- **A name** (`same_name`; a surname alone needs the country or the office as well) of the text's
  country, whose offices do not contradict the one in the text. Of several bearers those count that
  were in office on the day; where nobody was, a full name that only one person bears still gives
  `person_id`, and nothing else.
- **An office with no name** ("the Georgian foreign minister"), of a country and a kind that one
  person holds at a time, by its one holder on the day. The name stays as printed.

A bare name that could as well be a body's is a person's if the table has it word for word.

The day is the meeting's, or the statement's, else the article's. A month or a year counts as all
its days: where the office changed hands within it, two are left, and nothing is said. What the text
says is never changed; `role_basis` tells what was filled in.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from .office_holder_table import Holding
from .people import fold
from .records import Article, Meeting, Participant, Statement
from .reports import SHARED_OFFICES, is_office
from .spelling import name_words, same_name, surname_skeleton

BASIS = "office_holders"
# Codes that say too little to contradict another.
_UNSPECIFIC = frozenset({"official", "other", "diplomat", "adviser"})
# Words that tell that it is not, or perhaps not, today's holder.
_OTHER_TIMES = frozenset(
    "former ex late then previous next future elect designate ousted outgoing incoming acting "
    "predecessor successor deputy vice shadow would-be self-proclaimed".split()
)
Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class _Known:
    """What the text says of a person."""

    name: str
    mention: str
    role: str | None
    role_code: str | None
    country: str | None


@dataclass(frozen=True, slots=True)
class _Filled:
    """What the table adds; None where it adds nothing."""

    person_id: str
    role: str | None = None
    role_code: str | None = None
    country: str | None = None


class OfficeHolders:
    """A table of holdings, compiled for look-up by name and by office."""

    def __init__(self, holdings: Iterable[Holding]) -> None:  # noqa: D107
        self._by_name: dict[str, list[Holding]] = defaultdict(list)
        self._by_office: dict[tuple[str, str], list[Holding]] = defaultdict(list)
        self._codes: dict[str, set[str]] = defaultdict(set)
        for holding in holdings:
            for key in {key for name in holding.names for key in _outer(name)}:
                self._by_name[key].append(holding)
            if holding.role_code:
                self._codes[holding.person_id].add(holding.role_code)
                self._by_office[holding.country, holding.role_code].append(holding)

    def participant(self, row: Participant, meeting: Meeting, article: Article) -> Participant:
        """A party with what the table adds to it; the same row where it adds nothing."""
        if row.kind != "person" and not self._may_be_a_person(row):
            return row
        known = _Known(row.name, row.mention, row.role, row.role_code, row.country)
        found = self._resolve(known, _days_of(meeting, article))
        if found is None:
            return row
        return replace(
            row,
            kind="person",
            organization=None if row.organization == row.name else row.organization,
            person_id=found.person_id,
            role=row.role or found.role,
            role_code=row.role_code or found.role_code,
            country=row.country or found.country,
            role_basis=BASIS if found.role or found.role_code or found.country else None,
        )

    def statement(self, row: Statement, article: Article) -> Statement:
        """A statement with what the table adds to its speaker."""
        if row.speaker_kind != "person" or row.speaker_name is None:
            return row
        known = _Known(
            row.speaker_name,
            row.speaker_mention or "",
            row.speaker_role,
            row.speaker_role_code,
            row.speaker_country,
        )
        day = row.said_on or _article_day(article)
        found = self._resolve(known, (day, day) if day else None)
        if found is None:
            return row
        return replace(
            row,
            person_id=found.person_id,
            speaker_role=row.speaker_role or found.role,
            speaker_role_code=row.speaker_role_code or found.role_code,
            speaker_country=row.speaker_country or found.country,
            role_basis=BASIS if found.role or found.role_code or found.country else None,
        )

    def _may_be_a_person(self, row: Participant) -> bool:
        """A bare name, taken for a body's, that the table has word for word as a person's."""
        if row.kind != "organization" or row.role or row.organization != row.name:
            return False
        words = name_words(row.name)
        bearers = self._by_name.get(surname_skeleton(row.name), ())
        names = {name_words(name) for holding in bearers for name in holding.names}
        return len(words) > 1 and words in names

    # --- one person left, or nobody -------------------------------------------------------------

    def _resolve(self, known: _Known, days: Days | None) -> _Filled | None:
        if is_office(known.name, known.role):
            return self._holder(known, days)
        bearers = self._bearers(known)
        now = [holding for holding in bearers if days and _in_office(holding, days)]
        if not now:
            everyone = {holding.person_id for holding in bearers}
            full = len(name_words(known.name)) > 1
            return _Filled(everyone.pop()) if len(everyone) == 1 and full else None
        if len({holding.person_id for holding in now}) > 1:
            return None
        return _filled(known, now)

    def _bearers(self, known: _Known) -> list[Holding]:
        """Holdings of everybody whom the name can mean and the text does not contradict."""
        if len(name_words(known.name)) < 2 and not (known.country or known.role_code):
            return []
        found = []
        for holding in self._by_name.get(surname_skeleton(known.name), ()):
            if known.country and holding.country != known.country:
                continue
            codes = self._codes[holding.person_id]
            code = known.role_code
            if code and code not in _UNSPECIFIC and codes and code not in codes:
                continue
            surname_alone = len(name_words(known.name)) < 2 and not code
            if any(
                same_name(known.name, name)
                and not (surname_alone and surname_skeleton(name) != surname_skeleton(known.name))
                for name in holding.names
            ):
                found.append(holding)
        return found

    def _holder(self, known: _Known, days: Days | None) -> _Filled | None:
        """The one holder of an office that is all that the text gives."""
        if not days or not known.country or known.country == "INT" or not known.role_code:
            return None
        words = fold(f"{known.name} {known.mention} {known.role or ''}").replace("-", " ").split()
        if known.role_code in SHARED_OFFICES or not _OTHER_TIMES.isdisjoint(words):
            return None
        holdings = self._by_office.get((known.country, known.role_code), ())
        persons = {holding.person_id for holding in holdings if _in_office(holding, days)}
        return _Filled(persons.pop()) if len(persons) == 1 else None


def _outer(name: str) -> set[str]:
    """Look-up keys of a name: its last word, and its first, which may be the family's."""
    return {surname_skeleton(word) for word in (name, *name_words(name)[:1])}


def _filled(known: _Known, now: Sequence[Holding]) -> _Filled:
    """What is left out and the one person's holdings agree on."""
    role = code = country = None
    offices = {(holding.role, holding.role_code) for holding in now}
    if known.role is None and known.role_code is None and len(offices) == 1:
        ((role, code),) = offices
    countries = {holding.country for holding in now}
    if known.country is None and len(countries) == 1:
        (country,) = countries
    return _Filled(now[0].person_id, role, code, country)


def _in_office(holding: Holding, days: Days) -> bool:
    """On any of the days."""
    first, last = days
    begun = holding.start is None or holding.start <= last
    return begun and (holding.end is None or holding.end >= first)


def _days_of(meeting: Meeting, article: Article) -> Days | None:
    start = meeting.date_start
    if start is None:
        day = _article_day(article)
        return (day, day) if day else None
    if meeting.date_precision == "year":
        return start.replace(month=1, day=1), start.replace(month=12, day=31)
    if meeting.date_precision == "month":
        return start.replace(day=1), start.replace(day=monthrange(start.year, start.month)[1])
    return start, max(meeting.date_end or start, start)


def _article_day(article: Article) -> date | None:
    if article.dateline_date:
        return article.dateline_date
    return article.published_at.date() if article.published_at else None
