"""Rebuild: tables and database made anew from raw/, whatever state they are in."""

from __future__ import annotations

from pathlib import Path

from warehouse.integrity import Damaged
from warehouse.runs import find_damage

from .job import Job


def set_aside_damaged_logs(data: Path) -> list[Damaged]:
    """Rename run logs that can't be read: raw/ can't bring them back, and they stop a load."""
    set_aside = []
    for path, reason in list(find_damage(data, ())):
        path.rename(path.with_name(f"{path.name}.damaged"))
        set_aside.append(Damaged(path, f"set aside as {path.name}.damaged: {reason}"))
    return set_aside


def rebuild(job: Job) -> list[Damaged]:
    """Make everything anew; gives what raw/ could not bring back.

    Raises what extract and load raise. The job's settings have to ask for everything.
    """
    lost = set_aside_damaged_logs(job.settings.data)
    lost += [Damaged(path, reason) for path, reason in job.store.find_damage()]
    job.perform("extract")
    job.perform("load")
    return lost
