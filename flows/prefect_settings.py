"""Prefect's own settings for Readout's runs: to be made before prefect is first imported."""

from __future__ import annotations

import logging
import os
from pathlib import Path

KEPT_DAYS = 30

# A cold temporary server takes 9-20 s to start, which Prefect's own limit of 20 s cuts off.
_DEFAULTS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_LOGGING_LEVEL": "CRITICAL",  # the command tells of failures itself
    "PREFECT_LOGGING_INTERNAL_LEVEL": "CRITICAL",
    "PREFECT_CLI_PROMPT": "false",
    # What Readout logs stands in the logs of Prefect's page of the run, too.
    "PREFECT_LOGGING_EXTRA_LOGGERS": "readout",
    # Runs, their logs and artifacts go after 30 days, events after 7: the database stays small.
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(KEPT_DAYS * 86_400),
    "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": "P7D",
    # A server that is gone is noticed by deadline.py; each call of the client gives up sooner.
    "PREFECT_CLIENT_MAX_RETRIES": "3",
}


def configure(data: Path) -> None:
    """Keep Prefect's files in the data folder, and Prefect quiet.

    What the environment sets already stays: whoever names a server (PREFECT_API_URL), a home or a
    log level gets it.
    """
    os.environ.setdefault("PREFECT_HOME", str((data / "prefect").absolute()))
    for name, value in _DEFAULTS.items():
        os.environ.setdefault(name, value)
    # Above Prefect's own level, which is silent: what Readout logs is what its runs have to say.
    logging.getLogger("readout").setLevel(logging.INFO)
    # httpx logs addresses with their passwords and tokens at INFO.
    logging.getLogger("httpx").setLevel(logging.WARNING)
