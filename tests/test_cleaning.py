"""Bytes to text, text to its normal form, words to instants."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from transforms.cleaning import (
    UnusableError,
    normalize_address,
    normalize_instant,
    normalize_line,
    normalize_paragraphs,
    normalize_plain,
    parse_bytes,
)

RUSSIAN = "Министр принял посла в Москве и обсудил с ним торговлю. " * 4
QUOTE = "“It’s a fair deal – £5 million,” the envoy said."


@pytest.mark.parametrize(
    ("payload", "declared", "expected"),
    [
        (QUOTE.encode(), None, QUOTE),
        (QUOTE.encode(), "iso-8859-1", QUOTE),  # UTF-8 wrongly declared
        (QUOTE.encode("utf-8-sig"), None, QUOTE),
        (QUOTE.encode("utf-16"), None, QUOTE),
        (b"\xff\xfe\x00\x00" + QUOTE.encode("utf-32-le"), None, QUOTE),
        (QUOTE.encode("windows-1252"), "latin-1", QUOTE),
        (QUOTE.encode("windows-1252"), None, QUOTE),
        (QUOTE.encode("windows-1252"), "no-such-charset", QUOTE),
        (RUSSIAN.encode("windows-1251"), "windows-1251", RUSSIAN),
        (RUSSIAN.encode("windows-1251"), None, RUSSIAN),
        (RUSSIAN.encode("koi8-r"), "KOI8-R", RUSSIAN),
        ("外相が会談した".encode("iso-2022-jp"), "iso-2022-jp", "外相が会談した"),
        ("外相が会談した".encode("shift_jis"), "Shift_JIS", "外相が会談した"),
        (b"", None, ""),
    ],
)
def test_bytes_of_any_charset_become_text(
    payload: bytes, declared: str | None, expected: str
) -> None:
    assert parse_bytes(payload, declared) == expected


def test_a_page_names_its_own_charset() -> None:
    page = '<meta charset="windows-1251"><p>Встреча</p>'
    assert parse_bytes(page.encode("windows-1251"), is_html=True) == page


def test_a_few_broken_bytes_do_not_cost_the_text() -> None:
    payload = RUSSIAN.encode() + b"\xff\xfe\xfa"
    assert parse_bytes(payload).startswith(RUSSIAN)


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 20, "not_text"),
        (b"%PDF-1.7\n" + b"\x00\x01\x02\x03" * 50, "not_text"),
        (bytes(range(128, 256)) * 50, "broken_encoding"),
        (b"\xff\xfe" + b"\x00\xd8" * 60, "broken_encoding"),
        (b"a" * 5_000_001, "too_large"),
    ],
)
def test_bytes_that_are_no_text_have_a_reason(payload: bytes, reason: str) -> None:
    with pytest.raises(UnusableError) as error:
        parse_bytes(payload)
    assert error.value.reason == reason


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one\u00a0two\u202fthree\u3000four", "one two three four"),
        ("so\u00adft zero\u200bwidth \ufefffeff\u2060", "soft zerowidth feff"),
        ("nul\x00 bell\x07 del\x7f c1\x9f", "nul bell del c1"),
        ("lone \ud83d surrogate", "lone surrogate"),
        ("\u200fright\u202e to left\u202c", "right to left"),
        ("cafe\u0301", "café"),
        ("a\r\nb\rc\u2028d\x0be", "a\n\nb\n\nc\n\nd\n\ne"),
        ("\n\n a  \n \t\n\n  b\n", "a\n\nb"),
        ("tab\tand   runs", "tab and runs"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # a joiner that Persian needs
        ("Latin\u200c word", "Latin word"),
        ("", ""),
    ],
)
def test_normal_form(text: str, expected: str) -> None:
    assert normalize_paragraphs(text) == expected
    assert normalize_paragraphs(expected) == expected


WRAPPED = """The foreign minister received the ambassador in the capital and
spoke with him about trade, transport and the coming elections in
the region.

They agreed to meet again.
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            WRAPPED,
            "The foreign minister received the ambassador in the capital and spoke with him "
            "about trade, transport and the coming elections in the region.\n\n"
            "They agreed to meet again.",
        ),
        (
            "First paragraph.\nSecond paragraph.\nThird.",
            "First paragraph.\n\nSecond paragraph.\n\nThird.",
        ),
        (
            "BAKU, Azerbaijan, March 5\n\nTrend:\n\nThey met.",
            "BAKU, Azerbaijan, March 5\n\nTrend:\n\nThey met.",
        ),
        (
            "A headline\nThe ministers of the two neighbouring countries met on Thursday in the\n"
            "old town.\n\nEnd.",
            "A headline\n\nThe ministers of the two neighbouring countries met on Thursday in the "
            "old town.\n\nEnd.",
        ),
        (f"{'long ' * 30}\nshort line\n\nEnd.", f"{('long ' * 30).strip()}\n\nshort line\n\nEnd."),
        ("", ""),
        (" \n\n ", ""),
    ],
)
def test_plain_text_is_unwrapped_where_it_was_wrapped(text: str, expected: str) -> None:
    assert normalize_plain(text) == expected


def test_a_line_is_one_line() -> None:
    assert normalize_line(" A title\n of\ttwo lines\u200b ") == "A title of two lines"


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2020-03-05", (utc(2020, 3, 5), "day")),
        ("2020-03-05T10:00:00+04:00", (utc(2020, 3, 5, 6), "second")),
        ("2020-03-05T10:00:00.750Z", (utc(2020, 3, 5, 10), "second")),
        ("2020-03-05T23:30:00-0500", (utc(2020, 3, 6, 4, 30), "second")),
        ("2020-03-05 10:00", (utc(2020, 3, 5), "day")),  # no zone: the day alone is sure
        ("Thu, 05 Mar 2020 10:00:00 +0400", (utc(2020, 3, 5, 6), "second")),
        ("Thu, 05 Mar 2020 10:00:00 GMT", (utc(2020, 3, 5, 10), "second")),
        ("Thu, 05 Mar 2020 10:00:00", (utc(2020, 3, 5), "day")),
        ("Thu, 05 Mar 2020 10:00:00 AZT", (utc(2020, 3, 5), "day")),  # a zone nobody knows
        ("March 5, 2020", (utc(2020, 3, 5), "day")),
        ("5 Sept. 2020", (utc(2020, 9, 5), "day")),
        ("Sun, 30 Feb 2020 10:00:00 GMT", None),
        ("30 February 2020", None),
        ("99999999999", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_instants(value: str, expected: tuple[datetime, str] | None) -> None:
    assert normalize_instant(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("https://news.example/a?utm_source=x&id=7#top", "https://news.example/a?id=7"),
        ("ftp://news.example/a", None),
        ("news.example/a", None),
        ("http://[", None),
        ("", None),
    ],
)
def test_addresses(value: str, expected: str | None) -> None:
    assert normalize_address(value) == expected
