"""Stories: which articles, new and kept, tell one story, and what that changes in the snapshot.

A story is a connected group of copies (transforms/stories.py says what copies are) and is named by
the one that appeared first. New articles are compared with all kept ones through the table of
fingerprints, so texts are read only where a fingerprint agrees. Since every link depends on two
texts alone, the groups are the same whether the articles came in one run or in many.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from transforms.records import Article, Fingerprint
from transforms.stories import (
    BAND_WIDTH,
    BANDS,
    Copy,
    is_same_story,
    make_copy,
    split_bands,
)
from warehouse.parquet import from_table
from warehouse.snapshot import Snapshot

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Stories:
    """The story of each new article and of each kept one whose story has another name now.

    `kept` are the rows of the latter, with that name.
    """

    names: Mapping[str, str]
    kept: Sequence[Article]


class _Groups:
    """Disjoint sets of story names and article ids."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def find(self, item: str) -> str:
        path = []
        while (above := self._above.setdefault(item, item)) != item:
            path.append(item)
            item = above
        for passed in path:
            self._above[passed] = item
        return item

    def join(self, one: str, other: str) -> None:
        self._above[self.find(one)] = self.find(other)


def settle_stories(
    current: Snapshot | None,
    fresh: Sequence[Article],
    prints: Mapping[str, Fingerprint],
    moved: Sequence[Article] = (),
) -> Stories:
    """Group new articles with each other and with the kept ones.

    `prints` holds the fingerprint of every new article by article_id; `moved` are kept articles
    that have got another publication time, which may name their story anew.
    """
    kept = _Kept(current, {article.article_id: article.published_at for article in moved})
    groups = _Groups()
    copies = {a.article_id: make_copy(a.text[prints[a.article_id].body_start :]) for a in fresh}
    for one, other in _pairs_among(prints, copies):
        groups.join(one, other)
    for article_id, story_id in kept.links(prints, copies):
        groups.join(article_id, story_id)
    return _named(fresh, prints, groups, kept)


def _pairs_among(
    prints: Mapping[str, Fingerprint], copies: Mapping[str, Copy]
) -> Iterable[tuple[str, str]]:
    """Pairs of new articles that are copies of each other."""
    buckets: dict[str, list[str]] = defaultdict(list)
    for article_id in sorted(copies):
        for band in split_bands(prints[article_id].bands):
            buckets[band].append(article_id)
    seen: set[tuple[str, str]] = set()
    for bucket in buckets.values():
        for at, one in enumerate(bucket):
            for other in bucket[at + 1 :]:
                if (one, other) in seen:
                    continue
                seen.add((one, other))
                if is_same_story(copies[one], copies[other]):
                    yield one, other


def _named(
    fresh: Sequence[Article],
    prints: Mapping[str, Fingerprint],
    groups: _Groups,
    kept: _Kept,
) -> Stories:
    """Name each group by its first article, and find the kept rows that another name changes."""
    stories: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
    for article in fresh:
        own = prints[article.article_id].own_story_id
        stories[groups.find(article.article_id)].append((article.published_at or _NEVER, own))
    members = kept.members()
    for story_id, found in members.items():
        stories[groups.find(story_id)] += [(when, own) for _, when, own in found]
    named = {root: min(found)[1] for root, found in stories.items()}
    names = {article.article_id: named[groups.find(article.article_id)] for article in fresh}
    renamed = {
        article_id: named[groups.find(story_id)]
        for story_id, found in members.items()
        for article_id, _, _ in found
        if named[groups.find(story_id)] != story_id
    }
    rows = kept.articles(set(renamed))
    return Stories(
        names | renamed, [replace(row, story_id=renamed[row.article_id]) for row in rows]
    )


class _Kept:
    """The articles of the snapshot; `moved` gives some of them another publication time."""

    def __init__(self, current: Snapshot | None, moved: Mapping[str, datetime | None]) -> None:
        self._current = current
        self._moved = moved
        self._joined: set[str] = set()  # stories that a new article belongs to

    def links(
        self, prints: Mapping[str, Fingerprint], copies: Mapping[str, Copy]
    ) -> Iterable[tuple[str, str]]:
        """(new article, story of a kept one that it is a copy of)."""
        wanted: dict[str, list[str]] = defaultdict(list)
        for article_id in sorted(copies):
            for band in split_bands(prints[article_id].bands):
                wanted[band].append(article_id)
        for partition, starts in self._candidates(wanted).items():
            rows = self._read("articles", partition, ["article_id", "story_id", "text"])
            rows = rows.filter(_among(rows["article_id"], starts))
            for article_id, story_id, text in zip(*rows.to_pydict().values(), strict=True):
                body_start, near = starts[article_id]
                copy = make_copy(text[body_start:])
                for one in near:
                    if is_same_story(copies[one], copy):
                        self._joined.add(story_id)
                        yield one, story_id

    def _candidates(
        self, wanted: Mapping[str, Sequence[str]]
    ) -> dict[str, dict[str, tuple[int, list[str]]]]:
        """Kept articles that share a band with new ones: by partition, where each one's body starts
        and which the new ones are.
        """  # noqa: D205
        found: dict[str, dict[str, tuple[int, list[str]]]] = defaultdict(dict)
        values = pa.array(sorted({_number(band.partition(":")[2]) for band in wanted}), pa.int64())
        for partition in self._partitions("fingerprints") if wanted else ():
            places = _places_of(self._read("fingerprints", partition, ["bands"])["bands"], values)
            if not len(places):
                continue
            rows = self._read("fingerprints", partition, ["article_id", "body_start", "bands"])
            for article_id, start, bands in zip(
                *rows.take(places).to_pydict().values(), strict=True
            ):
                near = {one for band in split_bands(bands) for one in wanted.get(band, ())}
                if near:
                    found[partition][article_id] = start, sorted(near)
        return found

    def members(self) -> dict[str, list[tuple[str, datetime, str]]]:
        """By touched story: article_id, publication time and own story_id of each kept member."""
        found: dict[str, list[tuple[str, datetime, str]]] = defaultdict(list)
        stories = self._joined | {row.story_id for row in self.articles(set(self._moved))}
        for partition in self._partitions("articles") if stories else ():
            rows = self._read("articles", partition, ["article_id", "story_id", "published_at"])
            rows = rows.filter(_among(rows["story_id"], stories))
            if not rows.num_rows:
                continue
            prints = self._read("fingerprints", partition, ["article_id", "own_story_id"])
            own = dict(zip(*(prints[n].to_pylist() for n in prints.column_names), strict=True))
            for row in rows.to_pylist():
                name = row["article_id"]
                when = self._moved.get(name, row["published_at"])
                when = when.astimezone(UTC) if when else _NEVER
                found[row["story_id"]].append((name, when, own[name]))
        return found

    def articles(self, ids: set[str]) -> list[Article]:
        """The kept rows of these articles."""
        found: list[Article] = []
        for partition in self._partitions("articles") if ids else ():
            keys = self._read("articles", partition, ["article_id"])
            if pc.any(_among(keys["article_id"], ids)).as_py():
                rows = self._read("articles", partition)
                found += from_table(Article, rows.filter(_among(rows["article_id"], ids)))
        return found

    def _partitions(self, table: str) -> Sequence[str]:
        return list(self._current.partitions(table)) if self._current else []

    def _read(self, table: str, partition: str, columns: list[str] | None = None) -> pa.Table:
        assert self._current is not None
        return self._current.read(table, columns, [partition])


def _number(value: str) -> int:
    """A band's value as eight bytes of text are read when they are taken for a number."""
    return int.from_bytes(value.encode(), sys.byteorder, signed=True)


def _places_of(bands: pa.ChunkedArray, values: pa.Array) -> pa.Array:
    """Rows in which one of the values stands, in whatever band.

    All kept articles are looked through for every run, so the bands are compared as numbers in one
    sweep over their bytes: eight times faster than to cut each out as text.
    """
    size = BANDS * BAND_WIDTH
    fixed = pa.concat_arrays([pa.array([], pa.string()), *bands.chunks]).cast(pa.binary(size))
    numbers = pa.Array.from_buffers(
        pa.int64(), len(fixed) * BANDS, [None, fixed.buffers()[1]], offset=fixed.offset * BANDS
    )
    hits = pc.indices_nonzero(pc.is_in(numbers, value_set=values))
    return pc.unique(pc.divide(hits, BANDS))


def _among(column: pa.ChunkedArray, values: Iterable[str]) -> pa.ChunkedArray:
    return pc.is_in(column, value_set=pa.array(sorted(values), pa.string()))
