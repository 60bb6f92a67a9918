"""An HTML page to the article on it: body by trafilatura, all else from what the page says.

One parse serves both: lxml's tree is read for JSON-LD, meta and time elements first and given to
trafilatura then. What a page says is taken in a fixed order (JSON-LD, meta, time elements, htmldate
as the last resort), and the page says where its date came from. A page whose tree holds no article
(nested deeper than lxml follows, no markup that trafilatura knows) is read again by BeautifulSoup
for its plain paragraphs; what is still empty is `UnusableError` with a reason.

Known ugliness: title suffixes (" | Site") are told by comparing the page's own titles; a page that
carries one title alone, with a suffix that is not its site's name, keeps it.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import re2  # type: ignore[import-untyped]
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement, PreformattedString
from htmldate import find_date
from lxml.html import HtmlElement
from trafilatura import bare_extraction, load_html

from .cleaning import (
    UnusableError,
    normalize_address,
    normalize_instant,
    normalize_line,
    normalize_paragraphs,
    parse_bytes,
)

MAX_BYTES = 5_000_000
_MAX_ATTRIBUTES = 10_000  # in one tag: the parser's time grows with their square
_MIN_CHARACTERS = 80  # less is a caption or an error message
_EARLIEST_DAY, _LATEST_DAY = (
    "1995-01-01",
    "2100-12-31",
)  # for htmldate, which would ask the clock
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
_SITE_META = ("og:site_name", "application-name", "dc.publisher")
_SEPARATORS = "-–—|·•:»ㅣ"
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{2}|[0-9]{3}))?(?:[-_.@].*)?")
_SPACE = re.compile(r"\s+")
_QUOTED = re2.compile(r""""[^"]*"?|'[^']*'?""")
_JSON_STRING = re2.compile(r'"(?:[^"\\]|\\.)*"')

_BLOCK_NAMES = (
    "address article aside blockquote br caption center dd details div dl dt fieldset figcaption "
    "h1 h2 h3 h4 h5 h6 header hr li main ol p pre section table tbody td tfoot th thead tr ul"
)
_UNREAD_NAMES = (
    "script style template noscript iframe object embed svg form nav footer figure button head"
)
_BLOCKS, _UNREAD = frozenset(_BLOCK_NAMES.split()), frozenset(_UNREAD_NAMES.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The article of a page. Times are UTC; `published_basis` says where the date came from."""

    text: str
    title: str | None = None
    authors: str | None = None
    publisher: str | None = None
    language: str | None = None
    canonical_url: str | None = None
    published_at: datetime | None = None
    published_precision: str | None = None
    published_basis: str | None = None
    modified_at: datetime | None = None


def parse_page(payload: bytes, charset: str | None = None, url: str | None = None) -> Page:
    """Read a page from its bytes; `charset` is the one that its Content-Type names.

    Raises UnusableError: too_large over MAX_BYTES or 10,000 attributes in a tag, no_article_text,
    and what `parse_bytes` raises.
    """
    if len(payload) > MAX_BYTES:
        raise UnusableError("too_large", f"{len(payload)} bytes, {MAX_BYTES} are read")
    return parse_page_text(parse_bytes(payload, charset, is_html=True), url)


def parse_page_text(source: str, url: str | None = None) -> Page:
    """Read a page from its decoded HTML; raises UnusableError as `parse_page` does."""
    _check_attributes(source)
    tree = load_html(source) if source.strip() else None
    if tree is None:
        return Page(text=_rescued(source, ""))
    says = _read_page(tree, url)
    text = _body(tree, source, says)
    day, precision, basis = _published(says, tree, url)
    return Page(
        text=text,
        title=_title(says),
        authors=_authors(says),
        publisher=_publisher(says),
        language=normalize_language(says.language),
        canonical_url=_canonical(says),
        published_at=day,
        published_precision=precision,
        published_basis=basis,
        modified_at=_modified(says),
    )


def _check_attributes(source: str) -> None:
    for piece in source.split("<"):
        if len(piece) > _MAX_ATTRIBUTES:
            names = _QUOTED.sub(" ", piece.partition(">")[0])
            count = max(names.count("="), len(names.split()) - 1)
            if count > _MAX_ATTRIBUTES:
                raise UnusableError("too_large", f"{count} attributes in one tag")


# --- the body -----------------------------------------------------------------------------------


def _body(tree: HtmlElement, source: str, says: _Says) -> str:
    found = bare_extraction(tree, include_comments=False, with_metadata=False)
    text = normalize_paragraphs(getattr(found, "text", None) or "")
    embedded = _embedded(says)
    if embedded.split() == text.split():
        text = embedded  # trafilatura takes it from the same place and joins its paragraphs
    if len(text) < _MIN_CHARACTERS:
        text = max((text, embedded, *map(parse_fragment, _scripted(tree))), key=len)
    return _rescued(source, text)


def _embedded(says: _Says) -> str:
    body = says.article.get("articleBody")
    if not isinstance(body, str):
        return ""
    return parse_fragment(body) if "<" in body else normalize_paragraphs(html.unescape(body))


def _scripted(tree: HtmlElement) -> Iterator[str]:
    """HTML inside JSON strings of scripts: how pages that draw themselves carry their article."""
    for script in tree.iter("script"):
        code = script.text_content()
        if "<p" not in code and "\\u003cp" not in code:
            continue
        for match in _JSON_STRING.finditer(code):
            literal = match.group()
            if "<p" in literal or "\\u003cp" in literal:
                with suppress(ValueError):
                    yield json.loads(literal, strict=False)


def _rescued(source: str, text: str) -> str:
    """`text` if it is long enough, else the page's paragraphs as BeautifulSoup finds them."""
    if len(text) < _MIN_CHARACTERS:
        soup = BeautifulSoup(source, "lxml")
        paragraphs = (_text_of(tag) for tag in soup.find_all("p"))
        text = max(text, "\n\n".join(filter(None, paragraphs)), key=len)
    if len(text) < _MIN_CHARACTERS:
        raise UnusableError("no_article_text", f"{len(text)} characters of text found")
    return text


def parse_fragment(source: str) -> str:
    """Text of a piece of HTML, as feeds carry it: one paragraph a block, inline text joined as is.

    Raises UnusableError (too_large) for a tag of more than 10,000 attributes.
    """
    _check_attributes(source)
    return _text_of(BeautifulSoup(source, "lxml"))


def _text_of(root: Tag) -> str:
    """Text under a tag; a stack and no recursion, since pages nest as deep as they like."""
    parts: list[str] = []
    stack: list[PageElement | None] = [root]
    while stack:
        node = stack.pop()
        if node is None:
            parts.append("\n")
        elif isinstance(node, Tag):
            if node.name in _UNREAD:
                continue
            if node.name in _BLOCKS:
                parts.append("\n")
                stack.append(None)
            stack.extend(reversed(node.contents))
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            parts.append(_SPACE.sub(" ", node))
    return normalize_paragraphs("".join(parts))


# --- what a page says of itself -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Says:
    """The page's own words: JSON-LD nodes (the article first), meta values, elements."""

    article: dict[str, Any]
    metas: dict[str, str]
    times: list[str]
    headings: list[str]
    titles: list[str]
    language: str | None
    canonical: str | None
    url: str | None


def _read_page(tree: HtmlElement, url: str | None) -> _Says:
    root = tree.getroottree().getroot()
    metas = _metas(tree)
    links = tree.xpath("//link[@rel='canonical']/@href")
    return _Says(
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


def _title(says: _Says) -> str | None:
    """The page's headline: its og:title where another title agrees, without the site's name."""
    given = [_plain(says.metas[name]) for name in _TITLE_META if name in says.metas]
    given += _named(says.article.get("headline"))[:1]
    headings = says.headings if len(says.headings) == 1 else []
    given = [title for title in (*given, *headings, *says.titles) if title]
    if not given:
        return None
    host = _host(says.url or says.canonical or "")
    sites = [*_site_names(says), *filter(None, (host, host.removeprefix("www.")))]
    return _without_site(given[0], [*given[1:], *says.headings], sites)


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


def _site_names(says: _Says) -> list[str]:
    names = [_plain(says.metas[name]) for name in _SITE_META if name in says.metas]
    names += _named(says.article.get("publisher"))
    return [name for name in names if name]


# --- dates --------------------------------------------------------------------------------------

_Dated = tuple[datetime | None, str | None, str | None]


def _published(says: _Says, tree: HtmlElement, url: str | None) -> _Dated:
    """Time, precision and basis: the first source that gives a day; an instant, where one fits."""
    found = [(*read, basis) for basis, value in _given_dates(says) if (read := _instant(value))]
    if not found:
        return _guessed_day(tree, url)
    first = found[0]
    for moment, precision, basis in found:
        gap = abs((moment - first[0]).total_seconds())
        if precision == "second" and gap <= (_SAME_DAY if first[1] == "day" else 0):
            return moment, precision, basis
    return first


def _given_dates(says: _Says) -> Iterator[tuple[str, Any]]:
    for name in ("datePublished", "dateCreated", "uploadDate"):
        yield "json_ld", says.article.get(name)
    for name in _PUBLISHED_META:
        yield "meta", says.metas.get(name)
    for value in says.times:
        yield "meta", value


def _instant(value: Any) -> tuple[datetime, str] | None:
    values = [item for item in _listed(value) if isinstance(item, str)]
    return normalize_instant(values[0]) if values else None


def _guessed_day(tree: HtmlElement, url: str | None) -> _Dated:
    day = find_date(tree, original_date=True, url=url, min_date=_EARLIEST_DAY, max_date=_LATEST_DAY)
    read = normalize_instant(day) if day else None
    return (*read, "htmldate") if read else (None, None, None)


def _modified(says: _Says) -> datetime | None:
    given = [says.article.get("dateModified"), *map(says.metas.get, _MODIFIED_META)]
    read = filter(None, map(_instant, given))
    return next((moment for moment, precision in read if precision == "second"), None)


# --- the rest -----------------------------------------------------------------------------------


def _authors(says: _Says) -> str | None:
    names = _named(says.article.get("author"))
    if not names:
        given = (says.metas.get(name, "") for name in _AUTHOR_META)
        names = [_plain(next(filter(None, given), ""))]
    names = [name for name in dict.fromkeys(names) if name and not {"@", "/"} & set(name)]
    return "; ".join(names) or None


def _publisher(says: _Says) -> str | None:
    return next(iter(_site_names(says)), None)


def normalize_language(tag: str | None) -> str | None:
    """A language tag in BCP 47's usual spelling ("en_us" -> "en-US"), None for what is none."""
    match = _LANGUAGE.fullmatch(tag.strip()) if tag else None
    if match is None:
        return None
    region = match[2]
    return match[1].lower() + (f"-{region.upper()}" if region else "")


def _canonical(says: _Says) -> str | None:
    """The page's own address; a home page named as every article's address is none."""
    try:
        address = normalize_address(urljoin(says.url or "", says.canonical or ""))
        parts = urlsplit(address or "")
    except ValueError:  # "http://[" and the like
        return None
    return address if parts.path.strip("/") or parts.query else None
