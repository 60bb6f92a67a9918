"""The process that serves the schedule: `python -m flows.scheduled DATA`, started by serving.py.

It makes the deployment `daily/readout` on the Prefect server and runs what falls due, one run at a
time, each in a process of its own.
"""

from __future__ import annotations

import logging
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .prefect_settings import configure
from .schedule import DEPLOYMENT, Plan, read_plan

if TYPE_CHECKING:
    from prefect.schedules import Schedule

_POLL_SECONDS = 5.0
# Intervals count from here, so that a restart does not shift them.
_ANCHOR = datetime(2020, 1, 1, tzinfo=UTC)


def serve_plan(plan: Plan) -> None:
    """Serve the plan until the process is told to end."""
    from prefect import serve
    from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
    from prefect.deployments.runner import RunnerDeployment
    from prefect.types.entrypoint import EntrypointType

    from .daily import daily

    alone = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)
    deployment: Any = daily.to_deployment(
        DEPLOYMENT,
        schedule=_schedule(plan),
        parameters=plan.parameters,
        tags=["readout"],
        description="Ingest, extract, load: one pass over the sources.",
        concurrency_limit=alone,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    assert isinstance(deployment, RunnerDeployment)
    serve(
        deployment,
        pause_on_shutdown=False,
        print_starting_message=False,
        limit=1,
        query_seconds=_POLL_SECONDS,
    )


def _schedule(plan: Plan) -> Schedule:
    from prefect.schedules import Cron, Interval

    if plan.cron:
        return Cron(plan.cron, timezone=plan.timezone)
    return Interval(timedelta(seconds=plan.every or 0), anchor_date=_ANCHOR, timezone=plan.timezone)


def main(data: Path) -> int:
    """Serve the plan that lies in the data folder."""
    configure(data)
    plan = read_plan(data)
    if plan is None:
        sys.stderr.write(f"readout: no plan to serve in {data}\n")
        return 2
    logging.getLogger("prefect.runner").setLevel(logging.WARNING)
    serve_plan(plan)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
