"""When to run, and with what: the plan of `readout serve`, kept in the data folder.

It is read by the process that serves the schedule and by `readout status`.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from warehouse.files import data_folder_errors, replace_bytes

DEPLOYMENT = "readout"
SHORTEST_SECONDS = 10


class ScheduleError(ValueError):
    """A schedule that cannot be kept; the message says why."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A schedule (`cron` in `timezone`, or `every` so many seconds) and the flow's parameters.

    `api` is the address of the Prefect server once there is one; `server` and `supervisor` are the
    process ids of the server, where it is Readout's own, and of the command.
    """

    cron: str | None
    every: int | None
    timezone: str
    parameters: dict[str, Any]
    api: str = ""
    server: int | None = None
    supervisor: int | None = None

    def at(self, **changes: Any) -> Plan:
        """The plan with some fields changed."""
        return replace(self, **changes)

    def told(self) -> str:
        """The schedule in words."""
        return f"cron {self.cron} ({self.timezone})" if self.cron else f"every {self.every} s"


def check_schedule(cron: str | None, every: int | None, timezone: str) -> None:
    """Raise ScheduleError for a cron line, pause or time zone that cannot be used."""
    if every is not None and every < SHORTEST_SECONDS:
        raise ScheduleError(f"--every {every}: at least {SHORTEST_SECONDS} seconds")
    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ScheduleError(f"--timezone {timezone}: no such time zone") from None
    if cron is not None:
        fields = cron.split()
        if len(fields) != 5:
            raise ScheduleError(f"--cron {cron!r}: five fields, such as '0 5 * * *' (05:00)")
        from prefect.client.schemas.schedules import CronSchedule

        try:
            CronSchedule(cron=cron, timezone=timezone)
        except ValueError:
            raise ScheduleError(f"--cron {cron!r}: not a cron line") from None


def plan_path(data: Path) -> Path:
    """Where the plan of a data folder lies."""
    return data / "prefect" / "readout-serve.json"


def write_plan(data: Path, plan: Plan) -> None:
    """Keep the plan. Raises DataFolderError."""
    path = plan_path(data)
    with data_folder_errors(data):
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_bytes(path, (json.dumps(asdict(plan), indent=1) + "\n").encode())


def read_plan(data: Path) -> Plan | None:
    """The plan that was served last; None where there is none that can be read."""
    try:
        return Plan(**json.loads(plan_path(data).read_text()))
    except (OSError, ValueError, TypeError):
        return None
