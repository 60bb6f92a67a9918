"""An HTML page to the article on it: body by trafilatura, all else from what the page says.

One parse serves both: lxml's tree is read for JSON-LD, meta and time elements first
(page_facts.py), then for the paragraphs that it has (paragraphs.py), and given to trafilatura last:
its fast mode, and where that left much of the page's paragraphs out, its thorough one. A page whose
tree holds no article (nested deeper than lxml follows, no markup that trafilatura knows) is read
again by BeautifulSoup for its plain paragraphs; what is still empty is `UnusableError` with a
reason. Where the seeds know a publisher's pages better (publishers.py), its selectors come first.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, tzinfo

import re2  # type: ignore[import-untyped]
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement, PreformattedString
from lxml.etree import ParserError
from lxml.html import HtmlElement, HTMLParser, document_fromstring
from trafilatura import bare_extraction

from .cleaning import UnusableError, normalize_instant, normalize_paragraphs, parse_bytes
from .page_facts import (
    Dated,
    Facts,
    find_access,
    find_authors,
    find_canonical,
    find_modified,
    find_published,
    find_publisher,
    find_section,
    find_title,
    host_of,
    normalize_language,
    read_facts,
    without_headline,
)
from .page_kinds import check_kind, is_paywalled
from .page_rules import NO_RULES, PageRules
from .paragraphs import drop_unread, find_paragraphs
from .publishers import Publisher, Shown, drop_boxes, find_publisher_row, read_shown

MAX_BYTES = 5_000_000
_MAX_ATTRIBUTES = 10_000  # in one tag: the parser's time grows with their square
_MIN_CHARACTERS = 80  # less is a caption or an error message
_ENOUGH_FOUND = 0.6  # share of the page's solid paragraphs that a trusted extraction holds
_SPACE = re.compile(r"\s+")
_QUOTED = re2.compile(r""""[^"]*"?|'[^']*'?""")
_HEAD = 4_096  # characters in which a page begins
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r"))
# Browsers read "<html … />" as "<html …>"; libxml2 takes it for the whole page.
_CLOSED_ROOT = re2.compile(r"""(?i)^\s*(?:<!doctype[^<>]*>\s*)?<html(?:\s[^<>]*?[\s"'])?/>""")
_SCRIPT = re2.compile(r"(?is)<script\b.*?</script")
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
    section: str | None = None
    publisher: str | None = None
    language: str | None = None
    canonical_url: str | None = None
    published_at: datetime | None = None
    published_precision: str | None = None
    published_basis: str | None = None
    modified_at: datetime | None = None
    is_free: bool | None = None


def parse_page(
    payload: bytes,
    charset: str | None = None,
    url: str | None = None,
    zone: tzinfo | None = None,
    rules: PageRules = NO_RULES,
) -> Page:
    """Read a page from its bytes; `charset` is the one that its Content-Type names.

    `zone` is taken for times that name none; `rules` is what the seeds know of pages.

    Raises UnusableError: too_large over MAX_BYTES or 10,000 attributes in a tag, no_article_text,
    and what `parse_bytes` raises.
    """
    if len(payload) > MAX_BYTES:
        raise UnusableError("too_large", f"{len(payload)} bytes, {MAX_BYTES} are read")
    return parse_page_text(parse_bytes(payload, charset, is_html=True), url, zone, rules)


def parse_page_text(
    source: str,
    url: str | None = None,
    zone: tzinfo | None = None,
    rules: PageRules = NO_RULES,
) -> Page:
    """Read a page from its decoded HTML; raises UnusableError as `parse_page` does."""
    source = source.encode("utf-8", "replace").decode()  # JSON can hold lone surrogates
    _check_attributes(source)
    tree = _parsed(source)
    if tree is None:
        raise UnusableError("no_article_text", "no markup in it")
    says = read_facts(tree, url)
    dated = find_published(says, tree, url, zone)
    known = find_publisher_row(rules.publishers, host_of(says), dated[0])
    title, (day, precision, basis) = find_title(says), dated
    text = ""
    if known is not None:
        drop_boxes(known, tree)
        shown = read_shown(known, tree)
        title, (day, precision, basis) = shown.title or title, _shown_date(shown, zone) or dated
        text = "\n\n".join(filter(None, map(parse_fragment, shown.boxes)))
    if len(text) < _MIN_CHARACTERS:
        text = _body(tree, source, says, known)
    text = without_headline(text, title, says)
    check_kind(tree, says, text, rules)
    is_free = find_access(says)
    if is_free is None and is_paywalled(tree, text, rules):
        is_free = False
    return Page(
        text=text,
        title=title,
        authors=find_authors(says),
        section=find_section(says),
        publisher=find_publisher(says),
        language=normalize_language(says.language),
        canonical_url=find_canonical(says),
        published_at=day,
        published_precision=precision,
        published_basis=basis,
        modified_at=find_modified(says, zone),
        is_free=is_free,
    )


def _parsed(source: str) -> HtmlElement | None:
    """The page's tree; None for what has no element in it."""
    if root := _CLOSED_ROOT.match(source[:_HEAD]):
        source = f"{root.group()[:-2]}>{source[root.end() :]}"
    data = source.encode().translate(None, _CONTROLS)
    parser = HTMLParser(
        encoding="utf-8",
        collect_ids=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return document_fromstring(data, parser=parser)
    except (ParserError, ValueError):  # an empty document
        return None


def _check_attributes(source: str) -> None:
    """Raise UnusableError for a tag of more than 10,000 attributes."""
    # A tag so long leaves at least one stretch of half its length without "<": most have none.
    stretch = _MAX_ATTRIBUTES // 2
    end = 0
    for start in range(0, len(source), stretch):
        if start < end or source.find("<", start, start + stretch) >= 0:
            continue
        begin = source.rfind("<", 0, start) + 1
        end = source.find("<", start)
        end = len(source) if end < 0 else end
        if end - begin > _MAX_ATTRIBUTES:
            names = _QUOTED.sub(" ", source[begin:end].partition(">")[0])
            count = max(names.count("="), len(names.split()) - 1)
            if count > _MAX_ATTRIBUTES:
                raise UnusableError("too_large", f"{count} attributes in one tag")


def _shown_date(shown: Shown, zone: tzinfo | None) -> Dated | None:
    read = normalize_instant(shown.date, zone) if shown.date else None
    return (*read, "meta") if read else None


# --- the body -----------------------------------------------------------------------------------


def _body(tree: HtmlElement, source: str, says: Facts, known: Publisher | None) -> str:
    """Fast extraction first; the thorough one, on a new tree, where that left much out."""
    page = find_paragraphs(tree)
    drop_unread(tree)
    text = _extracted(tree, fast=True)
    if page.share_in(text) < _ENOUGH_FOUND and (anew := _parsed(source)) is not None:
        drop_boxes(known, anew)
        text = _extracted(anew, fast=False)
    text = page.restored(text)
    embedded = _embedded(says)
    if embedded.split() == text.split():
        text = embedded  # trafilatura takes it from the same place and joins its paragraphs
    if len(text) < _MIN_CHARACTERS:
        text = max((text, embedded, *map(parse_fragment, _scripted(source))), key=len)
    return _rescued(source, text)


def _extracted(tree: HtmlElement, *, fast: bool) -> str:
    found = bare_extraction(tree, fast=fast, include_comments=False, with_metadata=False)
    return normalize_paragraphs(getattr(found, "text", None) or "")


def _embedded(says: Facts) -> str:
    body = says.article.get("articleBody")
    if not isinstance(body, str):
        return ""
    return parse_fragment(body) if "<" in body else normalize_paragraphs(html.unescape(body))


def _scripted(source: str) -> Iterator[str]:
    """HTML inside JSON strings of scripts: how pages that draw themselves carry their article."""
    for match in _SCRIPT.finditer(source):
        code = match.group()
        if "<p" not in code and "\\u003cp" not in code:
            continue
        for quoted in _JSON_STRING.finditer(code):
            literal = quoted.group()
            if "<p" in literal or "\\u003cp" in literal:
                with suppress(ValueError):
                    yield json.loads(literal, strict=False)


def _rescued(source: str, text: str) -> str:
    """`text` if it is long enough, else the page's paragraphs as BeautifulSoup finds them."""
    if len(text) < _MIN_CHARACTERS:
        soup = BeautifulSoup(source, "lxml")
        paragraphs = (_text_of(tag) for tag in soup.find_all("p"))
        text = max(text, "\n\n".join(filter(None, paragraphs)), key=len)
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
