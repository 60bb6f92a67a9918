"""What a service says while it runs: one event a line on stderr, to be read by people and programs.

    2026-11-25T02:00:07Z info run_finished name=2026-11-25T02:00 state=Completed seconds=3.1

READOUT_LOG=json gives one JSON object a line, READOUT_LOG=quiet warnings only. Addresses are
written without user, password and tokens, whoever logs them.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
import time
from typing import Any

LOGGER = logging.getLogger("readout")
LOGGER.addHandler(logging.NullHandler())  # whoever does not ask for events hears none
LOGGER.propagate = False
# The part of an address that holds a secret: user:password@, or the value of a telling parameter.
_CREDENTIALS = re.compile(r"(?<=://)[^/\s@]{1,500}@")
_PARAMETER = re.compile(
    r"(?i)([?&;](?:access_)?(?:token|key|api_?key|password|secret|sig|signature|auth)=)[^&#\s\"']+"
)
_BARE = re.compile(r"[\w.:/@+,%~*()\[\]-]+")


def without_secrets(text: str) -> str:
    """A text with the credentials of every address in it taken out."""
    return _PARAMETER.sub(r"\1…", _CREDENTIALS.sub("", text))


def event(name: str, level: int = logging.INFO, /, **facts: Any) -> None:
    """Log one event with its facts; facts of None are left out.

    The message itself holds the facts, for whoever shows messages alone, as Prefect's pages do.
    """
    told = {key: _safe(value) for key, value in facts.items() if value is not None}
    message = " ".join([name, *(f"{key}={_bare(value)}" for key, value in told.items())])
    LOGGER.log(level, "%s", message, extra={"event": name, "facts": told})


def start_logging() -> None:
    """Send events to stderr, in the form that READOUT_LOG asks for; once is enough."""
    if any(isinstance(handler.formatter, EventFormatter) for handler in LOGGER.handlers):
        return
    form = os.environ.get("READOUT_LOG", "text")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(EventFormatter(form == "json"))
    LOGGER.addHandler(handler)
    LOGGER.setLevel(logging.WARNING if form == "quiet" else logging.INFO)


class EventFormatter(logging.Formatter):
    """An event as `time level name key=value …`, or as a JSON object."""

    def __init__(self, as_json: bool) -> None:
        super().__init__()
        self._as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        """One line, whatever the facts hold."""
        moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created))
        level = record.levelname.lower()
        message = without_secrets(" ".join(record.getMessage().split()))
        if not self._as_json:
            return f"{moment} {level} {message}"
        name = getattr(record, "event", message)
        line = {"at": moment, "level": level, "event": name, **getattr(record, "facts", {})}
        return json.dumps(line, ensure_ascii=False)


def _safe(value: Any) -> Any:
    return value if isinstance(value, int | float) else without_secrets(str(value))


def _bare(value: Any) -> str:
    text = str(value)
    return text if _BARE.fullmatch(text) else json.dumps(text, ensure_ascii=False)
