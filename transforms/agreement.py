"""Whether two reports can tell of one meeting, and how well they agree.

Rules, each of them needed:

- **Contact**: a call, a meeting in person (a visit included) and a multilateral are three things.
- **Days**: the windows share a day. Two reports that only their articles or a "today" date must lie
  within two days of each other, two vague ones within a week.
- **Parties**: at least two are matched one to one. A match is of level 3 (one named person in two
  spellings, or one person_id), 2 (an office that one person of a state holds, or one body) or 1 (a
  country or delegation beside anybody of that country). No country may have named persons in both
  reports with none in common, and neither report may add a country; only a multilateral may be told
  by some of those who took part, at least half of the shorter list. Matches of level 1 join no
  vague report.
- **Place**: not in two countries, and not in two cities, but a city and a house in it are told by
  the same sharp day in the same country.
- **Status**: a cancelled and a held meeting are one only on one and the same sharp day.

What speaks against it is a conflict: no event may hold both. Where nothing does, but too little
speaks for it, a third report may still join them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .reports import LONGEST, MANY, NEAR, NEVER, SHARP, VAGUE, YEAR, Party, Report, Window
from .spelling import same_name, same_word

_DAYS_APART = {NEAR: 2, VAGUE: 7}  # at most, between two reports that are both no more exact


class Agreement(NamedTuple):
    """How well two reports agree; the better, the greater."""

    parties: int  # the two best levels, added
    same_day: bool  # both fix one and the same day
    same_place: bool
    closeness: int  # minus the days between the likeliest days


CONFLICT = Agreement(-1, False, False, 0)
UNCONNECTED = Agreement(0, False, False, 0)


def agreement(one: Report, other: Report) -> Agreement:
    """How well two reports agree that they tell of one meeting; symmetric.

    CONFLICT where they can't be one, UNCONNECTED where they could but too little says so.
    """
    a, b = one.window, other.window
    if one.contact != other.contact or a.first > b.last or b.first > a.last:
        return CONFLICT
    if not _states_agree(one, other) or not _places_agree(one, other):
        return CONFLICT
    pairs = _match(one.parties, other.parties)
    if _disagree(one, other, pairs):
        return CONFLICT
    levels = sorted((level for level, _, _ in pairs), reverse=True)
    weakest = 2 if {a.fit, b.fit} & {VAGUE, YEAR} else 1
    if len(levels) < 2 or levels[1] < weakest or not _near_enough(a, b):
        return UNCONNECTED
    if one.contact == MANY and 2 * len(pairs) < min(len(one.parties), len(other.parties)):
        return UNCONNECTED
    return Agreement(
        levels[0] + levels[1],
        _same_day(a, b),
        bool(one.place_key) and one.place_key == other.place_key,
        -abs(a.day - b.day),
    )


# --- when and where -----------------------------------------------------------------------------


def _near_enough(a: Window, b: Window) -> bool:
    if NEVER in (a.fit, b.fit) or (a.fit == YEAR) != (b.fit == YEAR):
        return False
    return a.fit != b.fit or abs(a.day - b.day) <= _DAYS_APART.get(a.fit, LONGEST)


def _same_day(a: Window, b: Window) -> bool:
    return a.fit == SHARP and b.fit == SHARP and a.day == b.day


def _states_agree(one: Report, other: Report) -> bool:
    if {one.status, other.status} != {"cancelled", "held"}:
        return True
    return _same_day(one.window, other.window)


def _places_agree(one: Report, other: Report) -> bool:
    if one.place_country and other.place_country and one.place_country != other.place_country:
        return False
    if not one.place_key or not other.place_key or one.place_key == other.place_key:
        return True
    if one.place_country and other.place_country and _same_day(one.window, other.window):
        return True  # a city and a house in it
    shorter, longer = sorted((one.place_key.split(), other.place_key.split()), key=len)
    return all(any(same_word(word, against) for against in longer) for word in shorter)


# --- who ----------------------------------------------------------------------------------------


def _match(ours: Sequence[Party], theirs: Sequence[Party]) -> list[tuple[int, int, int]]:
    """Level and the two indices of each matched pair; the best levels are given out first."""
    candidates = [
        (-level, i, j)
        for i, a in enumerate(ours)
        for j, b in enumerate(theirs)
        if (level := party_level(a, b))
    ]
    candidates.sort()
    left: set[int] = set()
    right: set[int] = set()
    pairs = []
    for minus, i, j in candidates:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((-minus, i, j))
    return pairs


def party_level(a: Party, b: Party) -> int:
    """How surely two parties are one: 3, 2, 1, or 0 where they are not."""
    if a.country != b.country and a.country and b.country:
        return 0
    if a.kind == "person" and b.kind == "person":
        return _person_level(a, b)
    if a.kind != "person" and b.kind != "person" and a.body and b.body:
        if a.body == b.body:
            return 2
        return 1 if "group" in (a.kind, b.kind) and a.country and a.country == b.country else 0
    if a.body and b.body:  # a body, and a person who acts for one
        return 2 if a.body == b.body else 0
    if _bare_name(a, b) or _bare_name(b, a):
        return 3 if same_name(a.name or a.body, b.name or b.body) else 0
    return 1 if a.country and a.country == b.country else 0


def _bare_name(body: Party, person: Party) -> bool:
    """A bare name of no country ('Tom Carver'), which may be a body's, beside a person."""
    bare = body.kind == "organization" and not body.country and " " in body.body
    return bare and bool(person.name)


def _person_level(a: Party, b: Party) -> int:
    if a.person_id and b.person_id:
        return 3 if a.person_id == b.person_id else 0
    if a.name and b.name:
        return 3 if same_name(a.name, b.name) else 0
    if not a.country or a.country != b.country:
        return 0
    if a.office and b.office:
        return 2 if a.office == b.office and _bodies_agree(a, b) else 0
    return 1


def _bodies_agree(a: Party, b: Party) -> bool:
    return a.country != "INT" or not a.body or not b.body or a.body == b.body


def _disagree(one: Report, other: Report, pairs: Sequence[tuple[int, int, int]]) -> bool:
    """Whether a country that both name is represented by others in each, or one is added."""
    ours, theirs = one.parties, other.parties
    found = {ours[i].country for _, i, _ in pairs} | {theirs[j].country for _, _, j in pairs}
    if (one.countries & other.countries) - found:
        return True
    if one.contact != MANY and (one.countries | other.countries) - found:
        return True
    surely = {ours[i].country or theirs[j].country for level, i, j in pairs if level > 1}
    return any(
        _names_somebody(ours, country) and _names_somebody(theirs, country)
        for country in (one.countries & other.countries) - surely
    )


def _names_somebody(parties: Sequence[Party], country: str) -> bool:
    return any(party.country == country and party.name for party in parties)
