"""Pages that hang or grow without end are given up, and the next one is read."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from flows import page_worker
from flows.page_worker import Reader, parse_limited
from transforms.documents import Document, Rejection
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
    reader = Reader(seconds=1.0, megabytes=100)
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
    (rejected,) = reader.parse(record)
    assert isinstance(rejected, Rejection)
    assert rejected.reason == reason
    assert detail in str(rejected.detail)
    (document,) = reader.parse(GOOD)
    assert isinstance(document, Document)


def test_a_page_of_some_size_is_read_by_the_child_as_in_place() -> None:
    padding = "<!-- " + "x" * page_worker.FROM_BYTES + " -->"
    large = RawRecord("file:large.html", "text/html", GOOD.payload + padding.encode())
    (document,) = parse_limited(large)
    assert isinstance(document, Document)
    assert page_worker._READER._child is not None
    assert document.text == TEXT.replace("</p>", "\n\n").replace("<p>", "").strip()
    page_worker._READER.close()


def test_a_small_page_starts_no_child() -> None:
    page_worker._READER.close()
    parse_limited(GOOD)
    assert page_worker._READER._child is None
