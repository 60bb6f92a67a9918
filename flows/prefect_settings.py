"""Prefect's own settings for Readout's runs: to be made before prefect is first imported."""

from __future__ import annotations

import logging
import os
from pathlib import Path

# A cold temporary server takes 9-20 s to start, which Prefect's own limit of 20 s cuts off.
_DEFAULTS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_LOGGING_LEVEL": "CRITICAL",  # the command tells of failures itself
    "PREFECT_CLI_PROMPT": "false",
}


def configure(data: Path) -> None:
    """Keep Prefect's files in the data folder, and Prefect quiet.

    What the environment sets already stays: whoever names a server (PREFECT_API_URL), a home or a
    log level gets it.
    """
    os.environ.setdefault("PREFECT_HOME", str((data / "prefect").absolute()))
    for name, value in _DEFAULTS.items():
        os.environ.setdefault(name, value)
    # httpx logs addresses with their passwords and tokens at INFO.
    logging.getLogger("httpx").setLevel(logging.WARNING)
