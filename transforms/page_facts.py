"""What a page says of itself: title, authors, dates, language, address, free or paid.

What a page says is taken in a fixed order (JSON-LD, meta, time elements, htmldate as the last
resort), and the page says where its date came from.

Known ugliness: title suffixes (" | Site") are told by comparing the page's own titles; a page that
carries one title alone, with a suffix that is not its site's name, keeps it.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any
from urllib.parse import urljoin, urlsplit

from htmldate import find_date
from lxml.html import HtmlElement

from .cleaning import normalize_address, normalize_instant, normalize_line

_EARLIEST_DAY, _LATEST_DAY = "1995-01-01", "2100-12-31"  # htmldate would ask the clock
_SAME_DAY = 129_600  # seconds: an instant this near to a day's midnight (UTC) may be of that day

_NESTED = ("@graph", "mainEntity", "mainEntityOfPage")
_PUBLISHED_META = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "article.published",
    "parsely-pub-date",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.date",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
)
_MODIFIED_META = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
)
_TITLE_META = ("og:title", "twitter:title", "dc.title")
_AUTHOR_META = (
    "author",
    "parsely-author",
    "article:author",
    "dc.creator",
    "sailthru.author",
)
_SECTION_META = ("article:section", "og:article:section", "parsely-section", "articlesection")
_LONGEST_SECTION = 80  # characters; more is a list of keywords
_SITE_META = ("og:site_name", "application-name", "dc.publisher")
_TRUTHS = {"true": True, "1": True, "false": False, "0": False}
_HEAD_LINES = 3  # in which the headline stands, if it is in the text at all
_LONGEST_TITLE = 300  # characters
_TITLE_LETTERS = 20  # letters by which a headline is known in a longer line
_CUT_AT = 100  # characters; Google once asked for headlines of 110 at most
_SEPARATORS = "-–—|·•:»ㅣ"
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{2}|[0-9]{3}))?(?:[-_.@].*)?")


@dataclass(frozen=True, slots=True)
class Facts:
    """The page's own words: JSON-LD nodes (the article first), meta values, elements."""

    article: dict[str, Any]
    metas: dict[str, str]
    times: list[str]
    headings: list[str]
    titles: list[str]
    language: str | None
    canonical: str | None
    url: str | None


def read_facts(tree: HtmlElement, url: str | None) -> Facts:
    """What a parsed page says of itself; `url` is where it was found."""
    root = tree.getroottree().getroot()
    metas = _metas(tree)
    links = tree.xpath("//link[@rel='canonical']/@href")
    return Facts(
        article=_json_ld_article(tree),
        metas=metas,
        times=[
            str(value)
            for value in tree.xpath(
                "//time[@itemprop='datePublished' or @pubdate]/@datetime"
                "|//*[@itemprop='datePublished']/@content|//article//header//time/@datetime"
            )
        ],
        headings=[normalize_line(tag.text_content()) for tag in tree.iter("h1")],
        titles=[normalize_line(tag.text_content()) for tag in tree.xpath("//head/title")],
        language=root.get("lang") or root.get("xml:lang") or metas.get("content-language"),
        canonical=str(links[0]) if links else metas.get("og:url"),
        url=url,
    )


def _metas(tree: HtmlElement) -> dict[str, str]:
    """Meta values by lower-case name, the first of each that is not empty."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        value = (meta.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (meta.get(attribute) or "").strip().lower()
            if name and value:
                found.setdefault(name, value)
    return found


def _json_ld_article(tree: HtmlElement) -> dict[str, Any]:
    """The JSON-LD node that is an article, else the page's own node, else an empty one."""
    nodes = [
        node
        for script in tree.xpath("//script[contains(@type, 'ld+json')]")
        for node in _json_nodes(script.text_content())
    ]
    return next(
        (node for kind in ("Article", "Posting", "WebPage") for node in nodes if _is(node, kind)),
        {},
    )


def _json_nodes(source: str) -> Iterator[dict[str, Any]]:
    try:
        value = json.loads(source.strip().removesuffix(";"), strict=False)
    except (ValueError, RecursionError):
        return
    stack = [value]
    while stack:
        node = stack.pop()
        if isinstance(node, list):
            stack.extend(reversed(node))
        elif isinstance(node, dict):
            yield node
            stack.extend(node[name] for name in reversed(_NESTED) if name in node)


def _is(node: dict[str, Any], kind: str) -> bool:
    return any(isinstance(name, str) and kind in name for name in _listed(node.get("@type")))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _named(value: Any) -> list[str]:
    """Names in a JSON-LD value, which may be a string, a node with a name, or a list of both."""
    names = (item.get("name") if isinstance(item, dict) else item for item in _listed(value))
    flat = (name for item in names for name in _listed(item))
    return [_plain(name) for name in flat if isinstance(name, str) and name.strip()]


def _plain(value: str) -> str:
    return normalize_line(html.unescape(value))


# --- title --------------------------------------------------------------------------------------


def find_title(says: Facts) -> str | None:
    """The page's headline without the site's name: JSON-LD's, og:title, its one h1, its title.

    JSON-LD comes first since editors write it for the article, og:title as often for those who
    have yet to be won. One that was cut off gives way to the title that goes on from it.
    """
    given = _named(says.article.get("headline"))[:1]
    given += [_plain(says.metas[name]) for name in _TITLE_META if name in says.metas]
    headings = says.headings if len(says.headings) == 1 else []
    given = [title for title in (*given, *headings, *says.titles) if title]
    if not given:
        return None
    host = host_of(says)
    sites = [*_site_names(says), *filter(None, (host, host.removeprefix("www.")))]
    first = _without_site(given[0], [*given[1:], *says.headings], sites)
    return next((whole for whole in given[1:] if _goes_on(first, whole, says)), first)


def _goes_on(title: str, whole: str, says: Facts) -> bool:
    """Whether a heading says what another title was cut off from."""
    cut = title.rstrip(".…").rstrip()
    is_cut = cut != title.rstrip() or len(title) >= _CUT_AT
    return is_cut and len(whole) > len(title) and whole.startswith(cut) and whole in says.headings


def without_headline(text: str, title: str | None, says: Facts) -> str:
    """The text without the headline among its first lines; a text of nothing else is left whole.

    A line is the headline where it is the page's title or heading, or ends with the title: pages
    print a word of the subject before it ("Energy: Talks go on").
    """
    lines = text.split("\n\n")
    titles = {_letters(name) for name in (title, *says.headings, *says.titles[:1]) if name} - {""}
    over = _letters(title or "")
    kept = [line for line in lines[:_HEAD_LINES] if not _is_headline(line, titles, over)]
    rest = [*kept, *lines[_HEAD_LINES:]]
    return "\n\n".join(rest) if rest else text


def _is_headline(line: str, titles: set[str], over: str) -> bool:
    if len(line) > _LONGEST_TITLE:
        return False
    letters = _letters(line)
    return letters in titles or (len(over) >= _TITLE_LETTERS and letters.endswith(over))


def _letters(line: str) -> str:
    return "".join(filter(str.isalnum, line)).casefold()


def host_of(says: Facts) -> str:
    """The host of a page, of its own address where it came from a file; "" where none is known."""
    return _host(says.url or "") or _host(says.canonical or "")


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:  # "http://[" and the like
        return ""


def _without_site(title: str, others: Iterable[str], sites: Iterable[str]) -> str:
    for other in sorted(set(others), key=lambda text: (-len(text), text)):
        rest = title.removeprefix(other).strip()
        if other and title.startswith(other) and rest[:1] and rest[0] in _SEPARATORS:
            return other
    for site in sites:
        head = title.removesuffix(site).rstrip()
        if len(head) < len(title) and head[-1:] and head[-1] in _SEPARATORS:
            return head[:-1].rstrip()
    return title


def _site_names(says: Facts) -> list[str]:
    names = [_plain(says.metas[name]) for name in _SITE_META if name in says.metas]
    names += _named(says.article.get("publisher"))
    return [name for name in names if name]


# --- dates --------------------------------------------------------------------------------------

Dated = tuple[datetime | None, str | None, str | None]


def find_published(
    says: Facts, tree: HtmlElement, url: str | None, zone: tzinfo | None = None
) -> Dated:
    """Time, precision and basis: the first source that gives a day; an instant, where one fits.

    `zone` is taken for times that name none.
    """
    given = _given_dates(says)
    found = [(*read, basis) for basis, value in given if (read := _instant(value, zone))]
    return nearest(found) if found else _guessed_day(tree, url)


def nearest(found: list[tuple[datetime, str, str]]) -> tuple[datetime, str, str]:
    """The first of several dates, or an instant that stands for the same day."""
    first = found[0]
    for moment, precision, basis in found:
        gap = abs((moment - first[0]).total_seconds())
        if precision == "second" and gap <= (_SAME_DAY if first[1] == "day" else 0):
            return moment, precision, basis
    return first


def _given_dates(says: Facts) -> Iterator[tuple[str, Any]]:
    for name in ("datePublished", "dateCreated", "uploadDate"):
        yield "json_ld", says.article.get(name)
    for name in _PUBLISHED_META:
        yield "meta", says.metas.get(name)
    for value in says.times:
        yield "meta", value


def _instant(value: Any, zone: tzinfo | None) -> tuple[datetime, str] | None:
    values = [item for item in _listed(value) if isinstance(item, str)]
    return normalize_instant(values[0], zone) if values else None


def _guessed_day(tree: HtmlElement, url: str | None) -> Dated:
    day = find_date(tree, original_date=True, url=url, min_date=_EARLIEST_DAY, max_date=_LATEST_DAY)
    read = normalize_instant(day) if day else None
    return (*read, "htmldate") if read else (None, None, None)


def find_modified(says: Facts, zone: tzinfo | None = None) -> datetime | None:
    """The instant of the last change, if the page gives one with its zone."""
    given = [says.article.get("dateModified"), *map(says.metas.get, _MODIFIED_META)]
    read = (_instant(value, zone) for value in given)
    return next((moment for moment, precision in filter(None, read) if precision == "second"), None)


# --- the rest -----------------------------------------------------------------------------------


def find_access(says: Facts) -> bool | None:
    """Whether the page says that everybody may read it; None where it says nothing."""
    value = says.article.get("isAccessibleForFree")
    if value is None:
        value = {"free": True, "metered": False, "locked": False}.get(
            says.metas.get("article:content_tier", "").lower()
        )
    return value if isinstance(value, bool) else _TRUTHS.get(str(value).strip().lower())


def find_authors(says: Facts) -> str | None:
    """The authors, "; " between them, without addresses."""
    names = _named(says.article.get("author"))
    if not names:
        given = (says.metas.get(name, "") for name in _AUTHOR_META)
        names = [_plain(next(filter(None, given), ""))]
    names = [name for name in dict.fromkeys(names) if name and not {"@", "/"} & set(name)]
    return "; ".join(names) or None


def find_section(says: Facts) -> str | None:
    """The section of the site: the first that JSON-LD names, else that of the metas."""
    named = _named(says.article.get("articleSection"))
    given = (_plain(says.metas[name]) for name in _SECTION_META if name in says.metas)
    return next((name for name in (*named, *given) if len(name) <= _LONGEST_SECTION), None)


def find_publisher(says: Facts) -> str | None:
    """The name of the site, or of the publisher that JSON-LD names."""
    return next(iter(_site_names(says)), None)


def normalize_language(tag: str | None) -> str | None:
    """A language tag in BCP 47's usual spelling ("en_us" -> "en-US"), None for what is none."""
    match = _LANGUAGE.fullmatch(tag.strip()) if tag else None
    if match is None:
        return None
    region = match[2]
    return match[1].lower() + (f"-{region.upper()}" if region else "")


def find_canonical(says: Facts) -> str | None:
    """The page's own address; a home page named as every article's address is none."""
    try:
        address = normalize_address(urljoin(says.url or "", says.canonical or ""))
        parts = urlsplit(address or "")
    except ValueError:  # "http://[" and the like
        return None
    return address if parts.path.strip("/") or parts.query else None
