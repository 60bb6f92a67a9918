"""Raw records to documents, links and rejections: every media type, every kind of damage."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from transforms.documents import (
    JSONL_TYPE,
    Document,
    Link,
    Parsed,
    Rejection,
    parse_media_type,
    parse_record,
    split_jsonl,
)
from transforms.raw_record import FAILURE_TYPE, Hints, RawRecord
from transforms.records import QUARANTINE_REASONS

SENTENCE = "The foreign minister of Freeland, Marta Vance, received the ambassador on Monday. "
PAGE = (
    f"<html lang='en'><head><title>A visit</title></head><body><p>{SENTENCE * 3}</p></body></html>"
)
DAY = datetime(2020, 3, 5, tzinfo=UTC)


def parse(
    payload: bytes | str, media_type: str = "text/plain", uri: str = "file:visit.txt", **more: Any
) -> list[Parsed]:
    data = payload.encode() if isinstance(payload, str) else payload
    return parse_record(RawRecord(uri, media_type, data, **more))


def document(*arguments: Any, **more: Any) -> Document:
    (found,) = parse(*arguments, **more)
    assert isinstance(found, Document)
    return found


def rejection(*arguments: Any, **more: Any) -> Rejection:
    (found,) = parse(*arguments, **more)
    assert isinstance(found, Rejection)
    assert found.reason in QUARANTINE_REASONS
    return found


def line(**fields: Any) -> Document:
    return document(json.dumps({"text": SENTENCE} | fields), JSONL_TYPE, "file:all.jsonl")


@pytest.mark.parametrize(
    ("head", "section"),
    [
        ('<script type="application/ld+json">{"@type": "NewsArticle", "articleSection": '
         '["World &amp; Europe", "Norland"]}</script>', "World & Europe"),
        ('<meta property="article:section" content=" Politics ">', "Politics"),
        (f'<meta property="article:section" content="{"trade, " * 20}">', None),
        ("", None),
    ],
)  # fmt: skip
def test_the_section_is_the_one_that_the_page_names(head: str, section: str | None) -> None:
    page = PAGE.replace("</head>", f"{head}</head>")
    assert document(page, "text/html", "https://courier.example/a").section == section


def test_a_line_says_its_section_before_its_page() -> None:
    assert line(section="World").section == "World"
    assert line().section is None


def test_the_country_of_the_source_is_the_publishers() -> None:
    read = document(PAGE, "text/html", hints=Hints(country="NOR"))
    assert read.publisher_country == "NOR"
    assert document(PAGE, "text/html").publisher_country is None


def test_a_text_file() -> None:
    record = RawRecord(
        "file:visit.txt", "text/plain", b"date 2020-03-05\n\nBAKU, March 5 - They met."
    )
    (found,) = parse_record(record)
    assert found == Document(
        text="BAKU, March 5 - They met.",
        source_id="local",
        raw_ref=record.record_id,
        external_id="visit",
        published_at=DAY,
        published_precision="day",
        published_basis="input",
    )


@pytest.mark.parametrize(
    ("uri", "external_id", "url"),
    [
        ("file:visit.txt", "visit", None),
        ("file:v1.2.TXT", "v1.2", None),
        ("file:visit.html.gz", "visit", None),
        ("file:visit", "visit", None),
        ("https://courier.example/visit.html", None, "https://courier.example/visit.html"),
    ],
)
def test_ids_and_addresses(uri: str, external_id: str | None, url: str | None) -> None:
    found = document(SENTENCE, uri=uri)
    assert (found.external_id, found.url) == (external_id, url)


@pytest.mark.parametrize(
    "media_type", ["text/html", "Text/HTML; charset=utf-8", "application/xhtml+xml", "text/plain"]
)
def test_pages(media_type: str) -> None:
    fetched = datetime(2026, 1, 2, tzinfo=UTC)
    found = document(
        PAGE,
        media_type,
        "https://courier.example/1",
        source_id="courier",
        publisher="Courier",
        fetched_at=fetched,
    )
    assert found.text == (SENTENCE * 3).strip()
    assert (found.title, found.publisher, found.language) == ("A visit", "Courier", "en")
    assert (found.source_id, found.fetched_at) == ("courier", fetched)


def test_a_jsonl_line() -> None:
    found = line(
        id="n-1",
        url="https://courier.example/1",
        title=" A  visit ",
        published="2020-03-05T10:00:00+04:00",
        publisher="Courier",
        authors=["Jane Roe", "Max Poe"],
        language="en_GB",
    )
    assert found.text == SENTENCE.strip()
    assert (found.external_id, found.url) == ("n-1", "https://courier.example/1")
    assert (found.title, found.publisher) == ("A visit", "Courier")
    assert (found.authors, found.language) == ("Jane Roe; Max Poe", "en-GB")
    assert found.published_at == datetime(2020, 3, 5, 6, tzinfo=UTC)
    assert (found.published_precision, found.published_basis) == ("second", "input")


@pytest.mark.parametrize(
    ("published", "expected", "precision"),
    [
        ("2020-03-05", DAY, "day"),
        ("Thu, 05 Mar 2020 00:00:00 GMT", DAY, "second"),
        (1583366400, DAY, "second"),
        (1583366400000, DAY, "second"),
        ("last week", None, None),
        (True, None, None),
        (10**400, None, None),
        (["2020-03-05"], None, None),
        (None, None, None),
    ],
)
def test_an_unreadable_date_is_none(
    published: object, expected: datetime | None, precision: str | None
) -> None:
    found = line(published=published)
    assert (found.published_at, found.published_precision) == (expected, precision)
    assert (found.published_basis is None) == (expected is None)


def test_html_in_a_line_goes_through_the_page_reader() -> None:
    fields = {"id": 7, "html": PAGE, "title": "Better"}
    found = document(json.dumps(fields), JSONL_TYPE)
    assert (found.text, found.title) == ((SENTENCE * 3).strip(), "Better")
    assert found.external_id == "7"
    short = document(json.dumps({"html": "<p>They <b>met</b>.</p>"}), JSONL_TYPE)
    assert short.text == "They met."


@pytest.mark.parametrize(
    ("payload", "reason", "detail"),
    [
        ("{", "bad_json", "Expecting"),
        ("[1, 2]", "bad_json", "no JSON object"),
        ("null", "bad_json", "no JSON object"),
        ("[" * 100_000, "bad_json", "nested too deep"),
        ('{"id": "1"}', "bad_record", "neither text nor html"),
        ('{"text": null, "html": null}', "bad_record", "neither text nor html"),
        ('{"text": 5}', "bad_record", "text is no string but int"),
        ('{"text": "a", "title": ["x"]}', "bad_record", "title is no string but list"),
        ('{"text": "a", "id": {}}', "bad_record", "id is no string but dict"),
        ('{"text": "a", "id": true}', "bad_record", "id is no string but bool"),
        ('{"text": " \\u200b "}', "empty", ""),
        ('{"html": ""}', "no_article_text", ""),
        (b"\x00\x01\x02" * 40, "not_text", ""),
    ],
)
def test_bad_lines_have_a_reason(payload: str | bytes, reason: str, detail: str) -> None:
    found = rejection(payload, JSONL_TYPE, "file:all.jsonl")
    assert found.reason == reason
    assert detail in (found.detail or "")
    assert found.url == "file:all.jsonl"


def test_lone_surrogates_are_cleaned_away() -> None:
    found = document('{"text": "They met \\ud83d today.", "title": "A \\udfff B"}', JSONL_TYPE)
    assert (found.text, found.title) == ("They met today.", "A B")


def test_jsonl_is_split_at_its_lines() -> None:
    lines = [b'\xef\xbb\xbf{"a": 1}\n', b"\n", b"  \r\n", b'{"b": 2}\r\n', b"{broken"]
    records = list(split_jsonl(lines, "file:all.jsonl", "courier"))
    assert [record.payload for record in records] == [b'{"a": 1}', b'{"b": 2}', b"{broken"]
    assert {record.uri for record in records} == {"file:all.jsonl"}
    assert {record.source_id for record in records} == {"courier"}


def test_feeds_give_documents_links_and_rejections_in_order() -> None:
    found = parse(
        '<rss version="2.0"><channel><title>Courier</title>'
        f"<item><title>One</title><guid>1</guid><description>{SENTENCE * 4}</description>"
        "<pubDate>Thu, 05 Mar 2020 00:00:00 GMT</pubDate></item>"
        "<item><title>Two</title><link>https://courier.example/2</link></item>"
        "<item><title>Three</title></item></channel></rss>",
        "application/rss+xml",
        "file:feed.xml",
    )
    one, two, three = found
    assert isinstance(one, Document)
    assert (one.external_id, one.publisher, one.published_basis) == ("1", "Courier", "feed")
    assert one.published_at == DAY
    assert two == Link("https://courier.example/2", "Two")
    assert three == Rejection("no_article_text", "Three", "file:feed.xml")


def test_lists_of_addresses() -> None:
    found = parse("# pages\nhttps://c.example/1\nnot one\n", "text/uri-list", "file:list.txt")
    assert found == [
        Link("https://c.example/1"),
        Rejection("bad_record", "line 3 is no address: not one", "file:list.txt"),
    ]


@pytest.mark.parametrize(
    ("payload", "media_type", "reason"),
    [
        ("", "text/plain", "empty"),
        ("date 2020-03-05\n\n", "text/plain", "empty"),
        (bytes(range(256)) * 4, "text/plain", "not_text"),
        ("<p>Short.</p>", "text/html", "no_article_text"),
        ("<p>Not a feed.</p>", "application/rss+xml", "bad_feed"),
        ("", "application/atom+xml", "bad_feed"),
        ("x", "application/pdf", "unsupported"),
        ("x", "", "unsupported"),
        ('{"reason": "truncated", "detail": "line 3"}', FAILURE_TYPE, "truncated"),
    ],
)
def test_unusable_records_have_a_reason(payload: str, media_type: str, reason: str) -> None:
    assert rejection(payload, media_type).reason == reason


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("text/html", ("text/html", None)),
        ('Text/HTML ; Charset="UTF-8"; x=y', ("text/html", "UTF-8")),
        ("text/html; charset=", ("text/html", None)),
        ("", ("", None)),
    ],
)
def test_media_types(value: str, expected: tuple[str, str | None]) -> None:
    assert parse_media_type(value) == expected
