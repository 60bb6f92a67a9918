"""New rows into a snapshot: which partitions change, and what they hold then.

Only partitions that gain or lose a row are read and written again, so a hundred articles cost what
their months cost, not what the archive costs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from transforms.assembly import settle_articles, settle_inputs
from transforms.extraction import Extraction
from transforms.records import SNAPSHOT_TABLES, Article, Input, Participant, Quarantined
from transforms.reports import Report, report_of
from warehouse.parquet import from_table, to_table
from warehouse.snapshot import Partition, Snapshot, partition_of

from .event_merge import settle_events
from .stories import settle_stories

Changes = dict[Partition, "pa.Table | None"]
_CHILDREN = dict.fromkeys(("meetings", "statements", "misses", "fingerprints"), "article_id")
_READ = ("meetings", "participants", "statements", "spans", "misses", "fingerprints")


@dataclass(slots=True)
class Additions:
    """All that the batches of one run gave."""

    articles: list[tuple[Article, Extraction]] = field(default_factory=list)
    quarantined: list[tuple[Quarantined, datetime | None]] = field(default_factory=list)
    inputs: list[tuple[Input, datetime | None]] = field(default_factory=list)

    def add(
        self,
        articles: Iterable[tuple[Article, Extraction]],
        quarantined: Iterable[tuple[Quarantined, datetime | None]],
        inputs: Iterable[tuple[Input, datetime | None]],
    ) -> None:
        """Take in what one batch gave."""
        self.articles += articles
        self.quarantined += quarantined
        self.inputs += inputs


def merge(current: Snapshot | None, new: Additions, version: str) -> tuple[Changes, frozenset[str]]:
    """The changed partitions, and the ids of the articles in them that were not there before.

    `current` is None where all is made anew.
    """
    draft = _Draft(current)
    before = _touched(current, {article.page_id for article, _ in new.articles})
    settled = settle_articles([*before, *(article for article, _ in new.articles)])
    settled = _put_stories(draft, current, before, settled, new)
    _put_articles(draft, before, settled, new)
    _put_events(draft, current)
    _put_inputs(draft, current, before, settled, new)
    known = {article.article_id for article in before}
    return draft.changes(), frozenset(article.article_id for article in settled) - known


class _Draft:
    """Rows to drop and rows to add, by table and partition."""

    def __init__(self, current: Snapshot | None) -> None:
        self.current = current
        self.dropped: dict[Partition, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self.added: dict[Partition, list[Any]] = defaultdict(list)

    def drop(self, table: str, partition: str, column: str, keys: Collection[str]) -> None:
        """Drop the rows of a partition whose column holds one of the keys."""
        if keys:
            self.dropped[table, partition][column] |= set(keys)

    def add(self, table: str, partition: str, rows: Sequence[Any]) -> None:
        """Add rows to a partition."""
        if rows:
            self.added[table, partition] += rows

    def changes(self) -> Changes:
        """Each changed partition with all its rows; None for one that has none left."""
        changed: Changes = {}
        for table, partition in sorted({*self.dropped, *self.added}):
            rows = to_table(SNAPSHOT_TABLES[table], self.added[table, partition])
            if self.current is not None:
                kept = self.current.read(table, partitions=[partition])
                for column, keys in self.dropped[table, partition].items():
                    kept = kept.filter(pc.invert(_among(kept[column], keys)))
                rows = pa.concat_tables([kept, rows])
            changed[table, partition] = rows if rows.num_rows else None
        return changed


def _among(column: Any, keys: Collection[str]) -> Any:
    return pc.is_in(column, value_set=pa.array(sorted(keys), pa.string()))


# --- articles and what hangs on them ------------------------------------------------------------


def _touched(current: Snapshot | None, pages: set[str]) -> list[Article]:
    """Rows of the snapshot that are versions of these pages."""
    if current is None or not pages:
        return []
    found: list[Article] = []
    for partition in current.partitions("articles"):
        ids = current.read("articles", ["page_id"], [partition])
        if pc.any(_among(ids["page_id"], pages)).as_py():
            rows = current.read("articles", partitions=[partition])
            found += from_table(Article, rows.filter(_among(rows["page_id"], pages)))
    return found


def _month(article: Article) -> str:
    return partition_of("articles", _day(article.published_at))


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _put_stories(
    draft: _Draft,
    current: Snapshot | None,
    before: list[Article],
    settled: list[Article],
    new: Additions,
) -> list[Article]:
    """The settled articles under the stories they belong to; kept ones are renamed in the draft."""
    was = {article.article_id: article for article in before}
    fresh = [article for article in settled if article.article_id not in was]
    moved = [
        article
        for article in settled
        if article.article_id in was
        and article.published_at != was[article.article_id].published_at
    ]
    prints = {
        row.article_id: row for _, extraction in new.articles for row in extraction.fingerprints
    }
    stories = settle_stories(current, fresh, prints, moved)
    for row in stories.kept:
        if row.article_id not in was:
            draft.drop("articles", _month(row), "article_id", {row.article_id})
            draft.add("articles", _month(row), [row])
    kept = {name: article.story_id for name, article in was.items()}
    names = kept | dict(stories.names)
    return [replace(article, story_id=names[article.article_id]) for article in settled]


def _put_articles(
    draft: _Draft, before: list[Article], settled: list[Article], new: Additions
) -> None:
    """Replace what changed: an article's row, and its readings where another record won."""
    was = {article.article_id: article for article in before}
    readings = {(a.article_id, a.raw_ref): extraction for a, extraction in new.articles}
    gone: dict[str, set[str]] = defaultdict(set)
    for article in settled:
        old = was.get(article.article_id)
        if old == article:
            continue
        if old is not None:
            draft.drop("articles", _month(old), "article_id", {old.article_id})
        draft.add("articles", _month(article), [article])
        if old is not None and old.raw_ref == article.raw_ref:
            continue  # the same reading under another revision number
        if old is not None:
            gone[_month(old)].add(old.article_id)
        reading = readings[article.article_id, article.raw_ref]
        for table in _READ:
            draft.add(table, _month(article), getattr(reading, table))
    for partition, articles in gone.items():
        _drop_children(draft, partition, articles)


def _drop_children(draft: _Draft, partition: str, articles: set[str]) -> None:
    assert draft.current is not None
    owners: set[str] = set()
    meetings: set[str] = set()
    for table, key in (("meetings", "meeting_id"), ("statements", "statement_id")):
        rows = draft.current.read(table, [key, "article_id"], [partition])
        ids = set(rows.filter(_among(rows["article_id"], articles))[key].to_pylist())
        owners |= ids
        meetings |= ids if table == "meetings" else set()
    for table, column in _CHILDREN.items():
        draft.drop(table, partition, column, articles)
    draft.drop("participants", partition, "meeting_id", meetings)
    draft.drop("spans", partition, "owner_id", owners)


# --- events -------------------------------------------------------------------------------------


def _put_events(draft: _Draft, current: Snapshot | None) -> None:
    """Make anew the events near every report that was gained or lost."""
    lost = {
        partition: columns["article_id"]
        for (table, partition), columns in draft.dropped.items()
        if table == "meetings"
    }
    settled = settle_events(current, _gained_reports(draft), lost)
    for (table, _), rows in draft.added.items():
        if table == "meetings":
            rows[:] = [replace(row, event_id=settled.event_ids[row.meeting_id]) for row in rows]
    for partition, meetings in settled.meetings.items():
        draft.drop("meetings", partition, "meeting_id", {row.meeting_id for row in meetings})
        draft.add("meetings", partition, meetings)
    for partition, dropped in settled.dropped.items():
        draft.drop("events", partition, "event_id", dropped)
    for event in settled.events:
        draft.add("events", partition_of("events", event.date_start), [event])


def _gained_reports(draft: _Draft) -> list[Report]:
    """The reports that the articles of this run tell."""
    rows: dict[str, list[Any]] = defaultdict(list)
    for (table, _), added in draft.added.items():
        rows[table] += added
    articles = {article.article_id: article for article in rows["articles"]}
    parties: dict[str, list[Participant]] = defaultdict(list)
    for party in rows["participants"]:
        parties[party.meeting_id].append(party)
    return [
        report_of(meeting, parties[meeting.meeting_id], articles[meeting.article_id])
        for meeting in rows["meetings"]
    ]


# --- input --------------------------------------------------------------------------------------


def _put_inputs(
    draft: _Draft,
    current: Snapshot | None,
    before: list[Article],
    settled: list[Article],
    new: Additions,
) -> None:
    """Quarantine, and what became of each record; a record may lose its last article to another."""
    in_use = {article.raw_ref for article in settled}
    for row, moment in new.quarantined:
        draft.add("quarantine", partition_of("quarantine", _day(moment)), [row])
    for known, moment in new.inputs:
        settled_row = settle_inputs([known], in_use)
        draft.add("inputs", partition_of("inputs", _day(moment)), settled_row)
    lost = {article.raw_ref for article in before} - in_use
    if current is None or not lost:
        return
    still = current.read("articles", ["raw_ref", "article_id"])
    replaced = {article.article_id for article in before}
    others = still.filter(pc.invert(_among(still["article_id"], replaced)))["raw_ref"]
    in_use |= lost & set(others.to_pylist())
    for partition in current.partitions("inputs"):
        rows = current.read("inputs", partitions=[partition])
        olds = from_table(Input, rows.filter(_among(rows["raw_ref"], lost)))
        for old, now in zip(olds, settle_inputs(olds, in_use), strict=True):
            if old != now:
                draft.drop("inputs", partition, "raw_ref", {old.raw_ref})
                draft.add("inputs", partition, [now])
