"""News sitemaps and sitemap indexes to entries: addresses with what the sitemap says of them."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import datetime, tzinfo
from itertools import islice

import re2  # type: ignore[import-untyped]
from lxml import etree

from .cleaning import UnusableError, normalize_address, normalize_instant, normalize_line

MAX_BYTES = 50_000_000  # the standard's own limit, unpacked
MAX_ENTRIES = 50_000  # likewise
_GZIP = b"\x1f\x8b"
_HEAD = 4_096  # bytes in which the root element stands
_ROOT = re2.compile(rb"<(?:\w+:)?(urlset|sitemapindex)[\s>]")


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """One page, or with `is_list` one sitemap of an index. Times are UTC."""

    url: str
    title: str | None
    language: str | None
    published_at: datetime | None
    published_precision: str | None
    modified_at: datetime | None
    is_list: bool


def unpacked(payload: bytes) -> bytes:
    """A list or feed as it is, or out of its one gzip file (sitemap.xml.gz).

    Raises UnusableError: too_large over MAX_BYTES, truncated, bad_archive.
    """
    if not payload.startswith(_GZIP):
        return payload
    inflate = zlib.decompressobj(31)
    try:
        plain = inflate.decompress(payload, MAX_BYTES + 1)
    except zlib.error as error:
        raise UnusableError("bad_archive", "damaged gzip") from error
    if len(plain) > MAX_BYTES:
        raise UnusableError("too_large", f"over {MAX_BYTES} bytes unpacked")
    if not inflate.eof:
        raise UnusableError("truncated", "the gzip file ends before its end")
    return plain


def is_sitemap(payload: bytes) -> bool:
    """Whether bytes look like a sitemap or an index of them."""
    return bool(_ROOT.search(payload[:_HEAD]))


def parse_sitemap(payload: bytes, zone: tzinfo | None = None) -> tuple[list[SitemapEntry], bool]:
    """The entries in order, and whether the sitemap is cut or holds more than are read.

    Raises UnusableError: bad_feed for what is no sitemap, too_large over MAX_BYTES.
    """
    if len(payload) > MAX_BYTES:
        raise UnusableError("too_large", f"{len(payload)} bytes, {MAX_BYTES} are read")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_comments=True
    )
    try:
        root = etree.fromstring(payload, parser=parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnusableError("bad_feed", "no XML") from error
    if root is None or _name(root) not in ("urlset", "sitemapindex"):
        raise UnusableError("bad_feed", "no sitemap")
    is_index = _name(root) == "sitemapindex"
    entries = [
        entry
        for node in islice(root, MAX_ENTRIES)
        if (entry := _entry(node, is_index, zone)) is not None
    ]
    is_cut = len(root) > MAX_ENTRIES or _is_open(payload)
    return entries, is_cut


def _is_open(payload: bytes) -> bool:
    end = payload[-200:].rstrip()
    return not (end.endswith(b"urlset>") or end.endswith(b"sitemapindex>"))


def _name(node: etree._Element) -> str:
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def _entry(node: etree._Element, is_index: bool, zone: tzinfo | None) -> SitemapEntry | None:
    """The entry of a node; None for one without a web address."""
    news = next((each for each in node if _name(each) == "news"), ())
    said = {_name(each): (each.text or "").strip() for each in (*news, *node)}
    url = normalize_line(said.get("loc", ""))
    if not normalize_address(url):
        return None
    published = normalize_instant(said.get("publication_date", ""), zone)
    modified = normalize_instant(said.get("lastmod", ""), zone)
    return SitemapEntry(
        url=url,
        title=normalize_line(said.get("title", "")) or None,
        language=said.get("language") or None,
        published_at=published[0] if published else None,
        published_precision=published[1] if published else None,
        modified_at=modified[0] if modified and modified[1] == "second" else None,
        is_list=is_index,
    )
