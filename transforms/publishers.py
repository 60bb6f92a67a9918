"""What is known of the pages of one publisher, as CSS selectors that hold from a day to a day.

A row names a host (its subdomains belong to it) and what its pages show where: the boxes of the
body, boxes in it that are no part of the article, the headline, the date. Selectors are matched by
BeautifulSoup with soupsieve, which parses the page a second time: rows are for the few publishers
where that gives a better text than what is read of every page. A selector that finds nothing (the
site was made anew) changes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import soupsieve
from bs4 import BeautifulSoup, Tag

from .cleaning import normalize_line


class SelectorError(ValueError):
    """A row of publishers that cannot be used; the message names its host, column and why."""


@dataclass(frozen=True, slots=True)
class Publisher:
    """One row, compiled. A selector that the row leaves empty is None, as is an open end."""

    host: str
    body: soupsieve.SoupSieve | None
    drop: soupsieve.SoupSieve | None
    title: soupsieve.SoupSieve | None
    date: soupsieve.SoupSieve | None
    valid_from: dt.date | None
    valid_until: dt.date | None

    def holds(self, host: str, day: dt.date | None) -> bool:
        """Whether the row is about a page of this host and day; a page of no day is a new one."""
        if host != self.host and not host.endswith(f".{self.host}"):
            return False
        if day is None:
            return self.valid_until is None
        starts, ends = self.valid_from or day, self.valid_until or day
        return starts <= day <= ends


@dataclass(frozen=True, slots=True)
class Shown:
    """What a publisher's selectors found: the page without its dropped boxes, and the rest."""

    soup: BeautifulSoup
    is_cut: bool
    boxes: tuple[Tag, ...]
    title: str | None
    date: str | None


def build_publishers(rows: Sequence[Mapping[str, str]]) -> tuple[Publisher, ...]:
    """Rows of seeds/publishers.csv, compiled.

    Raises SelectorError for a selector or day that is none, and for a row that selects nothing.
    """
    return tuple(_publisher(row) for row in rows)


def _publisher(row: Mapping[str, str]) -> Publisher:
    host = row["host"]
    found = {name: _selector(row, name) for name in ("body", "drop", "title", "date")}
    if not any(found.values()):
        raise SelectorError(f"publishers, {host}: no selector")
    return Publisher(
        host=host,
        **found,
        valid_from=_day(row, "valid_from"),
        valid_until=_day(row, "valid_until"),
    )


def _selector(row: Mapping[str, str], name: str) -> soupsieve.SoupSieve | None:
    try:
        return soupsieve.compile(row[name]) if row[name] else None
    except (soupsieve.SelectorSyntaxError, NotImplementedError) as error:
        why = str(error).partition("\n")[0]
        raise SelectorError(f"publishers, {row['host']}, {name} {row[name]!r}: {why}") from None


def _day(row: Mapping[str, str], name: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(row[name]) if row[name] else None
    except ValueError:
        raise SelectorError(
            f"publishers, {row['host']}, {name} {row[name]!r}: no day (YYYY-MM-DD)"
        ) from None


def find_publisher_row(
    publishers: Sequence[Publisher], host: str, published: dt.datetime | None
) -> Publisher | None:
    """The first row that holds for a page of this host and time."""
    if not publishers or not host:
        return None
    day = published.date() if published is not None else None
    return next((item for item in publishers if item.holds(host, day)), None)


def read_shown(publisher: Publisher, source: str) -> Shown:
    """What the publisher's selectors find in the HTML of a page."""
    soup = BeautifulSoup(source, "lxml")
    title, day = _first(publisher.title, soup), _first(publisher.date, soup)
    dropped = publisher.drop.select(soup) if publisher.drop else []
    for tag in dropped:
        tag.extract()
    boxes = publisher.body.select(soup) if publisher.body else []
    chosen = set(map(id, boxes))
    outer = tuple(box for box in boxes if not any(id(above) in chosen for above in box.parents))
    return Shown(
        soup,
        bool(dropped),
        outer,
        _words(title),
        _value(day),
    )


def _first(selector: soupsieve.SoupSieve | None, soup: BeautifulSoup) -> Tag | None:
    return selector.select_one(soup) if selector else None


def _words(tag: Tag | None) -> str | None:
    if tag is None:
        return None
    return normalize_line(str(tag.get("content") or "") or tag.get_text()) or None


def _value(tag: Tag | None) -> str | None:
    """The date of an element: its datetime or content, else its words."""
    if tag is None:
        return None
    return normalize_line(str(tag.get("datetime") or "")) or _words(tag)
