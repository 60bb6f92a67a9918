"""Prefect's own list of runs, put in order: what a crash left, and what nobody ran in time.

Prefect's states are never our truth; the run lock is. Whoever holds a data folder's lock knows that
no other run on it is alive: one that Prefect still calls running was killed, and one that is
scheduled for a time gone by (the machine slept, or was off) is covered by the run that is at work.

Import this module after prefect_settings.configure.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import httpx
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.exceptions import PrefectException
from prefect.states import Cancelled, Crashed

# What a server that is gone, slow or of another version makes the client raise.
SERVER_ERRORS = (httpx.HTTPError, PrefectException, OSError)
_ALIVE = [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]
_STARTING = timedelta(minutes=10)  # a process that is on its way has no lock to show yet
_PAGE = 200


def close_dead_runs(data: str, mine: UUID | None) -> int:
    """Mark as crashed every run on this data folder that Prefect thinks alive, but `mine`.

    Only for the holder of the run lock of `data` (an absolute path, as runs are given it), before
    it starts other flows. Gives how many there were; raises one of SERVER_ERRORS.
    """
    alive = FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=_ALIVE)))
    state: State[None] = Crashed(message="its process ended without a word; closed by a later run")
    closed = 0
    with get_client(sync_client=True) as client:
        for run in client.read_flow_runs(flow_run_filter=alive, limit=_PAGE):
            if run.id != mine and run.parameters.get("data") == data and not _is_starting(run):
                client.set_flow_run_state(run.id, state, force=True)
                closed += 1
    return closed


def cancel_missed_runs(deployment: UUID, mine: UUID | None) -> int:
    """Cancel the runs of a deployment whose time is past: the run under way does their work.

    Gives how many there were; raises one of SERVER_ERRORS.
    """
    late = FlowRunFilter(
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])),
        expected_start_time=FlowRunFilterExpectedStartTime.model_validate(
            {"before_": datetime.now(UTC)}
        ),
    )
    of_it = DeploymentFilter(id=DeploymentFilterId(any_=[deployment]))
    state: State[None] = Cancelled(message="its time went by; another run did its work")
    cancelled = 0
    with get_client(sync_client=True) as client:
        for run in client.read_flow_runs(
            flow_run_filter=late, deployment_filter=of_it, limit=_PAGE
        ):
            if run.id != mine:
                client.set_flow_run_state(run.id, state, force=True)
                cancelled += 1
    return cancelled


def _is_starting(run: FlowRun) -> bool:
    if run.state is None or run.state.type != StateType.PENDING:
        return False
    return run.state.timestamp > datetime.now(UTC) - _STARTING
