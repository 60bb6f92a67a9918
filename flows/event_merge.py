"""New reports into the events of a snapshot: which of its reports they may touch, and what changes.

Only the months in which a gained or lost report can have taken place are read, then the months that
its neighbourhood reaches into, and so on; a neighbourhood spans weeks. What comes out is what
making all events anew would give (see transforms/events.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from transforms.events import build_event, merge_reports, months_of, neighbourhood
from transforms.records import Event, Meeting, Participant
from transforms.reports import LONGEST, YEARS, Report, report_of
from warehouse.parquet import from_table
from warehouse.snapshot import Snapshot

Month = tuple[int, int]
_ARTICLE_COLUMNS = (
    "article_id", "page_id", "source_id", "publisher", "published_at", "dateline_date", "story_id",
)  # fmt: skip
_SLACK = 2  # days, the widest of transforms/reports.py
_EPOCH = date(1970, 1, 1).toordinal()
_FIRST = date(YEARS.start, 1, 1).toordinal() - _EPOCH
_LAST = date(YEARS.stop - 1, 12, 31).toordinal() - _EPOCH


@dataclass(slots=True)
class SettledEvents:
    """What changes: events gained and, by partition, the ids of those dropped; stored meetings with
    a new event_id, by partition; the event_id of every gained meeting.
    """  # noqa: D205

    event_ids: dict[str, str] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    dropped: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    meetings: dict[str, list[Meeting]] = field(default_factory=dict)


def settle_events(
    current: Snapshot | None, gained: Sequence[Report], lost: Mapping[str, set[str]]
) -> SettledEvents:
    """Events after reports were gained, and those of the `lost` articles (by partition) lost."""
    settled = SettledEvents()
    if current is None:
        _write_events(settled, gained)
        return settled
    archive = _Archive(current, lost)
    probes = archive.read_lost()
    near = _neighbourhood(archive, [*gained, *probes]) if gained or probes else []
    gone = {probe.meeting_id for probe in probes}
    _write_events(settled, [report for report in near if report.meeting_id not in gone])
    _keep_what_stays(settled, archive)
    _move_stored(settled, archive)
    return settled


def _write_events(settled: SettledEvents, reports: Iterable[Report]) -> None:
    for members in merge_reports(reports):
        event = build_event(members)
        settled.events.append(event)
        settled.event_ids |= dict.fromkeys((r.meeting_id for r in members), event.event_id)


def _neighbourhood(archive: _Archive, seeds: list[Report]) -> list[Report]:
    """All reports that a change of these can touch."""
    names = {report.meeting_id for report in seeds}
    pool, near = list(seeds), seeds
    while fresh := archive.read(months_of(near)):
        pool += fresh
        near = neighbourhood(pool, names)
    return near


def _keep_what_stays(settled: SettledEvents, archive: _Archive) -> None:
    """Drop the stored rows of all events near, but touch none that comes out as it was."""
    now = {event.event_id: event for event in settled.events}
    before = {archive.places[m].event_id for m in settled.event_ids if m in archive.places}
    before |= archive.lost_events
    for partition in archive.snapshot.partitions("events") if before else ():
        ids = archive.snapshot.read("events", ["event_id"], [partition])["event_id"]
        if not pc.any(_among(ids, before)).as_py():
            continue
        rows = archive.snapshot.read("events", partitions=[partition])
        for event in from_table(Event, rows.filter(_among(rows["event_id"], before))):
            if now.get(event.event_id) == event:
                del now[event.event_id]
            else:
                settled.dropped[partition].add(event.event_id)
    settled.events = list(now.values())


def _move_stored(settled: SettledEvents, archive: _Archive) -> None:
    """Rows of stored meetings that belong to another event now."""
    moved: dict[str, set[str]] = defaultdict(set)
    for meeting, event in settled.event_ids.items():
        place = archive.places.get(meeting)
        if place is not None and place.event_id != event:
            moved[place.partition].add(meeting)
    for partition, meetings in moved.items():
        rows = archive.snapshot.read("meetings", partitions=[partition])
        settled.meetings[partition] = [
            replace(row, event_id=settled.event_ids[row.meeting_id])
            for row in from_table(Meeting, rows.filter(_among(rows["meeting_id"], meetings)))
        ]


# --- stored reports -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a stored meeting is, and the event that it belonged to."""

    partition: str
    event_id: str


@dataclass(frozen=True, slots=True)
class _Article:
    """The columns of an article that date and name its reports."""

    article_id: str
    page_id: str
    source_id: str
    publisher: str | None
    published_at: datetime | None
    dateline_date: date | None
    story_id: str


class _Archive:
    """The reports of a snapshot, read by the months in which the meetings can have been."""

    def __init__(self, snapshot: Snapshot, lost: Mapping[str, set[str]]) -> None:
        self.snapshot, self.lost = snapshot, lost
        self.places: dict[str, _Place] = {}
        self.lost_events: set[str] = set()
        self._dates: dict[str, Any] = {}
        self._read: set[Month] = set()

    def read_lost(self) -> list[Report]:
        """Reports of the lost articles, under ids that no stored or gained one has."""
        probes = []
        for partition, articles in self.lost.items():
            rows = self.snapshot.read("meetings", partitions=[partition])
            rows = rows.filter(_among(rows["article_id"], articles))
            self.lost_events |= set(rows["event_id"].to_pylist())
            probes += [
                replace(report, meeting_id=f"lost {report.meeting_id}")
                for report in self._reports(partition, rows)
            ]
        return probes

    def read(self, months: set[Month]) -> list[Report]:
        """Stored reports that can fall into these months and were not read before."""
        fresh = months - self._read
        self._read |= fresh
        found = []
        for partition in self.snapshot.partitions("meetings") if fresh else ():
            wanted = _falls_into(self._dates_of(partition), partition, fresh)
            if not pc.any(wanted).as_py():
                continue
            rows = self.snapshot.read("meetings", partitions=[partition]).filter(wanted)
            rows = rows.filter(pc.invert(_among(rows["article_id"], self.lost.get(partition, ()))))
            rows = rows.filter(pc.invert(_among(rows["meeting_id"], self.places)))
            ids, events = rows["meeting_id"].to_pylist(), rows["event_id"].to_pylist()
            for meeting, event in zip(ids, events, strict=True):
                self.places[meeting] = _Place(partition, event)
            found += self._reports(partition, rows)
        return found

    def _dates_of(self, partition: str) -> Any:
        if partition not in self._dates:
            columns = ["date_start", "date_end"]
            self._dates[partition] = self.snapshot.read("meetings", columns, [partition])
        return self._dates[partition]

    def _reports(self, partition: str, rows: pa.Table) -> list[Report]:
        """Reports from rows of meetings; what hangs on them lies in the same partition."""
        meetings = from_table(Meeting, rows)
        ids = {meeting.meeting_id for meeting in meetings}
        table = self.snapshot.read("participants", partitions=[partition])
        parties: dict[str, list[Participant]] = defaultdict(list)
        for party in from_table(Participant, table.filter(_among(table["meeting_id"], ids))):
            parties[party.meeting_id].append(party)
        wanted = {meeting.article_id for meeting in meetings}
        table = self.snapshot.read("articles", _ARTICLE_COLUMNS, [partition])
        table = table.filter(_among(table["article_id"], wanted))
        articles = {row["article_id"]: _Article(**row) for row in table.to_pylist()}
        return [report_of(m, parties[m.meeting_id], articles[m.article_id]) for m in meetings]


def _among(column: Any, keys: Iterable[str]) -> Any:
    return pc.is_in(column, value_set=pa.array(sorted(keys), pa.string()))


def _falls_into(dates: pa.Table, partition: str, months: set[Month]) -> Any:
    """Which meetings can have been in one of the months, a few others included.

    A dated one lies within its dates and their slack; one without a date within three weeks of the
    publication of its article, whose month the partition is. What has no usable date always can.
    """
    start = dates["date_start"].cast(pa.int32())
    end = pc.min_element_wise(dates["date_end"].cast(pa.int32()), pc.add(start, LONGEST))
    dated = pc.or_(
        _in_months(pc.subtract(start, _SLACK), months), _in_months(pc.add(end, _SLACK), months)
    )
    unusable = pc.or_(pc.less(start, _FIRST), pc.greater(start, _LAST))
    return pc.if_else(
        pc.is_null(start), _near_partition(partition, months), pc.or_(dated, unusable)
    )


def _in_months(days: Any, months: set[Month]) -> Any:
    as_dates = pc.cast(pc.cast(days, pa.int32()), pa.date32())
    numbers = pc.add(pc.multiply(pc.year(as_dates), 12), pc.month(as_dates))
    wanted = pa.array(sorted(year * 12 + month for year, month in months), pa.int64())
    return pc.is_in(numbers, value_set=wanted)


def _near_partition(partition: str, months: set[Month]) -> bool:
    year, _, month = partition.partition("-")
    if not year.isdecimal() or int(year) not in YEARS:
        return True
    number = int(year) * 12 + int(month)
    return any(abs(number - (other_year * 12 + other)) <= 1 for other_year, other in months)
