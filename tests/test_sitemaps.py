"""Sitemaps, JSON Feed and feeds of odd kinds: bytes in, links and articles out, all told."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from transforms.cleaning import UnusableError
from transforms.documents import Document, Link, Parsed, Rejection, parse_record
from transforms.feeds import MAX_ENTRIES, parse_feed, parse_json_feed
from transforms.raw_record import Hints, RawRecord
from transforms.sitemaps import is_sitemap, parse_sitemap, unpacked

SPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)
LONG = "The ministers of Freeland and Norland met on Monday and spoke of trade. " * 5


def urls(*entries: str) -> bytes:
    inner = "".join(f"<url>{entry}</url>" for entry in entries)
    return f'<?xml version="1.0"?><urlset {SPACES}>{inner}</urlset>'.encode()


def record(payload: bytes, media_type: str = "application/xml", zone: str = "") -> RawRecord:
    hints = Hints(timezone=zone) if zone else None
    return RawRecord("https://courier.example/map", media_type, payload, "s", hints=hints)


def reasons(parsed: list[Parsed]) -> list[str]:
    return [item.reason for item in parsed if isinstance(item, Rejection)]


def test_a_news_sitemap_says_title_and_time() -> None:
    payload = urls(
        "<loc>https://courier.example/1</loc><lastmod>2020-03-06T10:00:00Z</lastmod>"
        "<image:image><image:loc>https://courier.example/1.jpg</image:loc>"
        "<image:title>A picture</image:title></image:image>"
        "<news:news><news:publication><news:name>Courier</news:name>"
        "<news:language>en</news:language></news:publication>"
        "<news:publication_date>2020-03-05T10:00:00+04:00</news:publication_date>"
        "<news:title>Talks &amp; trade</news:title></news:news>",
        "<loc>not an address</loc>",
        "<loc> https://courier.example/2 </loc><lastmod>2020-03-06</lastmod>",
    )
    one, two = parse_record(record(payload))
    assert one == Link(
        "https://courier.example/1",
        "Talks & trade",
        datetime(2020, 3, 5, 6, tzinfo=UTC),
        "second",
        modified_at=datetime(2020, 3, 6, 10, tzinfo=UTC),
    )
    assert two == Link("https://courier.example/2")


def test_an_index_names_lists() -> None:
    payload = (
        f"<sitemapindex {SPACES}><sitemap><loc>https://courier.example/a.xml.gz</loc></sitemap>"
        "</sitemapindex>"
    ).encode()
    assert parse_record(record(gzip.compress(payload))) == [
        Link("https://courier.example/a.xml.gz", is_list=True)
    ]


@pytest.mark.parametrize(
    ("payload", "found"),
    [
        (urls("<loc>https://a.example/1</loc>")[:-9], ["truncated"]),
        (gzip.compress(urls())[:-10], ["truncated"]),
        (b"\x1f\x8bnothing", ["bad_archive"]),
        (gzip.compress(bytes(60_000_000)), ["too_large"]),
        (b"<urlset", ["bad_feed"]),
        (b"<html><body>Sign in</body></html>", ["bad_feed"]),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', ["bad_feed"]),
        (b"{", ["bad_feed"]),
        (b"", ["bad_feed"]),
    ],
    ids=range(9),
)
def test_damaged_lists_have_their_reason(payload: bytes, found: list[str]) -> None:
    assert reasons(parse_record(record(payload))) == found


def test_entities_of_a_sitemap_are_not_followed() -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    payload = (
        f'<!DOCTYPE x [<!ENTITY e0 "x"><!ENTITY f SYSTEM "file:///etc/passwd">{bomb}]>'
        f"<urlset {SPACES}><url><loc>https://a.example/&f;</loc></url>"
        "<url><loc>https://a.example/&e9;</loc></url></urlset>"
    ).encode()
    found = parse_record(record(payload))
    assert "root:" not in str(found)
    assert len(str(found)) < 1000


def test_fifty_thousand_entries_are_read_in_no_time() -> None:
    payload = urls(*(f"<loc>https://a.example/{n}</loc>" for n in range(50_001)))
    entries, is_cut = parse_sitemap(payload)
    assert (len(entries), is_cut) == (50_000, True)


def test_a_feed_of_a_hundred_thousand_items_is_read_in_part_and_says_so() -> None:
    item = "<item><title>T{n}</title><link>https://a.example/{n}</link></item>"
    items = "".join(item.format(n=n) for n in range(100_000))
    payload = f'<rss version="2.0"><channel><title>C</title>{items}</channel></rss>'.encode()
    feed = parse_feed(payload)
    assert (len(feed.entries), feed.is_long) == (MAX_ENTRIES, True)
    assert feed.entries[-1].url == f"https://a.example/{MAX_ENTRIES - 1}"


def test_a_guid_of_several_entries_is_none() -> None:
    items = "".join(
        f"<item><guid isPermaLink='false'>same</guid><description>{n} {LONG}</description></item>"
        for n in range(3)
    )
    payload = f'<rss version="2.0"><channel>{items}</channel></rss>'.encode()
    parsed = parse_record(record(payload))
    assert [item.external_id for item in parsed if isinstance(item, Document)] == [None] * 3


def test_a_time_without_a_zone_has_the_one_of_its_source() -> None:
    payload = (
        b"<rss version='2.0'><channel><item><title>T</title><link>https://a.example/1</link>"
        b"<pubDate>Thu, 05 Mar 2020 10:00:00</pubDate></item></channel></rss>"
    )
    (link,) = parse_record(record(payload, zone="Asia/Baku"))
    assert isinstance(link, Link)
    assert link.published_at == datetime(2020, 3, 5, 6, tzinfo=UTC)
    (plain,) = parse_record(record(payload))
    assert isinstance(plain, Link)
    assert (plain.published_at, plain.published_precision) == (
        datetime(2020, 3, 5, tzinfo=UTC),
        "day",
    )


def json_feed(*items: object) -> bytes:
    version = "https://jsonfeed.org/version/1.1"
    return json.dumps({"version": version, "title": "Courier", "items": items}).encode()


def test_a_json_feed() -> None:
    payload = json_feed(
        {
            "id": 7,
            "url": "https://courier.example/7",
            "title": "Talks \ud800",
            "content_html": f"<p>{LONG}</p><script>x</script>",
            "date_published": "2020-03-05T10:00:00",
            "date_modified": "2020-03-05T12:00:00Z",
            "authors": [{"name": "Jane Roe"}, {"name": "Max Poe"}, {}],
        },
        {"id": "8", "url": "https://courier.example/8", "summary": "Short"},
        {"id": "9", "content_text": "One paragraph.\nAnother."},
        "noise",
    )
    feed = parse_json_feed(payload, ZoneInfo("Asia/Baku"))
    whole, link, text = feed.entries
    assert (whole.external_id, whole.title, whole.authors) == ("7", "Talks", "Jane Roe; Max Poe")
    assert whole.text == LONG.strip()
    assert whole.published_at == datetime(2020, 3, 5, 6, tzinfo=UTC)
    assert (link.text, link.url) == (None, "https://courier.example/8")
    assert text.text == "One paragraph.\n\nAnother."
    for media_type in ("application/feed+json", "application/json", "application/xml"):
        parsed = parse_record(record(payload, media_type))
        assert [type(item) for item in parsed] == [Document, Link, Document]


def test_what_is_a_sitemap() -> None:
    assert is_sitemap(urls())
    assert is_sitemap(b"<ns:urlset xmlns:ns='x'>")
    assert not is_sitemap(b"<rss><channel><title>urlset</title></channel></rss>")


def test_unpacking_leaves_plain_bytes_alone() -> None:
    assert unpacked(b"<rss/>") == b"<rss/>"
    with pytest.raises(UnusableError):
        unpacked(b"\x1f\x8b")
