"""Documents to articles: ids, dateline, language."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from transforms.articles import build_article
from transforms.documents import Document, Rejection
from transforms.records import Article

BODY = (
    "The foreign minister of Freeland, Marta Vance, received the ambassador of Norland on Monday "
    "and spoke with him of trade.\n\nThe ambassador thanked her for this."
)


@dataclass(frozen=True)
class Known:
    """A gazetteer with one city and two shapes."""

    places: Mapping[str, str] = field(default_factory=lambda: {"baku": "AZE"})
    countries: Mapping[str, str] = field(default_factory=dict)
    agencies: Mapping[str, str] = field(default_factory=lambda: {"trend": "Trend"})
    tables: Mapping[str, Sequence[Mapping[str, str]]] = field(
        default_factory=lambda: {
            "datelines": [
                {"kind": "shape", "pattern": pattern, "needs": needs, "code": ""}
                for pattern, needs in (
                    ("{WHERE}, {DATE}{STOP} {AGENCY}: ", "agency"),
                    ("{WHERE}, {DATE}{DASH}", "city"),
                )
            ]
        }
    )


KNOWN = Known()
DOCUMENT = Document(
    text=BODY,
    source_id="courier",
    raw_ref="urn:uuid:1",
    external_id="n-1",
    url="https://courier.example/1?utm_source=x",
)


def build(document: Document = DOCUMENT, **changes: object) -> Article:
    article = build_article(replace(document, **changes), KNOWN, "1+abc")  # type: ignore[arg-type]
    assert isinstance(article, Article)
    return article


def test_a_dispatch() -> None:
    text = "BAKU, March 5\n\nTrend:\n\n" + BODY
    article = build(text=text, published_at=datetime(2020, 3, 6, tzinfo=UTC))
    assert article.text == text
    assert (article.dateline_place, article.dateline_country) == ("BAKU", "AZE")
    assert (article.dateline_date, article.agency) == (date(2020, 3, 5), "Trend")
    assert article.text_sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert (article.revision, article.coder_version, article.raw_ref) == (1, "1+abc", "urn:uuid:1")


def test_ids_have_their_form_and_never_change() -> None:
    article = build()
    assert article == build()
    assert article.article_id == (
        "a" + hashlib.sha256(f"courier.example/1\n{article.text_sha256}".encode()).hexdigest()[:20]
    )
    assert article.story_id[0] == "s"
    assert len(article.story_id) == len(article.article_id) == 21


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({"raw_ref": "urn:uuid:2", "title": "New", "publisher": "P"}, True),
        ({"url": "https://courier.example/1?utm_medium=y#top"}, True),
        ({"external_id": "other"}, True),  # the address is the identity
        ({"canonical_url": "https://courier.example/1"}, True),
        ({"canonical_url": "http://courier.example/1/"}, True),
        ({"url": "https://courier.example/2"}, False),
        ({"text": BODY + " Edited."}, False),
    ],
)
def test_what_makes_a_version_of_an_article(changes: dict[str, Any], same: bool) -> None:
    assert (build(**changes).article_id == build().article_id) is same


def test_the_canonical_address_is_printed_as_the_rules_make_it() -> None:
    rows = [{"kind": "parameter", "name": "cmp", "value": ""}]
    known = Known(tables={**KNOWN.tables, "addresses": rows})
    document = replace(DOCUMENT, canonical_url="https://www.courier.example/1?CMP=feed")
    article = build_article(document, known, "1+abc")
    assert isinstance(article, Article)
    assert article.canonical_url == "https://www.courier.example/1"
    assert article.url == DOCUMENT.url


def test_without_an_address_the_id_counts() -> None:
    local = replace(DOCUMENT, url=None, source_id="local")
    assert build(local).article_id != build(local, external_id="n-2").article_id
    feed = replace(DOCUMENT, url=None)
    assert build(feed).article_id != build(feed, source_id="tribune").article_id
    bare = replace(DOCUMENT, url=None, external_id=None)
    assert build(bare).article_id == build(bare, source_id="tribune").article_id


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("BAKU, March 5\n\nTrend:\n\n" + BODY, True),
        ("BAKU, March 6 - " + BODY.upper().replace(",", " –"), True),
        (BODY.replace("Monday", "Tuesday"), False),
    ],
)
def test_reprints_share_a_story(text: str, same: bool) -> None:
    assert (build(text=text, url=None).story_id == build().story_id) is same


def test_the_dateline_dates_what_nothing_else_does() -> None:
    article = build(text="BAKU, March 5, 2020 - " + BODY)
    assert article.published_at == datetime(2020, 3, 5, tzinfo=UTC)
    assert (article.published_precision, article.published_basis) == ("day", "dateline")
    undated = build(text="BAKU, March 5 - " + BODY)
    assert (undated.published_at, undated.published_basis) == (None, None)


@pytest.mark.parametrize(
    ("published", "fetched", "doubt"),
    [
        ("2020-03-05T10:00", "2020-03-05T11:00", None),
        ("2020-03-06T10:00", "2020-03-05T11:00", None),  # a zone taken for another
        ("2020-03-07T10:00", "2020-03-05T11:00", "future"),
        ("2020-03-07T10:00", None, None),
        ("1970-01-01T00:00", None, "ancient"),
        (None, "2020-03-05T11:00", None),
    ],
)
def test_doubtful_dates(published: str | None, fetched: str | None, doubt: str | None) -> None:
    moments = [
        datetime.fromisoformat(each).replace(tzinfo=UTC) if each else None
        for each in (published, fetched)
    ]
    article = build(published_at=moments[0], fetched_at=moments[1])
    assert article.published_doubt == doubt


SPANISH = (
    "El ministro de Exteriores recibió al embajador el lunes en la capital y habló con él del "
    "comercio, de la energía y de las elecciones de la región, según un comunicado. "
) * 3


@pytest.mark.parametrize(
    ("given", "text", "expected"),
    [
        (None, BODY, "en"),
        (None, SPANISH, "es"),
        ("es", SPANISH, "es"),
        ("en-GB", BODY, "en-GB"),
        ("en", SPANISH, "es"),  # a template's word for a text that is not English
        ("en", "Vance meets envoy", "en"),
        ("de", BODY, "en"),  # likewise
        (None, "Вэнс приняла посла", None),  # too short to tell
        (None, "Министр иностранных дел приняла посла в столице в понедельник. " * 4, "ru"),
        (None, "外相は月曜日に首都で大使と会談し、貿易とエネルギーについて話し合った。" * 8, "ja"),
    ],
)
def test_languages(given: str | None, text: str, expected: str | None) -> None:
    assert build(language=given, text=text).language == expected


@pytest.mark.parametrize("text", ["", " \u200b\n", "--- …"])
def test_a_text_without_words_is_rejected(text: str) -> None:
    found = build_article(replace(DOCUMENT, text=text), KNOWN, "1")
    assert isinstance(found, Rejection)
    assert found.reason == "empty"
