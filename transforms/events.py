"""Events over outlets: reports of one real meeting, in any article, share an event_id.

1. Reports that say the same (`Report.own_id`) are one group.
2. Groups that agree (`agreement`) are linked; only those that share a look-up key, which is two
   parties of one contact, and a day are compared.
3. Linked groups form neighbourhoods. Within one, groups join events from the firmest to the
   vaguest: each goes to the event that it agrees with best, if it conflicts with none of the
   reports there. Where two events fit equally well, or a vague report finds more than one, it stays
   an event of its own: nothing is guessed.
4. The event's id is the `own_id` of its earliest published group, so later articles join it without
   changing it.

Everything in a neighbourhood follows from the set of its reports, never from their order, so new
reports change only the neighbourhoods that they belong to, and the outcome is that of making all
anew.

Known limits: two reports are compared only if two of their parties share country and country, or
surname and surname (by consonants); of a list of more than ten parties the first ten count for
that. Reports that leave no country and misspell a first letter stay apart.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from .agreement import CONFLICT, UNCONNECTED, Agreement, agreement
from .records import Event
from .reports import NEAR, NEVER, SHARP, VAGUE, YEAR, Party, Report
from .spelling import surname_skeleton

_FIRMNESS = {SHARP: 0, NEAR: 1, VAGUE: 2, YEAR: 3, NEVER: 4}
_BASES = {"explicit": 0, "weekday": 1, "relative": 2, "dateline": 3, "published": 4}
_WIDTHS = {"day": 0, "month": 1, "year": 2}
_NARROW = 4  # days of a window that is looked up among the narrow ones
_WIDE = 40  # days of the widest window
_LISTED = 10  # parties whose pairs are looked up
_LAST = datetime.max.replace(tzinfo=UTC)
_FIRST = datetime.min.replace(tzinfo=UTC)


@dataclass(slots=True)
class _Group:
    """Reports that say the same."""

    report: Report  # any of them: all are compared alike
    reports: list[Report]
    published_at: datetime = _LAST
    articles: set[str] = field(default_factory=set)

    def rank(self) -> tuple[int, int, datetime, str]:
        """Place in the order in which groups join events: the firmest and best named first."""
        named = sum(bool(party.name) for party in self.report.parties)
        fit = _FIRMNESS[self.report.window.fit]
        return fit, -min(named, 2), self.published_at, self.report.own_id


def merge_reports(reports: Iterable[Report]) -> list[list[Report]]:
    """The reports of each event, in no particular order.

    `reports` must hold whole neighbourhoods (see `neighbourhood`).
    """
    graph = _Graph(_groups(reports))
    return [
        [report for number in event for report in graph.groups[number].reports]
        for members in graph.neighbourhoods()
        for event in _events_within(graph, members)
    ]


def neighbourhood(pool: Iterable[Report], seeds: Collection[str]) -> list[Report]:
    """All reports of the pool in the neighbourhoods of those with these meeting_ids.

    Complete if the pool holds every report whose window shares a day with one that is returned.
    """
    graph = _Graph(_groups(pool))
    start = [
        number
        for number, group in enumerate(graph.groups)
        if any(report.meeting_id in seeds for report in group.reports)
    ]
    found = graph.reachable(start)
    return [report for number in found for report in graph.groups[number].reports]


def _groups(reports: Iterable[Report]) -> list[_Group]:
    groups: dict[str, _Group] = {}
    for report in reports:
        group = groups.setdefault(report.own_id, _Group(report, []))
        group.reports.append(report)
        group.articles.add(report.article_id)
        if report.published_at is not None:
            group.published_at = min(group.published_at, report.published_at)
    return list(groups.values())


# --- who is compared with whom ------------------------------------------------------------------

Key = tuple[str, str, str]


def _keys(report: Report) -> set[Key]:
    """Look-up keys: the contact with each two parties, by their countries and by their names."""
    parties = [(party.country, _identity(party)) for party in report.parties[:_LISTED]]
    keys = set()
    for number, (country, identity) in enumerate(parties):
        for other_country, other_identity in parties[:number]:
            pairs = [(country, other_country), (identity, other_identity)]
            if not identity or not other_country:
                pairs.append((country, other_identity))
            if not other_identity or not country:
                pairs.append((identity, other_country))
            for one, other in pairs:
                if one and other:
                    keys.add((report.contact, *sorted((one, other))))
    return keys  # type: ignore[return-value]


def _identity(party: Party) -> str:
    name = party.name or party.body
    return "~" + surname_skeleton(name) if name else ""


class _Graph:
    """Groups and the links between them, found as they are asked for."""

    def __init__(self, groups: list[_Group]) -> None:
        self.groups = groups
        self._links: dict[int, dict[int, Agreement]] = {}
        blocks: dict[tuple[Key, bool], list[tuple[int, int]]] = defaultdict(list)
        for number, group in enumerate(groups):
            window = group.report.window
            narrow = window.last - window.first <= _NARROW
            for key in _keys(group.report):
                blocks[key, narrow].append((window.first, number))
        self._blocks: Mapping[tuple[Key, bool], list[tuple[int, int]]] = blocks
        for block in blocks.values():
            block.sort()

    def links(self, number: int) -> dict[int, Agreement]:
        """The groups that agree with one, and how well."""
        if number not in self._links:
            one = self.groups[number].report
            found: dict[int, Agreement] = {}
            for other in self._near(number):
                known = self._links.get(other)
                if known is None:
                    how = agreement(one, self.groups[other].report)
                else:
                    how = known.get(number, UNCONNECTED)  # it is symmetric
                if how.parties > 0:
                    found[other] = how
            self._links[number] = found
        return self._links[number]

    def _near(self, number: int) -> set[int]:
        """Other groups that share a key and may share a day."""
        report = self.groups[number].report
        window = report.window
        near: set[int] = set()
        for key in _keys(report):
            for narrow, width in ((True, _NARROW), (False, _WIDE)):
                block = self._blocks.get((key, narrow))
                if block:
                    start = bisect_left(block, (window.first - width, -1))
                    stop = bisect_left(block, (window.last + 1, -1))
                    near.update(other for _, other in block[start:stop])
        near.discard(number)
        return near

    def reachable(self, start: Iterable[int]) -> list[int]:
        """All groups linked to these over any number of steps, themselves included."""
        seen = set(start)
        waiting = list(seen)
        while waiting:
            fresh = self.links(waiting.pop()).keys() - seen
            seen |= fresh
            waiting += fresh
        return sorted(seen)

    def neighbourhoods(self) -> Iterator[list[int]]:
        """The groups parted so that linked ones are together."""
        done: set[int] = set()
        for number in range(len(self.groups)):
            if number not in done:
                members = self.reachable([number])
                done.update(members)
                yield members
                for member in members:
                    del self._links[member]  # none of them is near another neighbourhood


# --- events -------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Joined:
    """An event in the making."""

    members: list[int]
    articles: set[str]


def _events_within(graph: _Graph, members: Sequence[int]) -> list[list[int]]:
    """Part one neighbourhood into events."""
    if len(members) == 1:
        return [list(members)]
    events: list[_Joined] = []
    event_of: dict[int, int] = {}
    for number in sorted(members, key=lambda n: graph.groups[n].rank()):
        chosen = _choose(graph, number, events, event_of)
        if chosen is None:
            chosen = len(events)
            events.append(_Joined([], set()))
        events[chosen].members.append(number)
        events[chosen].articles |= graph.groups[number].articles
        event_of[number] = chosen
    return [event.members for event in events]


def _choose(
    graph: _Graph, number: int, events: Sequence[_Joined], event_of: Mapping[int, int]
) -> int | None:
    """The one event that a group joins, or None."""
    best: dict[int, Agreement] = {}
    for other, how in graph.links(number).items():
        event = event_of.get(other)
        if event is not None:
            best[event] = max(best.get(event, how), how)
    fitting = {e: how for e, how in best.items() if _fits(graph, number, events[e])}
    if not fitting or (graph.groups[number].report.window.fit == VAGUE and len(fitting) > 1):
        return None
    greatest = max(fitting.values())
    chosen = [event for event, how in fitting.items() if how == greatest]
    return chosen[0] if len(chosen) == 1 else None


def _fits(graph: _Graph, number: int, event: _Joined) -> bool:
    """Whether nothing in the event speaks against the group; an article tells a meeting once."""
    linked = graph.links(number)
    group = graph.groups[number]
    return group.articles.isdisjoint(event.articles) and all(
        member in linked or agreement(group.report, graph.groups[member].report) is not CONFLICT
        for member in event.members
    )


def event_id(reports: Iterable[Report]) -> str:
    """The id of the event that these reports make: that of the earliest published of them."""
    return min((r.published_at or _LAST, r.own_id) for r in reports)[1]


def build_event(reports: Sequence[Report]) -> Event:
    """The row of the event that these reports (one at least) make, whatever their order."""
    rows = sorted(reports, key=lambda r: (r.published_at or _LAST, r.meeting_id))
    dated = min(rows, key=_date_rank)
    published = [r.published_at for r in rows if r.published_at is not None]
    return Event(
        event_id=event_id(rows),
        kind=next((r.kind for r in rows if r.kind != "visit"), "visit"),
        status=_latest_status(rows),
        date_start=dated.date_start,
        date_end=dated.date_end,
        place=next((r.place for r in rows if r.place), None),
        place_country=next((r.place_country for r in rows if r.place_country), None),
        first_reported_at=min(published, default=None),
        articles=len({r.page_id for r in rows}),
        publishers=len({r.publisher for r in rows}),
        coder_version=rows[0].coder_version,
    )


def _date_rank(report: Report) -> tuple[bool, int, int]:
    """The best dated report first: by precision, then by what the date was read from."""
    return (
        report.date_start is None,
        _WIDTHS.get(report.date_precision or "", 0),
        _BASES.get(report.date_basis or "", 9),
    )


def _latest_status(rows: Sequence[Report]) -> str:
    """What was held stays held, what began was not called off; else the word of the latest report.

    Within one instant, cancelled outranks planned.
    """
    known = {report.status for report in rows}
    for status in ("held", "ongoing"):
        if status in known:
            return status
    latest = max(rows, key=lambda r: (r.published_at or _FIRST, r.status == "cancelled"))
    return latest.status


def months_of(reports: Iterable[Report]) -> set[tuple[int, int]]:
    """Years and months in which a report's window has a day; a year's is its January.

    A report of no known day counts as of January of the year 1.
    """
    found = set()
    for window in {report.window for report in reports}:
        for ordinal in range(window.first, window.last + 1):
            day = date.fromordinal(ordinal)
            found.add((day.year, day.month))
    return found
