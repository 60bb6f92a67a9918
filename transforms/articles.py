"""A document becomes an article: dateline, agency, language, and the ids that never change.

The ids are made from content alone. An article's identity is its address (the page's own one, else
the given one; addresses.py says which addresses are one), else the id that its source gave it, else
its text; `article_id` adds the text, so that an edited page is a new version under the same
identity. `story_id` is made from the words behind dateline and agency line, as if the article had
no copies; which it has is settled over all articles (stories.py).
"""

from __future__ import annotations

import hashlib
import re
from datetime import datetime, timedelta

from .addresses import address_key, canonical_address
from .cleaning import normalize_day, normalize_paragraphs
from .documents import Document, Rejection
from .languages import find_language
from .records import Article, Fingerprint
from .stories import find_bands, folded_words, own_story_id
from .wires import Dateline, Gazetteer, Rows, find_dateline

_WORDS = re.compile(r"\w+")
_AHEAD = timedelta(days=1)
_EARLIEST_YEAR = 1990


def build_article(
    document: Document, lexicon: Gazetteer, coder_version: str
) -> Article | Rejection:
    """The article of a document, as revision 1; which revision it is is settled over all articles.

    A text in which no word is left is a Rejection ("empty").
    """
    text = normalize_paragraphs(document.text)
    dateline = find_dateline(text, lexicon, document.published_at)
    words = folded_words(text[_start(text, dateline) :])
    if not words:
        return Rejection("empty", "no word in it", document.url)
    text_sha256 = _sha256(text)
    published_at, precision, basis = _published(document, dateline)
    addresses = lexicon.tables.get("addresses", ())
    canonical = document.canonical_url and canonical_address(document.canonical_url, addresses)
    identity = _identity(document, canonical, addresses, text_sha256)
    return Article(
        article_id="a" + _sha256(f"{identity}\n{text_sha256}")[:20],
        page_id="p" + _sha256(identity)[:20],
        external_id=document.external_id,
        source_id=document.source_id,
        url=document.url,
        canonical_url=canonical,
        publisher=document.publisher,
        publisher_country=document.publisher_country,
        title=document.title,
        authors=document.authors,
        section=document.section,
        language=find_language(document.language, text),
        published_at=published_at,
        published_precision=precision,
        published_basis=basis,
        published_doubt=_doubt(published_at, document.fetched_at),
        modified_at=document.modified_at,
        fetched_at=document.fetched_at,
        agency=dateline.agency if dateline else None,
        dateline_place=dateline.place if dateline else None,
        dateline_country=dateline.country if dateline else None,
        dateline_date=dateline.day if dateline else None,
        is_free=document.is_free,
        text=text,
        text_sha256=text_sha256,
        story_id=own_story_id(words),
        raw_ref=document.raw_ref,
        coder_version=coder_version,
    )


def find_fingerprint(article: Article, gazetteer: Gazetteer) -> Fingerprint:
    """What its near-copies are found by."""
    start = _start(article.text, find_dateline(article.text, gazetteer))
    words = folded_words(article.text[start:])
    return Fingerprint(
        article_id=article.article_id,
        own_story_id=own_story_id(words),
        body_start=start,
        bands=find_bands(words),
        coder_version=article.coder_version,
    )


def _start(text: str, dateline: Dateline | None) -> int:
    """Where the words begin that make up the story: behind the dateline, if any are there."""
    return dateline.end if dateline and _WORDS.search(text, dateline.end) else 0


def _identity(document: Document, canonical: str | None, addresses: Rows, text_sha256: str) -> str:
    """What stays the same when the text is edited. Ids of sources are unique within them only."""
    given = document.url or ""
    address = canonical or canonical_address(given, addresses)
    if address:
        return address_key(address, addresses)
    if given:
        return given
    if document.external_id is None:
        return text_sha256
    is_local = document.source_id == "local"
    return document.external_id if is_local else f"{document.source_id}\n{document.external_id}"


def _published(
    document: Document, dateline: Dateline | None
) -> tuple[datetime | None, str | None, str | None]:
    """Time, precision and basis: the document's, else the dateline's day."""
    if document.published_at is None and dateline and dateline.day:
        return normalize_day(dateline.day), "day", "dateline"
    return document.published_at, document.published_precision, document.published_basis


def _doubt(published: datetime | None, fetched: datetime | None) -> str | None:
    """Why a publication time can hardly be right; the future is known of what was fetched alone."""
    if published is None:
        return None
    if fetched is not None and published > fetched + _AHEAD:
        return "future"
    return "ancient" if published.year < _EARLIEST_YEAR else None


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
