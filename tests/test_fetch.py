"""Fetching: every way of misbehaving ends in time, with a reason; and what is right is read."""

from __future__ import annotations

import gzip
import multiprocessing
import re
import resource
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from flows.fetch import Condition, FetchError, Rules, fetch, parse_retry_after, redact
from flows.network import Allowed
from tests.misbehaving import WAYS, Site, answer, running

DEADLINE = 1.0
ATTEMPTS = 3
CLEAR, STATUS = Path("/proc/self/clear_refs"), Path("/proc/self/status")  # of Linux
# Right as HTTP: what is wrong with them is for the readers of feeds and pages to say.
RIGHT_AS_HTTP = {"html-for-a-feed", "bad-charset", "nul-bytes"}
REASONS = {
    "hang": "ReadTimeout",
    "drip": "ReadTimeout",
    "drip-in-headers": "ReadTimeout",
    "endless-headers": "RemoteProtocolError",
    "endless": "over 5 MiB",
    "endless-chunks": "over 5 MiB",
    "reset": "ReadError",
    "closed": "RemoteProtocolError",
    "short-length": "truncated: more bytes than the 10",
    "long-length": "truncated: peer closed",
    "cut-chunks": "truncated: peer closed",
    "cut-gzip": "truncated: the packed body is cut",
    "no-gzip": "the gzip body is damaged",
    "gzip-bomb": "over 5 MiB",
    "deflate-bomb": "over 5 MiB",
    "brotli-bomb": "unsupported encoding br",
    "double-gzip": "unsupported encoding gzip, gzip",
    "redirect-loop": "redirects in a circle",
    "redirect-chain": "more than 5 redirects",
    "redirect-to-private": "refused: 10.0.0.1 is not public",
    "redirect-to-file": "not an http address",
    "redirect-to-nowhere": "RemoteProtocolError \\(Invalid URL in location",
    "garbage": "RemoteProtocolError",
    "nul-in-headers": "RemoteProtocolError",
    "no-such-status": "status 999",
    "429": "status 429",
    "503": "status 503",
    "304": "status 304 to a request with no condition",
    "empty": "empty answer",
}
LASTING = {
    "endless", "endless-chunks", "gzip-bomb", "deflate-bomb", "brotli-bomb", "double-gzip",
    "redirect-loop", "redirect-chain", "redirect-to-private", "redirect-to-file",
    "short-length", "no-such-status",
}  # fmt: skip


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with running() as site:
        yield site


def fetch_for(pipe: Connection) -> None:
    """Serve a test: fetch what it asks for, and say what came, how long it took, the peak in MB.

    For a number it takes so much memory, and says its peak.
    """
    while True:
        try:
            asked = pipe.recv()
        except EOFError:
            return
        with suppress(OSError):
            CLEAR.write_text("5")
        if isinstance(asked, int):
            size = len(b"x" * asked)
            pipe.send(peak_megabytes() if size else 0)
            continue
        start = time.monotonic()
        message, retry = "", False
        try:
            fetch(*asked)
        except FetchError as error:
            message, retry = str(error), error.retry
        pipe.send((message, retry, time.monotonic() - start, peak_megabytes()))


def peak_megabytes() -> int:
    """Most memory that this process held since its count was cleared, or since it started."""
    if not STATUS.is_file():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 20
    lines = STATUS.read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) >> 10


def rules(site: Site, deadline: float = DEADLINE) -> Rules:
    return Rules(Allowed(hosts=frozenset({f"127.0.0.1:{site.port}"})), deadline=deadline)


def test_every_way_has_its_reason() -> None:
    assert WAYS.keys() == REASONS.keys() | RIGHT_AS_HTTP
    assert len(REASONS) >= 20


@pytest.fixture(scope="module")
def fetcher() -> Iterator[Connection]:
    """A process that fetches and nothing else, so that its peak of memory is the fetching's."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=fetch_for, args=(theirs,), daemon=True)
    child.start()
    theirs.close()
    yield ours
    ours.close()
    child.join(5)
    child.kill()


@pytest.mark.parametrize("way", [*REASONS, *sorted(RIGHT_AS_HTTP)])
def test_each_way_of_misbehaving_ends_within_its_deadline_and_300_mb(
    way: str, site: Site, fetcher: Connection
) -> None:
    for _ in range(ATTEMPTS):  # a machine may be too busy for a second; a hang is one each time
        fetcher.send((f"{site.base}/{way}", rules(site)))
        assert fetcher.poll(60), "it hangs"
        message, retry, seconds, megabytes = fetcher.recv()
        if seconds <= DEADLINE + 1:
            break
    assert seconds <= DEADLINE + 1
    assert megabytes <= 300
    if way in REASONS:
        assert re.match(REASONS[way], message), message
        assert retry is (way not in LASTING)
    else:
        assert message == ""


def test_the_peak_of_memory_is_seen(fetcher: Connection) -> None:
    fetcher.send(400 << 20)
    assert fetcher.poll(60)
    assert fetcher.recv() > 400


@pytest.mark.parametrize("way", sorted(RIGHT_AS_HTTP))
def test_what_is_right_as_http_is_read(way: str, site: Site) -> None:
    assert fetch(f"{site.base}/{way}", rules(site)).body


def test_a_right_answer_is_read_whole(site: Site) -> None:
    body = b"<p>The ministers met.</p>" * 1000
    site.extra["/page"] = answer(body, "Content-Type: text/html", 'ETag: "a1"', "Set-Cookie: s=1")
    read = fetch(f"{site.base}/page", rules(site))
    assert (read.body, read.media_type, read.condition) == (body, "text/html", Condition('"a1"'))
    assert read.head.startswith("HTTP/1.1 200 OK\r\nContent-Length: 25000")
    assert "s=1" not in read.head
    assert read.request.startswith("GET /page HTTP/1.1")
    assert "readout-news/0.1 (+https://" in read.request


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(b"one ", mtime=0) + gzip.compress(b"two", mtime=0)),
        ("deflate", zlib.compress(b"one two")),
        ("deflate", zlib.compress(b"one two", wbits=-15)),
        ("identity", b"one two"),
        ("GZIP", gzip.compress(b"one two", mtime=0)),
    ],
)
def test_packed_answers(encoding: str, packed: bytes, site: Site) -> None:
    site.extra["/packed"] = answer(packed, f"Content-Encoding: {encoding}")
    assert fetch(f"{site.base}/packed", rules(site)).body == b"one two"


def test_an_interim_answer_is_not_taken_for_a_body(site: Site) -> None:
    site.extra["/interim"] = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + answer(b"hello")
    assert fetch(f"{site.base}/interim", rules(site)).body == b"hello"


def test_a_condition_is_sent_and_304_believed(site: Site) -> None:
    site.extra["/kept"] = b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n"
    condition = Condition('"a1"', "Thu, 05 Mar 2020 10:00:00 GMT")
    read = fetch(f"{site.base}/kept", rules(site), condition)
    assert read.is_unchanged
    assert not read.body
    assert 'if-none-match: "a1"' in site.requests[-1].lower()
    assert "if-modified-since: thu, 05 mar 2020" in site.requests[-1].lower()


def test_redirects_are_followed_and_credentials_stay_behind(site: Site) -> None:
    target = f"http://other:secret@127.0.0.1:{site.port}/target"
    site.extra["/from"] = answer(b"", f"Location: {target}", status="301 Moved")
    site.extra["/target"] = answer(b"there")
    read = fetch(f"http://me:pass@127.0.0.1:{site.port}/from", rules(site))
    assert (read.url, read.body) == (f"{site.base}/target", b"there")
    assert "authorization: basic" in site.requests[-2].lower()
    assert "authorization" not in site.requests[-1].lower()
    assert "authorization" not in read.request.lower()


def test_errors_hold_no_secret(site: Site) -> None:
    address = f"http://me:hidden1@127.0.0.1:{site.port}/none?access_token=hidden2&id=7&key=hidden3"
    with pytest.raises(FetchError) as caught:
        fetch(address, rules(site))
    assert "hidden" not in str(caught.value)
    assert "id=7" in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "https://me:pw@a.example:8443/x?token=1&page=2",
            "https://a.example:8443/x?token=…&page=2",
        ),
        ("https://a.example/x?api_key=1&sig=2#top", "https://a.example/x?api_key=…&sig=…#top"),
        ("https://[2001:db8::1]:81/", "https://[2001:db8::1]:81/"),
        ("http://[::1/", "an address that is none"),
    ],
)
def test_redaction(url: str, expected: str) -> None:
    assert redact(url) == expected


@pytest.mark.parametrize("value", ["120", "Thu, 05 Mar 2020 10:02:00 GMT"])
def test_retry_after_in_seconds_and_as_a_date(value: str) -> None:
    assert parse_retry_after(value, datetime(2020, 3, 5, 10, tzinfo=UTC)) == 120


@pytest.mark.parametrize("value", [None, "", "soon", "-5", "1e9", "Thu, 32 Mar 2020 10:02:00 GMT"])
def test_no_retry_after(value: str | None) -> None:
    assert parse_retry_after(value) is None


def test_retry_after_comes_with_the_error(site: Site) -> None:
    with pytest.raises(FetchError) as caught:
        fetch(f"{site.base}/429", rules(site))
    assert caught.value.wait == 120
