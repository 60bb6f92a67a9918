"""Pages that hang or grow without end are given up, and the next one is read."""

from __future__ import annotations

import json
import multiprocessing
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from typing import Any

import pytest

from flows import page_worker
from flows.page_worker import Reader, parse_limited
from transforms.documents import JSONL_TYPE, Document, Rejection
from transforms.page_rules import PageRules
from transforms.raw_record import RawRecord

TEXT = "<p>The foreign minister of Freeland received the ambassador of Norland on Monday.</p>" * 3
HANG = RawRecord("file:hang.html", "text/html", b"hang")
GROW = RawRecord("file:grow.html", "text/html", b"grow")
FAIL = RawRecord("file:fail.html", "text/html", b"fail")
DIE = RawRecord("file:die.html", "text/html", b"die")
GOOD = RawRecord("file:good.html", "text/html", f"<article>{TEXT}</article>".encode())


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    monkeypatch.setattr(page_worker, "_serve", misread)
    reader = Reader(seconds=60, megabytes=100)
    yield reader
    reader.close()


def misread(pipe: object, megabytes: int) -> None:
    """The child as it is, but with a parser that does what the payload says."""
    from transforms import documents

    true = documents.parse_record

    def parse(record: RawRecord, rules: PageRules) -> list[Any]:
        if record.payload == b"hang":
            time.sleep(30)
        if record.payload == b"grow":
            return [bytearray(400 << 20)]
        if record.payload == b"fail":
            raise ZeroDivisionError("by the page")
        if record.payload == b"die":
            import os

            os._exit(11)
        return true(record, rules)

    page_worker.parse_record = parse  # type: ignore[attr-defined,assignment]
    SERVE(pipe, megabytes)  # type: ignore[arg-type]


SERVE = page_worker._serve


@pytest.mark.parametrize(
    ("record", "reason", "detail"),
    [
        (HANG, "over_limits", "more than 1 s"),
        (GROW, "over_limits", "MemoryError"),
        (FAIL, "parser_failed", "ZeroDivisionError: by the page"),
        (DIE, "over_limits", "broke down"),
    ],
    ids=["hang", "grow", "fail", "die"],
)
def test_what_cannot_be_read_has_a_reason_and_the_next_page_is_read(
    record: RawRecord, reason: str, detail: str, reader: Reader
) -> None:
    reader._seconds = 1.0 if record is HANG else 60
    (rejected,) = reader.parse(record)
    assert isinstance(rejected, Rejection)
    assert rejected.reason == reason
    assert detail in str(rejected.detail)
    reader._seconds = 60
    (document,) = reader.parse(GOOD)
    assert isinstance(document, Document)


@pytest.mark.parametrize("size", [0, page_worker.FROM_BYTES])
def test_a_page_of_any_size_is_read_by_the_child_as_in_place(size: int) -> None:
    padding = "<!-- " + "x" * size + " -->"
    record = RawRecord("file:page.html", "text/html", GOOD.payload + padding.encode())
    page_worker._READER.close()
    (document,) = parse_limited(record)
    assert isinstance(document, Document)
    assert page_worker._READER._child is not None
    assert document.text == TEXT.replace("</p>", "\n\n").replace("<p>", "").strip()
    page_worker._READER.close()


PLAIN = "The foreign minister of Freeland received the ambassador of Norland on Monday."


@pytest.mark.parametrize(
    ("record", "by_child"),
    [
        (RawRecord("file:a.txt", "text/plain", PLAIN.encode()), False),
        (RawRecord("file:a.jsonl", JSONL_TYPE, json.dumps({"text": PLAIN}).encode()), False),
        (RawRecord("file:a.txt", "text/plain", b"<html>" + GOOD.payload), True),
        (RawRecord("file:a.jsonl", JSONL_TYPE, json.dumps({"html": TEXT}).encode()), True),
        (
            RawRecord("file:a.jsonl", JSONL_TYPE, b'{"html": "\\u003Cp>' + PLAIN.encode() + b'"}'),
            True,
        ),
        (RawRecord("file:a.xml", "application/rss+xml", b"no feed"), True),
        (RawRecord("file:a.txt", "text/plain", PLAIN.encode() * 1000), True),
    ],
)
def test_no_parser_of_markup_runs_outside_the_child(record: RawRecord, by_child: bool) -> None:
    page_worker._READER.close()
    assert parse_limited(record)
    assert (page_worker._READER._child is not None) is by_child
    page_worker._READER.close()


SMALL = 60_000
FLOODS = {
    "attributes": "<p " + "a='1' " * (SMALL // 6) + ">",
    "one attribute": f"<p a='{'x' * SMALL}'>",
    "nesting": "<div>" * (SMALL // 5),
    "nesting inline": "<b>" * (SMALL // 3),
    "open tags": "<" * SMALL,
    "comments": "<!--" * (SMALL // 4),
    "closed comments": "<!---->" * (SMALL // 7),
    "declarations": "<!x>" * (SMALL // 4),
    "entities": "&amp" * (SMALL // 4),
    "tables": "<table><tr><td>" * (SMALL // 15),
    "lists": "<ul><li>" * (SMALL // 8),
    "scripts": "<script><p>" * (SMALL // 11),
    "quotes": "<p title='" + '"' * SMALL,
    "json-ld": "<script type='application/ld+json'>" + "[" * SMALL + "</script>",
    "links": "<a href=x>" * (SMALL // 10),
    "classes": "<div class='" + "a " * (SMALL // 2) + "'>",
}


@pytest.fixture(scope="module")
def true_reader() -> Iterator[Reader]:
    reader = Reader()
    yield reader
    reader.close()


@pytest.mark.parametrize("flood", FLOODS)
@pytest.mark.parametrize("kind", ["text/html", "application/rss+xml", "application/json"])
def test_small_floods_are_read_or_have_a_reason_within_the_limits(
    flood: str, kind: str, true_reader: Reader
) -> None:
    body = FLOODS[flood]
    source = f"<html><body>{body}<article>{TEXT}</article>"
    if kind == "application/json":
        source = json.dumps({"id": "1", "html": source})
    elif kind != "text/html":
        source = f"<rss><channel><item><description>{body}</description></item></channel></rss>"
    found = true_reader.parse(RawRecord("https://courier.example/a", kind, source.encode()))
    assert found
    reasons = [item.reason for item in found if isinstance(item, Rejection)]
    assert not {"over_limits", "parser_failed"} & set(reasons)


@pytest.mark.parametrize("text", ["[" * SMALL, '{"a":' * (SMALL // 5), "9" * SMALL, '"' * SMALL])
@pytest.mark.parametrize("kind", ["text/plain", "application/json"])
def test_small_floods_without_markup_are_read_in_place(text: str, kind: str) -> None:
    page_worker._READER.close()
    (found,) = parse_limited(RawRecord("file:a", kind, text.encode()))
    assert isinstance(found, Document if kind == "text/plain" else Rejection)
    assert page_worker._READER._child is None


def read_in_a_daemon(pipe: Connection) -> None:
    """What a Dask worker under its nanny is: a process that may not have children."""
    pipe.send(parse_limited(GOOD))


def test_a_daemonic_process_has_its_pages_read_too() -> None:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    daemon = context.Process(target=read_in_a_daemon, args=(theirs,), daemon=True)
    daemon.start()
    theirs.close()
    assert ours.poll(60)
    (document,) = ours.recv()
    daemon.join(10)
    assert isinstance(document, Document)
