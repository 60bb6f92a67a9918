"""Pages read in a process that can be killed: 20 seconds and 300 MB each, and the run goes on.

Parsers for the markup of others hang or grow without end on some of it, in C, where no exception
reaches them. So markup of any size is read by a child process, one for each process that asks,
started at the first such record and anew after each kill; that costs about 0.4 ms a record. Small
records of plain text, and JSON with no markup in it, are read in place: no foreign parser sees
them, and our own rules take linear time.
"""

from __future__ import annotations

import atexit
import multiprocessing
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from transforms.documents import Parsed, Rejection, parse_record
from transforms.raw_record import RawRecord

from .settings import page_rules

SECONDS = 20.0
MEGABYTES = 300
FROM_BYTES = 64 << 10  # smaller records without markup are read in this process
_MARKUP = ("html", "xml", "rss", "atom")
_IN_JSON = (b"<", b"\\u003c", b"\\u003C")
_HEAD = 2_000  # bytes in which a text shows that it is a page
_START_SECONDS = 60.0
_PAGE = 4096
_FIRST = RawRecord("file:first.html", "text/html", b"<article><p>A page.</p></article>")


def parse_limited(record: RawRecord) -> list[Parsed]:
    """`parse_record`, within the limits; a Rejection ("over_limits") where they do not suffice."""
    if _has_markup(record) or len(record.payload) >= FROM_BYTES:
        return _READER.parse(record)
    return parse_record(record, page_rules())


def _has_markup(record: RawRecord) -> bool:
    """Whether a parser of markup may get to see a record."""
    kind = record.media_type.lower()
    if any(word in kind for word in _MARKUP):
        return True
    signs, part = (
        (_IN_JSON, record.payload) if "json" in kind else ((b"<",), record.payload[:_HEAD])
    )
    return any(sign in part for sign in signs)


class Reader:
    """Reads records in a child process, one after the other."""

    def __init__(self, seconds: float = SECONDS, megabytes: int = MEGABYTES) -> None:  # noqa: D107
        self._seconds = seconds
        self._megabytes = megabytes
        self._lock = threading.Lock()
        self._child: BaseProcess | None = None
        self._pipe: Connection | None = None

    def parse(self, record: RawRecord) -> list[Parsed]:
        """Read one record; what the child could not read is a Rejection that says why."""
        with self._lock:
            pipe = self._pipe or self._start()
            try:
                pipe.send(record)
                if pipe.poll(self._seconds):
                    found = pipe.recv()
                    return found if isinstance(found, list) else self._failed(record, found)
                reason = f"more than {self._seconds:g} s"
            except (EOFError, OSError):
                reason = f"the reader broke down (it may use {self._megabytes} MB)"
            self.close()
            return [Rejection("over_limits", reason, record.uri)]

    def _failed(self, record: RawRecord, error: str) -> list[Parsed]:
        self.close()
        reason = "over_limits" if error.startswith("MemoryError") else "parser_failed"
        return [Rejection(reason, error, record.uri)]

    def _start(self) -> Connection:
        context = multiprocessing.get_context("spawn")  # fork and threads do not go together
        ours, theirs = context.Pipe()
        self._child = context.Process(target=_serve, args=(theirs, self._megabytes), daemon=True)
        with _may_have_children():
            self._child.start()
        theirs.close()
        self._pipe = ours
        if ours.poll(_START_SECONDS):
            with suppress(EOFError, OSError):
                ours.recv()  # it is ready: what it took to start is not on the first page's account
        return ours

    def close(self) -> None:
        """End the child, if there is one."""
        if self._pipe is not None:
            self._pipe.close()
        if self._child is not None:
            self._child.kill()
            self._child.join()
        self._child = self._pipe = None


@contextmanager
def _may_have_children() -> Iterator[None]:
    """Let a daemonic process (a Dask worker under its nanny) start one for the time of the block.

    Python forbids it since such a child might outlive its parent; ours ends when its pipe closes.
    """
    config: dict[str, Any] = getattr(multiprocessing.current_process(), "_config", {})
    is_daemon = config.pop("daemon", None)
    try:
        yield
    finally:
        if is_daemon is not None:
            config["daemon"] = is_daemon


def _serve(pipe: Connection, megabytes: int) -> None:
    """The child: a list of what was read for each record, or the name of the error that ends it."""
    parse_record(_FIRST, page_rules())  # what is loaded but once is on no page's account
    _limit_memory(megabytes)
    pipe.send("ready")
    while True:
        try:
            record = pipe.recv()
        except (EOFError, KeyboardInterrupt):  # the parent is gone, or all are told to end
            return
        pipe.send(_read(record, pipe))


def _read(record: Any, pipe: Connection) -> list[Parsed]:
    try:
        return parse_record(record, page_rules())
    except Exception as error:
        pipe.send(f"{type(error).__name__}: {error}"[:300])
        raise SystemExit(1) from None


def _limit_memory(megabytes: int) -> None:
    """Let this process grow by so much and no more, where the system can (Linux)."""
    statm = Path("/proc/self/statm")
    if not statm.is_file():
        return
    import resource

    now = int(statm.read_text().split()[0]) * _PAGE
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (now + (megabytes << 20), hard))


_READER = Reader()
atexit.register(_READER.close)
