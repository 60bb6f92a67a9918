"""Events: one line each, readable by programs, with no secret in them."""

import json
import logging
from collections.abc import Callable

import pytest

from flows.logs import LOGGER, EventFormatter, event, without_secrets

SECRETS = [
    # text, what of it may be seen
    ("see https://user:pass@host.example/feed", "see https://host.example/feed"),
    ("https://host.example/f?token=abc&page=2", "https://host.example/f?token=…&page=2"),
    ("https://host.example/f?page=2&api_key=abc", "https://host.example/f?page=2&api_key=…"),
    ("https://host.example/f?access_token=abc#x", "https://host.example/f?access_token=…#x"),
    ("write to desk@agency.example", "write to desk@agency.example"),
    ("tokens: 12", "tokens: 12"),
]


@pytest.mark.parametrize(("text", "seen"), SECRETS, ids=[text for text, _ in SECRETS])
def test_secrets_are_taken_out_of_addresses(text: str, seen: str) -> None:
    assert without_secrets(text) == seen


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], list[str]]:
    """Formats what was logged since the test began, as text or as JSON."""
    kept: list[logging.LogRecord] = []
    monkeypatch.setattr(LOGGER, "handle", kept.append)
    monkeypatch.setattr(LOGGER, "level", logging.INFO)
    LOGGER.manager._clear_cache()  # type: ignore[attr-defined]

    def formatted(as_json: bool) -> list[str]:
        for record in kept:
            record.created = 0.0
        return [EventFormatter(as_json).format(record) for record in kept]

    return formatted


def test_an_event_is_one_line_of_pairs(lines: Callable[[bool], list[str]]) -> None:
    event("run", state="Fell short", seconds=3.5, reason="a\nb", api="http://h:1/api", none=None)
    assert lines(False) == [
        '1970-01-01T00:00:00Z info run state="Fell short" seconds=3.5 reason="a\\nb" '
        "api=http://h:1/api"
    ]


def test_an_event_is_one_object(lines: Callable[[bool], list[str]]) -> None:
    event("run", logging.ERROR, seconds=3.5, url="http://u:p@h/")
    assert json.loads(lines(True)[0]) == {
        "at": "1970-01-01T00:00:00Z",
        "level": "error",
        "event": "run",
        "seconds": 3.5,
        "url": "http://h/",
    }


def test_what_others_log_holds_no_secret_either(lines: Callable[[bool], list[str]]) -> None:
    LOGGER.warning("could not\nfetch %s", "https://user:pass@host.example/?key=abc")
    assert lines(False)[0].endswith("warning could not fetch https://host.example/?key=…")
