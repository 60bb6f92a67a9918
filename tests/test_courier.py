"""Politeness, on a clock of its own: pauses, waits, robots.txt, hosts that do not answer."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import UTC, datetime

import pytest

from flows.courier import POSTPONED, Courier, Request
from flows.fetch import Condition, FetchError, Response, Rules

NOW = 1_000_000.0


class World:
    """A clock that only sleeping moves, and servers made of a dict."""

    def __init__(self, pages: dict[str, bytes | FetchError | list[bytes | FetchError]]) -> None:
        self.pages = pages
        self.seconds = 0.0
        self.asked: list[tuple[float, str]] = []
        self.busy: Counter[str] = Counter()
        self.most_busy = 0
        self.lock = threading.Lock()

    def fetch(self, url: str, rules: Rules, condition: Condition | None) -> Response:
        self.asked.append((self.seconds, url))
        found = self.pages.get(url, FetchError("status 404", status=404))
        if isinstance(found, list):
            found = found.pop(0)
        if isinstance(found, FetchError):
            raise found
        return Response(url, "text/html", found, datetime(2020, 3, 5, tzinfo=UTC))

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds

    def courier(self, waits: dict[str, float] | None = None) -> Courier:
        return Courier(
            waits,
            parallel=1,
            fetch=self.fetch,
            clock=lambda: self.seconds,
            now=lambda: NOW + self.seconds,
            sleep=self.sleep,
        )

    def times(self, url: str) -> list[float]:
        return [seconds for seconds, asked in self.asked if asked == url]


def robots(
    text: str, host: str = "a.example"
) -> dict[str, bytes | FetchError | list[bytes | FetchError]]:
    return {f"https://{host}/robots.txt": text.encode()}


def ask(world: World, *urls: str, pause: float = 1.0, scope: str = "s") -> list[str]:
    requests = [Request(url, scope, pause=pause) for url in urls]
    answers = world.courier().fetch_all(requests)
    return [str(a) if isinstance(a, FetchError) else a.body.decode() for a in answers]


def test_answers_come_in_order_over_many_hosts() -> None:
    urls = [f"https://{host}.example/{n}" for n in range(3) for host in "abc"]
    world = World({url: url[-1].encode() for url in urls})
    assert ask(world, *urls) == [url[-1] for url in urls]


def test_the_pause_lies_between_any_two_requests_to_a_host() -> None:
    world = World({f"https://a.example/{n}": b"x" for n in range(4)})
    ask(world, *(f"https://a.example/{n}" for n in range(4)), pause=5)
    moments = [seconds for seconds, _ in world.asked]
    gaps = [after - before for before, after in zip(moments, moments[1:], strict=False)]
    assert len(gaps) == 4  # robots.txt is one of them
    assert all(5 <= gap <= 6.25 for gap in gaps)


def test_a_longer_crawl_delay_is_kept() -> None:
    world = World(robots("User-agent: *\nCrawl-delay: 20\n") | {"https://a.example/1": b"x"})
    ask(world, "https://a.example/1")
    assert world.times("https://a.example/1")[0] >= 20


def test_robots_are_asked_for_once_and_obeyed_by_name() -> None:
    world = World(
        robots("User-agent: readout-news\nDisallow: /no\n\nUser-agent: *\nDisallow: /\n")
        | {"https://a.example/yes": b"yes"}
    )
    found = ask(world, "https://a.example/yes", "https://a.example/no/1", "https://a.example/no")
    assert found == ["yes", *["robots.txt of a.example forbids it"] * 2]
    assert len(world.times("https://a.example/robots.txt")) == 1


@pytest.mark.parametrize(
    ("error", "is_read"),
    [
        (FetchError("status 404", status=404), True),
        (FetchError("status 403", status=403), True),
        (FetchError("redirects in a circle"), True),
        (FetchError("status 503", status=503, retry=True), False),
        (FetchError("ReadTimeout", kind="timeout", retry=True), False),
        (FetchError("ConnectError", kind="connect", retry=True), False),
    ],
)
def test_no_robots_forbid_nothing_and_a_host_that_is_down_forbids_all(
    error: FetchError, is_read: bool
) -> None:
    world = World({"https://a.example/robots.txt": error, "https://a.example/1": b"x"})
    (found,) = ask(world, "https://a.example/1")
    assert (found == "x") is is_read


def test_a_hiccup_is_tried_once_more() -> None:
    hiccup = FetchError("status 500", retry=True, status=500)
    world = World({"https://a.example/1": [hiccup, b"x"], "https://a.example/2": [hiccup, hiccup]})
    assert ask(world, "https://a.example/1", "https://a.example/2") == ["x", "status 500"]


def test_a_short_wait_is_waited_for_and_a_long_one_kept_over_runs() -> None:
    short = FetchError("status 429", retry=True, wait=8, status=429)
    long = FetchError("status 429", retry=True, wait=3600, status=429)
    world = World({"https://a.example/1": [short, b"x"], "https://a.example/2": [long, b"y"]})
    waits: dict[str, float] = {}
    urls = ("https://a.example/1", "https://a.example/2", "https://a.example/2")
    one, two, three = world.courier(waits).fetch_all([Request(url, "s") for url in urls])
    assert isinstance(one, Response)
    assert isinstance(two, FetchError)
    assert isinstance(three, FetchError)
    assert three.kind == POSTPONED
    assert waits == {"s a.example": pytest.approx(NOW + world.seconds + 3600, abs=5)}
    (again,) = world.courier(waits).fetch_all([Request(urls[2], "s")])
    assert isinstance(again, FetchError)
    world.seconds += 3600
    (later,) = world.courier(waits).fetch_all([Request(urls[2], "s")])
    assert isinstance(later, Response)
    assert waits == {}


def test_a_host_that_cannot_be_connected_to_is_asked_once() -> None:
    down = FetchError("ConnectError", kind="connect", retry=True)
    urls = [f"https://a.example/{n}" for n in range(5)]
    world = World(robots("") | dict.fromkeys(urls, down))
    assert set(ask(world, *urls)) == {"ConnectError"}
    assert len(world.asked) == 2


def test_pages_of_a_source_that_has_stopped_answering_are_put_off() -> None:
    silent = FetchError("ReadTimeout", kind="timeout", retry=True)
    urls = [f"https://a.example/{n}" for n in range(6)]
    world = World(dict.fromkeys(urls, silent))
    found = ask(world, *urls)
    assert found == ["ReadTimeout"] * 3 + ["a.example has stopped answering"] * 3


@pytest.mark.parametrize("url", ["", "nothing", "http://", "http://[::1/x"])
def test_what_is_no_address(url: str) -> None:
    assert ask(World({}), url) == ["no valid address"]


@pytest.mark.parametrize(
    "noise", ["\x00\xff" * 1000, "Disallow: /" + "*a" * 5000, "User-agent\n:::"]
)
def test_robots_that_are_noise(noise: str) -> None:
    world = World(robots(noise) | {"https://a.example/1": b"x"})
    assert ask(world, "https://a.example/1") == ["x"]
