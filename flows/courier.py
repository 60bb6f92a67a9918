"""Politeness: many hosts at once, each host by one request at a time, with its pauses and rules.

robots.txt is read once a host and run (by protego); what it forbids is not fetched. Between two
requests to a host lies the source's pause or the host's Crawl-delay, whichever is longer, with some
jitter. A host that asks to be left alone (Retry-After) is, over runs as well; one that cannot be
connected to is not tried again in the same run.
"""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from protego import Protego

from .fetch import Condition, FetchError, Response, Rules, fetch

POSTPONED = "postponed"  # the kind of an error without a request
ROBOTS_NAME = "readout-news"  # the name that robots.txt may address
_ROBOTS_BYTES = 512 << 10  # more of a robots.txt is not read (RFC 9309 asks for 500 KiB)
_LONGEST_PAUSE = 60.0  # seconds; a Crawl-delay beyond it is not kept
_SHORT_WAIT = 10.0  # seconds of Retry-After that are waited for within a run
_RETRY_PAUSE = 2.0
_JITTER = 0.25  # share of a pause by which it may be longer
_MOST_SILENT = 3  # requests without an answer, then a host's other pages wait for the next run


@dataclass(frozen=True, slots=True)
class Request:
    """One address to fetch, for the source `scope`.

    `pause` is the least time in seconds after the request before it to the same host.
    """

    url: str
    scope: str = ""
    rules: Rules = field(default_factory=Rules)
    condition: Condition | None = None
    pause: float = 1.0
    is_page: bool = True

    @property
    def host(self) -> str:
        """The host's name, in lower case; "" for an address that is none."""
        try:
            return (urlsplit(self.url).hostname or "").lower()
        except ValueError:
            return ""

    @property
    def place(self) -> str:
        """Scheme, host and port: what a robots.txt holds for."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}".lower()


Answer = Response | FetchError
Fetch = Callable[[str, Rules, Condition | None], Response]


@dataclass(slots=True)
class _Host:
    """What is known of a host in this run; all but `last` by place or by scope."""

    last: float = float("-inf")
    robots: dict[str, Protego | FetchError | None] = field(default_factory=dict)
    unreachable: dict[str, FetchError] = field(default_factory=dict)
    silent: Counter[str] = field(default_factory=Counter)


class Courier:
    """Fetches for one run.

    `waits` is kept over runs by the caller: for "scope host" until when (seconds since 1970) that
    host is not to be asked for that source.
    """

    def __init__(
        self,
        waits: dict[str, float] | None = None,
        parallel: int = 8,
        fetch: Fetch = fetch,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.waits = waits if waits is not None else {}
        self._parallel = parallel
        self._fetch, self._clock, self._now, self._sleep = fetch, clock, now, sleep
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    def fetch_all(self, requests: Sequence[Request]) -> list[Answer]:
        """An answer to each request, in their order; never raises a FetchError."""
        groups: dict[str, list[int]] = {}
        for number, request in enumerate(requests):
            groups.setdefault(request.host, []).append(number)
        answers: dict[int, Answer] = {}

        def work(numbers: Iterable[int]) -> None:
            for number in numbers:
                try:
                    answers[number] = self._fetch_one(requests[number])
                except FetchError as error:
                    answers[number] = error

        with ThreadPoolExecutor(max(1, min(self._parallel, len(groups)))) as pool:
            list(pool.map(work, groups.values()))
        return [answers[number] for number in range(len(requests))]

    def _fetch_one(self, request: Request) -> Response:
        if not request.host:
            raise FetchError("no valid address")
        with self._lock:
            host = self._hosts.setdefault(request.host, _Host())
        if request.is_page and host.silent[request.scope] >= _MOST_SILENT:
            raise FetchError(f"{request.host} has stopped answering", retry=True, kind=POSTPONED)
        self._check_waits(request)
        pause = self._check_robots(request, host)
        try:
            response = self._patiently(request, host, pause)
        except FetchError as error:
            host.silent[request.scope] += error.kind == "timeout"
            raise
        host.silent[request.scope] = 0
        return response

    def _check_waits(self, request: Request) -> None:
        name = f"{request.scope} {request.host}"
        left = self.waits.get(name, 0.0) - self._now()
        if left > 0:
            message = f"{request.host} asked to be left alone for {left:.0f} s more"
            raise FetchError(message, retry=True, kind=POSTPONED)
        self.waits.pop(name, None)

    def _note_wait(self, request: Request, error: FetchError) -> None:
        if error.wait:
            self.waits[f"{request.scope} {request.host}"] = self._now() + error.wait

    def _patiently(self, request: Request, host: _Host, pause: float) -> Response:
        """Fetch, once more where a server's hiccup or a short wait is all that is in the way."""
        try:
            return self._after_pause(request, host, pause)
        except FetchError as error:
            wait = _RETRY_PAUSE if error.wait is None else error.wait
            if not error.retry or error.kind or wait > _SHORT_WAIT:
                self._note_wait(request, error)
                raise
        self._sleep(wait)
        try:
            return self._after_pause(request, host, pause)
        except FetchError as error:
            self._note_wait(request, error)
            raise

    def _after_pause(self, request: Request, host: _Host, pause: float) -> Response:
        if request.place in host.unreachable:
            raise host.unreachable[request.place]
        left = host.last + pause * (1 + random.random() * _JITTER) - self._clock()
        if left > 0:
            self._sleep(left)
        try:
            return self._fetch(request.url, request.rules, request.condition)
        except FetchError as error:
            if error.kind == "connect":
                host.unreachable[request.place] = error
            raise
        finally:
            host.last = self._clock()

    # --- robots.txt -----------------------------------------------------------------------------

    def _check_robots(self, request: Request, host: _Host) -> float:
        """The pause that the host asks for. Raises FetchError where it forbids the address."""
        if request.place not in host.robots:
            host.robots[request.place] = self._robots(request, host)
        robots = host.robots[request.place]
        if isinstance(robots, FetchError):
            raise robots
        if robots is None:
            return request.pause
        if not robots.can_fetch(request.url, ROBOTS_NAME):
            raise FetchError(f"robots.txt of {request.host} forbids it")
        asked = float(robots.crawl_delay(ROBOTS_NAME) or 0)
        return max(request.pause, min(asked, _LONGEST_PAUSE))

    def _robots(self, request: Request, host: _Host) -> Protego | FetchError | None:
        """The rules of a host; None where it has none; an error where it gives no clear answer.

        As RFC 9309 has it: a host whose robots.txt is not there (4xx, redirects without end)
        forbids nothing, one that cannot give it (5xx, no answer) forbids all, until it can.
        """
        rules = replace(request.rules, max_bytes=_ROBOTS_BYTES)
        url = f"{request.place}/robots.txt"
        asked = replace(request, url=url, rules=rules, condition=None)
        try:
            body = self._after_pause(asked, host, request.pause).body
        except FetchError as error:
            if error.kind == "connect":
                return error
            is_down = error.kind == "timeout" or (error.status or 0) >= 500 or error.status == 429
            if is_down:
                self._note_wait(request, error)
                return FetchError(f"robots.txt: {error}", retry=True, wait=error.wait)
            return None
        return Protego.parse(body.decode("utf-8", "replace"))
