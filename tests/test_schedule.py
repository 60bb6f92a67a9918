"""Schedules: what cannot be kept is refused, and clocks that jump neither skip nor double a day."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.cli import main
from flows.schedule import Plan, ScheduleError, check_schedule, read_plan, write_plan

BAD = [
    ("0 5 * *", None, "UTC", "five fields"),
    ("0 25 * * *", None, "UTC", "not a cron line"),
    ("@daily", None, "UTC", "five fields"),
    ("R 5 * * *", None, "UTC", "not a cron line"),
    ("0 5 * * *", None, "Mars/Olympus", "no such time zone"),
    ("0 5 * * *", None, "../../etc/passwd", "no such time zone"),
    (None, 3, "UTC", "at least 10 seconds"),
]


@pytest.mark.parametrize(("cron", "every", "zone", "message"), BAD, ids=[case[3] for case in BAD])
def test_schedules_that_cannot_be_kept(
    cron: str | None, every: int | None, zone: str, message: str
) -> None:
    with pytest.raises(ScheduleError, match=message):
        check_schedule(cron, every, zone)


def test_serve_refuses_before_it_starts_anything(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["serve", "--data", str(tmp_path / "data"), "--sample", "--cron", "no cron"]
    assert main(arguments) == 2
    assert "five fields" in capsys.readouterr().err
    assert main(["serve", "--data", str(tmp_path / "data"), "--every", "60"]) == 2
    assert "--from" in capsys.readouterr().err
    assert not (tmp_path / "data").exists()


def test_a_plan_is_kept_and_read_again(tmp_path: Path) -> None:
    plan = Plan(None, 60, "UTC", {"data": "/d", "paths": []}, "http://h/api", 1, 2)
    assert read_plan(tmp_path) is None
    write_plan(tmp_path, plan)
    assert read_plan(tmp_path) == plan
    assert (plan.told(), plan.at(cron="0 5 * * *").told()) == (
        "every 60 s",
        "cron 0 5 * * * (UTC)",
    )


def starts(schedule: Any, since: datetime, days: int) -> list[datetime]:
    found = asyncio.run(schedule.get_dates(5000, since, since + timedelta(days=days)))
    return [datetime.fromisoformat(str(moment)) for moment in found]


SHIFTS = [
    # where the clock goes forward, then back; a time that one of them skips or repeats
    ("Europe/Berlin", "30 2 * * *", datetime(2026, 3, 27, tzinfo=UTC)),
    ("Europe/Berlin", "30 2 * * *", datetime(2026, 10, 23, tzinfo=UTC)),
    ("America/New_York", "30 1 * * *", datetime(2026, 10, 30, tzinfo=UTC)),
    ("UTC", "30 2 * * *", datetime(2026, 3, 27, tzinfo=UTC)),
]


@pytest.mark.parametrize(("zone", "cron", "since"), SHIFTS, ids=lambda value: str(value)[:16])
def test_no_day_is_skipped_or_doubled_where_the_clock_shifts(
    zone: str, cron: str, since: datetime
) -> None:
    from prefect.server.schemas.schedules import CronSchedule

    found = starts(CronSchedule(cron=cron, timezone=zone), since, 6)
    days = Counter(moment.date() for moment in found)
    assert len(days) >= 5
    assert set(days.values()) == {1}
    first = min(days)
    assert sorted(days) == [first + timedelta(days=n) for n in range(len(days))]


def test_intervals_do_not_shift_with_a_restart() -> None:
    from prefect.server.schemas.schedules import IntervalSchedule

    from flows.scheduled import _ANCHOR

    schedule = IntervalSchedule.model_validate(
        {"interval": timedelta(hours=1), "anchor_date": _ANCHOR, "timezone": "UTC"}
    )
    found = starts(schedule, datetime(2026, 3, 29, 0, 7, tzinfo=UTC), 1)
    assert {moment.minute for moment in found} == {0}
    assert len(found) == 24
