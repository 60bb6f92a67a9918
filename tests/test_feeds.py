"""Feeds and lists of addresses: bytes in, entries out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from transforms.cleaning import UnusableError
from transforms.feeds import Entry, parse_addresses, parse_feed

LONG = "The ministers of Freeland and Norland met on Monday and spoke of trade. " * 5


def rss(*items: str, head: str = "") -> bytes:
    body = "".join(f"<item>{item}</item>" for item in items)
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content='
        '"http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>Courier</title><language>en-gb</language>{head}{body}</channel></rss>"
    ).encode()


def only(payload: bytes, url: str | None = None) -> Entry:
    (entry,) = parse_feed(payload, url=url).entries
    return entry


def test_an_entry_with_its_article() -> None:
    feed = parse_feed(
        rss(
            "<title>A visit &amp;amp; talks</title><link>https://courier.example/1</link>"
            "<guid isPermaLink='false'>c-1</guid><dc:creator>Jane Roe</dc:creator>"
            "<pubDate>Thu, 05 Mar 2020 10:00:00 +0400</pubDate><description>Short</description>"
            f"<content:encoded><![CDATA[<p>{LONG}</p><script>x()</script><p>End.</p>]]>"
            "</content:encoded>"
        )
    )
    (entry,) = feed.entries
    assert (feed.title, feed.language, feed.is_cut) == ("Courier", "en-gb", False)
    assert entry.text == LONG.strip() + "\n\nEnd."
    assert (entry.url, entry.external_id) == ("https://courier.example/1", "c-1")
    assert (entry.title, entry.authors) == ("A visit & talks", "Jane Roe")
    assert entry.published_at == datetime(2020, 3, 5, 6, tzinfo=UTC)
    assert (entry.published_precision, entry.modified_at) == ("second", None)


def test_an_atom_entry() -> None:
    entry = only(
        b'<feed xmlns="http://www.w3.org/2005/Atom"><title>Courier</title><entry>'
        b"<title>A visit</title><id>tag:1</id><link href='/1'/>"
        b"<published>2020-03-05T10:00:00Z</published><updated>2020-03-05T12:00:00Z</updated>"
        b"<content type='html'>&lt;p&gt;" + LONG.encode() + b"&lt;/p&gt;</content></entry></feed>",
        url="https://courier.example/feed",
    )
    assert entry.text == LONG.strip()
    assert entry.url == "https://courier.example/1"
    assert entry.published_at == datetime(2020, 3, 5, 10, tzinfo=UTC)
    assert entry.modified_at == datetime(2020, 3, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("item", "text", "url"),
    [
        ("<link>https://c.example/1</link>", None, "https://c.example/1"),
        (
            f"<link>https://c.example/1</link><description>{LONG}</description>",
            None,
            "https://c.example/1",
        ),
        (
            "<link>https://c.example/1</link><content:encoded>A teaser.</content:encoded>",
            None,
            "https://c.example/1",
        ),
        (
            f"<link>https://c.example/1</link><content:encoded>{LONG}…</content:encoded>",
            None,
            "https://c.example/1",
        ),
        (f"<description>{LONG}</description>", LONG.strip(), None),
        (f"<link>javascript:void(0)</link><description>{LONG}</description>", LONG.strip(), None),
        ("<title>Nothing more</title>", None, None),
    ],
)
def test_teasers_are_links(item: str, text: str | None, url: str | None) -> None:
    entry = only(rss(item))
    assert (entry.text, entry.url) == (text, url)


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Thu, 05 Mar 2020 10:00:00", (datetime(2020, 3, 5, tzinfo=UTC), "day")),
        ("Thu, 05 Mar 2020 10:00:00 AZT", (datetime(2020, 3, 5, tzinfo=UTC), "day")),
        ("Sun, 30 Feb 2020 10:00:00 GMT", (None, None)),
        ("99999999999", (None, None)),
    ],
)
def test_dates_are_not_made_up(date: str, expected: tuple[datetime | None, str | None]) -> None:
    entry = only(rss(f"<link>https://c.example/1</link><pubDate>{date}</pubDate>"))
    assert (entry.published_at, entry.published_precision) == expected


@pytest.mark.parametrize("charset", ["windows-1251", "utf-8", "utf-16"])
def test_the_charset_of_the_declaration(charset: str) -> None:
    source = (
        f'<?xml version="1.0" encoding="{charset}"?><rss version="2.0"><channel>'
        "<item><title>Встреча</title><link>https://c.example/1</link></item></channel></rss>"
    )
    assert only(source.encode(charset)).title == "Встреча"


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"no feed at all",
        b"<html><body><p>Not found</p></body></html>",
        b'<rss version="2.0"><channel>' + b"<!--" * 2_000,
    ],
)
def test_what_is_no_feed(payload: bytes) -> None:
    with pytest.raises(UnusableError) as error:
        parse_feed(payload)
    assert error.value.reason == "bad_feed"


def test_entities_do_not_grow() -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(
            f'<!ENTITY {name} "{f"&{before};" * 10}">'.encode()
            for before, name in zip("abcdefg", "bcdefgh", strict=True)
        )
        + b']><rss version="2.0"><channel><item><title>&h;</title>'
        b"<link>https://c.example/1</link></item></channel></rss>"
    )
    assert all(len(entry.title or "") < 1_000 for entry in parse_feed(bomb).entries)


def test_a_feed_without_its_end_says_so() -> None:
    whole = rss(*(f"<link>https://c.example/{n}</link>" for n in range(3)))
    assert not parse_feed(whole).is_cut
    cut = parse_feed(whole[: whole.index(b"example/2")])
    assert cut.is_cut
    assert [entry.url for entry in cut.entries][:2] == [
        "https://c.example/0",
        "https://c.example/1",
    ]


def test_a_list_of_addresses() -> None:
    lines = b"# pages\nhttps://c.example/1\n\n  https://c.example/2  \r\nnot one\n"
    assert list(parse_addresses(lines)) == [
        (2, "https://c.example/1", "https://c.example/1"),
        (4, "https://c.example/2", "https://c.example/2"),
        (5, "not one", None),
    ]
