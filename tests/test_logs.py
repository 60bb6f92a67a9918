"""Events: one line each, readable by programs, with no secret in them."""

import json
import logging

import pytest

from flows.logs import EventFormatter, without_secrets

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


def _record(name: str, **facts: object) -> logging.LogRecord:
    record = logging.LogRecord("readout", logging.INFO, "", 0, name, (), None)
    record.created = 0.0
    record.facts = facts
    return record


def test_an_event_is_one_line_of_pairs() -> None:
    record = _record("run", state="Fell short", seconds=3.5, reason="a\nb", api="http://h:1/api")
    assert EventFormatter(as_json=False).format(record) == (
        '1970-01-01T00:00:00Z info run state="Fell short" seconds=3.5 reason="a\\nb" '
        "api=http://h:1/api"
    )


def test_an_event_is_one_object() -> None:
    line = EventFormatter(as_json=True).format(_record("run", seconds=3.5, url="http://u:p@h/"))
    assert json.loads(line) == {
        "at": "1970-01-01T00:00:00Z",
        "level": "info",
        "event": "run",
        "seconds": 3.5,
        "url": "http://h/",
    }
