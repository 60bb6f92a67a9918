"""What is known of the pages of one publisher, as CSS selectors that hold from a day to a day.

A row names a host (its subdomains belong to it) and what its pages show where: the boxes of the
body, boxes in it that are no part of the article, the headline, the date. Selectors are compiled to
XPath and asked of the tree that is there: BeautifulSoup would have to parse the page once more, and
to write and parse it again for what is dropped, which took longer than all the rest. Rows are for
publishers where that gives a better text than what is read of every page. A selector that finds
nothing (the site was made anew) changes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cssselect import HTMLTranslator, SelectorError
from lxml.etree import XPath, tostring
from lxml.html import HtmlElement

from .cleaning import normalize_line


class PublisherError(ValueError):
    """A row of publishers that cannot be used; the message names its host, column and why."""


@dataclass(frozen=True, slots=True)
class Publisher:
    """One row, compiled. A selector that the row leaves empty is None, as is an open end."""

    host: str
    body: XPath | None
    drop: XPath | None
    title: XPath | None
    date: XPath | None
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
    """What a publisher's selectors found in a page: its body's boxes as HTML, headline and date."""

    boxes: tuple[str, ...]
    title: str | None
    date: str | None


def build_publishers(rows: Sequence[Mapping[str, str]]) -> tuple[Publisher, ...]:
    """Rows of seeds/publishers.csv, compiled.

    Raises PublisherError for a selector or day that is none, and for a row that selects nothing.
    """
    return tuple(_publisher(row) for row in rows)


def _publisher(row: Mapping[str, str]) -> Publisher:
    host = row["host"]
    found = {name: _selector(row, name) for name in ("body", "drop", "title", "date")}
    if not any(found.values()):
        raise PublisherError(f"publishers, {host}: no selector")
    return Publisher(
        host=host,
        **found,
        valid_from=_day(row, "valid_from"),
        valid_until=_day(row, "valid_until"),
    )


def _selector(row: Mapping[str, str], name: str) -> XPath | None:
    try:
        return XPath(HTMLTranslator().css_to_xpath(row[name])) if row[name] else None
    except SelectorError as error:
        raise PublisherError(f"publishers, {row['host']}, {name} {row[name]!r}: {error}") from None


def _day(row: Mapping[str, str], name: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(row[name]) if row[name] else None
    except ValueError:
        raise PublisherError(
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


def drop_boxes(publisher: Publisher | None, tree: HtmlElement) -> None:
    """Take out of the tree what the publisher's pages show beside the article."""
    for tag in _found(publisher.drop if publisher else None, tree):
        if tag.getparent() is not None:
            tag.drop_tree()


def read_shown(publisher: Publisher, tree: HtmlElement) -> Shown:
    """What the publisher's selectors find in the tree of a page."""
    boxes = _found(publisher.body, tree)
    chosen = set(boxes)
    outer = (box for box in boxes if chosen.isdisjoint(box.iterancestors()))
    title, day = _found(publisher.title, tree)[:1], _found(publisher.date, tree)[:1]
    return Shown(
        tuple(tostring(box, encoding="unicode", with_tail=False) for box in outer),
        _words(title[0]) if title else None,
        _value(day[0]) if day else None,
    )


def _found(selector: XPath | None, tree: HtmlElement) -> list[HtmlElement]:
    found = selector(tree.getroottree()) if selector else []
    return found if isinstance(found, list) else []


def _words(tag: HtmlElement) -> str | None:
    return normalize_line(tag.get("content") or tag.text_content()) or None


def _value(tag: HtmlElement) -> str | None:
    """The date of an element: its datetime or content, else its words."""
    return normalize_line(tag.get("datetime") or "") or _words(tag)
