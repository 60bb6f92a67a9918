"""Archives: what is in them, and what is wrong with them."""

from __future__ import annotations

import gzip
import io
import json
import zlib

import pytest
from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

from transforms.raw_record import FAILURE_TYPE, RawRecord
from transforms.warc import parse_warc

HTML = "text/html; charset=windows-1251"
PAGE = "<p>Встреча министров</p>".encode("windows-1251") * 20
ARCHIVE = "file:news.warc.gz"
Headers = list[tuple[str, str]]


def archive(*records: tuple[str, bytes, Headers, str], is_gzip: bool = True) -> bytes:
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=is_gzip)
    for address, body, headers, status in records:
        http = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
        record = writer.create_warc_record(
            address, "response", payload=io.BytesIO(body), http_headers=http
        )
        writer.write_record(record)
    return stream.getvalue()


def response(
    n: int, body: bytes = PAGE, *headers: tuple[str, str], kind: str = HTML, status: str = "200 OK"
) -> tuple[str, bytes, Headers, str]:
    return f"https://news.example/{n}", body, [("Content-Type", kind), *headers], status


def read(data: bytes) -> list[RawRecord]:
    return list(parse_warc(io.BytesIO(data), ARCHIVE))


def outcomes(data: bytes) -> list[tuple[str, str]]:
    """(uri, "ok" or the reason of a failure) of each record."""
    return [
        (
            record.uri,
            json.loads(record.payload)["reason"] if record.media_type == FAILURE_TYPE else "ok",
        )
        for record in read(data)
    ]


@pytest.mark.parametrize("is_gzip", [True, False])
def test_pages_come_out_as_they_were_served(is_gzip: bool) -> None:
    (record,) = read(archive(response(1), is_gzip=is_gzip))
    assert record == RawRecord("https://news.example/1", HTML, PAGE)


def test_an_archive_in_one_gzip_member() -> None:
    data = gzip.compress(archive(response(1), response(2), is_gzip=False))
    assert outcomes(data) == [(f"https://news.example/{n}", "ok") for n in (1, 2)]


CHUNKED = ("Transfer-Encoding", "chunked")


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(PAGE, mtime=0), [("Content-Encoding", "gzip")]),
        (zlib.compress(PAGE), [("Content-Encoding", "deflate")]),
        (zlib.compress(PAGE)[2:-4], [("Content-Encoding", "deflate")]),
        (PAGE, [("Content-Encoding", "gzip")]),  # undone by the crawler
        (b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE), [CHUNKED]),
    ],
)
def test_encodings_are_undone(body: bytes, headers: Headers) -> None:
    (record,) = read(archive(response(1, body, *headers)))
    assert record.payload == PAGE


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (response(1, b"\x8b\x02", ("Content-Encoding", "br")), "unsupported"),
        (
            response(1, gzip.compress(PAGE, mtime=0)[:-12], ("Content-Encoding", "gzip")),
            "truncated",
        ),
        (response(1, b"\x1f\x8b\x08" + PAGE, ("Content-Encoding", "gzip")), "bad_archive"),
        (
            response(1, gzip.compress(b" " * 20_000_001, mtime=0), ("Content-Encoding", "gzip")),
            "too_large",
        ),
        (response(1, b" " * 20_000_001), "too_large"),
    ],
)
def test_a_bad_record_has_a_reason_and_the_others_are_read(
    record: tuple[str, bytes, Headers, str], reason: str
) -> None:
    found = outcomes(archive(response(0), record, response(2)))
    assert [outcome for _, outcome in found] == ["ok", reason, "ok"]
    assert found[1][0] == "https://news.example/1"


def test_what_is_no_article_is_passed_over() -> None:
    data = archive(
        response(1, kind="image/png"),
        response(2, status="404 Not Found"),
        response(3, status="301 Moved"),
        response(4, kind="application/rss+xml"),
        response(5, b"<p>no type</p>", kind=""),
    )
    assert [record.media_type for record in read(data)] == ["application/rss+xml", "text/html"]


@pytest.mark.parametrize("is_gzip", [True, False])
@pytest.mark.parametrize("share", [0.55, 0.7, 0.9, 0.97])
def test_a_cut_archive_never_reads_as_whole(is_gzip: bool, share: float) -> None:
    whole = archive(*(response(n, PAGE * (n + 1)) for n in range(4)), is_gzip=is_gzip)
    found = outcomes(whole[: int(len(whole) * share)])
    assert [reason for _, reason in found].count("truncated") == 1
    assert found[-1][1] == "truncated"
    assert 1 <= len(found) <= 4
    assert all(reason == "ok" for _, reason in found[:-1])


def test_a_changed_byte_is_noticed() -> None:
    whole = bytearray(archive(response(1), response(2), is_gzip=False))
    whole[whole.index(PAGE) + 5] ^= 1
    assert [reason for _, reason in outcomes(bytes(whole))] == ["bad_archive", "ok"]


def test_a_changed_byte_under_gzip_is_noticed() -> None:
    whole = bytearray(archive(response(1)))
    whole[len(whole) // 2] ^= 255
    assert outcomes(bytes(whole))[-1][1] in ("bad_archive", "truncated")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "bad_archive"),
        (b"hello\n" * 50, "bad_archive"),
        (b"\x1f\x8b\x08garbage", "bad_archive"),
        (archive(response(1), is_gzip=False)[:40], "truncated"),
    ],
)
def test_what_is_no_archive(data: bytes, reason: str) -> None:
    assert outcomes(data) == [(ARCHIVE, reason)]


def test_padding_after_the_end_is_no_fault() -> None:
    assert outcomes(archive(response(1)) + b"\0" * 512) == [("https://news.example/1", "ok")]


def test_a_length_that_lies_is_noticed() -> None:
    whole = archive(response(1), is_gzip=False)
    lying = whole.replace(b"Content-Length: ", b"Content-Length: 9", 1)
    assert outcomes(lying) == [("https://news.example/1", "truncated")]


def test_local_addresses_lose_their_folders() -> None:
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=True)
    for address in ("file:///visit.html", "urn:tool:log", "dns:news.example"):
        writer.write_record(
            writer.create_warc_record(
                address, "resource", payload=io.BytesIO(PAGE), warc_content_type="text/html"
            )
        )
    assert [record.uri for record in read(stream.getvalue())] == ["file:visit.html"]
