"""A database that is brought up to the next snapshot holds what one that is built anew holds."""

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from flows.countries import countries
from tests.dataset import ARTICLE, EVENT, GUEST, HOST, MEETING, MISS, ROWS, RUN, asked
from transforms.records import ALL_TABLES
from warehouse import database, database_update
from warehouse.database import build_database, database_path
from warehouse.parquet import DamagedFileError, to_table
from warehouse.quality import ChecksFailedError
from warehouse.runs import write_run
from warehouse.schemas import table_name
from warehouse.snapshot import Snapshot, clean, publish

MONTHS = 12
Rows = dict[tuple[str, str], list[Any]]


def story(number: int, title: str = "Ministers meet") -> list[Any]:
    """An article of some month with its meeting."""
    article, meeting, event = f"b{number}", f"n{number}", f"f{number}"
    when = datetime(2021, number % MONTHS + 1, 5, tzinfo=UTC)
    return [
        replace(ARTICLE, article_id=article, page_id=article, title=title, published_at=when),
        replace(MEETING, meeting_id=meeting, article_id=article, event_id=event),
        replace(EVENT, event_id=event, date_start=date(2021, 1, 5)),
        replace(HOST, meeting_id=meeting),
        replace(GUEST, meeting_id=meeting),
        replace(MISS, article_id=article),
    ]


def parted(*rows: Any) -> Rows:
    """Rows by table and partition; what hangs on an article lies in the article's month."""
    found: Rows = defaultdict(list)
    month = "2020-03"
    for row in rows:
        name = table_name(type(row))
        if name == "articles":
            month = f"{row.published_at:%Y-%m}"
        found[name, "2021-01" if name == "events" else month].append(row)
    return found


def put(data: Path, before: Rows, now: Rows) -> Snapshot:
    """Publish what differs."""
    changes = {
        place: to_table(type(now[place][0]), now[place]) if place in now else None
        for place in {*before, *now}
        if before.get(place) != now.get(place)
    }
    return publish(data, changes, "1")


def held(data: Path) -> dict[str, list[tuple[Any, ...]]]:
    return {name: asked(data, f'SELECT * FROM "{name}" ORDER BY ALL') for name in ALL_TABLES}


ARCHIVE = parted(*ROWS, *(row for n in range(60) for row in story(n)))


@pytest.fixture
def whole_builds(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Snapshot]]:
    """The snapshots of which a database was built anew."""
    made: list[Snapshot] = []
    build = database._build

    def counted(*args: Any) -> Any:
        made.append(args[2])
        return build(*args)

    monkeypatch.setattr(database, "_build", counted)
    yield made


def test_it_holds_what_a_new_one_holds(tmp_path: Path, whole_builds: list[Snapshot]) -> None:
    chance = random.Random(1)
    data, fresh = tmp_path / "data", tmp_path / "fresh"
    now = ARCHIVE
    build_database(data, put(data, {}, now), countries())
    numbers = set(range(60))
    for step in range(6):
        clean(data)
        numbers ^= set(chance.sample(range(90), 2))
        changed = chance.choice(sorted(numbers))
        stories = [
            row
            for n in sorted(numbers)
            for row in story(n, f"Ministers meet {step}" if n == changed else "Ministers meet")
        ]
        before, now = now, parted(*ROWS, *stories)
        write_run(data, f"r{step}", [replace(RUN, run_id=f"r{step}")])
        write_run(fresh, f"r{step}", [replace(RUN, run_id=f"r{step}")])
        build_database(data, put(data, before, now), countries())
        assert whole_builds[1:] == []
        database_path(fresh).unlink(missing_ok=True)
        build_database(fresh, put(fresh, before if step else {}, now), countries())
        del whole_builds[1:]
        assert held(data) == held(fresh)
        assert asked(data, "SELECT count(*) FROM meetings_wide") == [(1 + len(numbers),)]


def changed(data: Path) -> Snapshot:
    """A database of the archive, and a snapshot with one more article."""
    build_database(data, put(data, {}, ARCHIVE), countries())
    return put(data, ARCHIVE, MORE)


MORE = parted(*ROWS, *(row for n in range(61) for row in story(n)))


def test_with_the_snapshot_before_gone_it_is_built_anew(
    tmp_path: Path, whole_builds: list[Snapshot]
) -> None:
    snapshot = changed(tmp_path)
    clean(tmp_path)
    build_database(tmp_path, snapshot, countries())
    assert len(whole_builds) == 2
    assert asked(tmp_path, "SELECT count(*) FROM articles") == [(62,)]


def test_with_the_snapshot_before_damaged_it_is_built_anew(
    tmp_path: Path, whole_builds: list[Snapshot]
) -> None:
    snapshot = changed(tmp_path)
    for file in (tmp_path / "retired").rglob("articles/*.parquet"):
        content = file.read_bytes()
        file.unlink()  # it is linked to the file of the current snapshot
        file.write_bytes(content[:-1] + b"\0")
    build_database(tmp_path, snapshot, countries())
    assert len(whole_builds) == 2
    assert asked(tmp_path, "SELECT count(*) FROM articles") == [(62,)]


def test_a_database_of_other_rows_than_it_says_is_built_anew(
    tmp_path: Path, whole_builds: list[Snapshot], monkeypatch: pytest.MonkeyPatch
) -> None:
    build_database(tmp_path, put(tmp_path, {}, ARCHIVE), countries())
    less = parted(*ROWS, *(row for n in range(1, 60) for row in story(n)))
    monkeypatch.setattr(database_update, "_take_out", lambda *args: None)
    build_database(tmp_path, put(tmp_path, ARCHIVE, less), countries())
    assert len(whole_builds) == 2
    assert asked(tmp_path, "SELECT count(*) FROM articles") == [(60,)]


def test_where_most_has_changed_it_is_built_anew(
    tmp_path: Path, whole_builds: list[Snapshot]
) -> None:
    build_database(tmp_path, put(tmp_path, {}, parted(*ROWS, *story(1))), countries())
    build_database(tmp_path, put(tmp_path, parted(*ROWS, *story(1)), ARCHIVE), countries())
    assert len(whole_builds) == 2


def test_a_file_full_of_holes_is_built_anew(
    tmp_path: Path, whole_builds: list[Snapshot], monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = changed(tmp_path)
    monkeypatch.setattr(database_update, "_MOST_UNUSED", -1)
    build_database(tmp_path, snapshot, countries())
    assert len(whole_builds) == 2


def test_a_damaged_file_is_not_loaded(tmp_path: Path) -> None:
    snapshot = changed(tmp_path)
    path = snapshot.path("articles", "2021-01")
    path.write_bytes(path.read_bytes()[:-1] + b"\0")
    with pytest.raises(DamagedFileError, match=r"articles/2021-01\.parquet"):
        build_database(tmp_path, snapshot, countries())
    assert asked(tmp_path, "SELECT count(*) FROM articles") == [(61,)]


def test_rows_that_fail_a_check_are_not_loaded(tmp_path: Path) -> None:
    build_database(tmp_path, put(tmp_path, {}, ARCHIVE), countries())
    more = parted(*ROWS, *(row for n in range(61) for row in story(n)))
    more["meetings", "2021-01"][-1] = replace(more["meetings", "2021-01"][-1], confidence=1.5)
    snapshot = put(tmp_path, ARCHIVE, more)
    with pytest.raises(ChecksFailedError, match="fail_confidence_range"):
        build_database(tmp_path, snapshot, countries())
    assert asked(tmp_path, "SELECT count(*) FROM articles") == [(61,)]
    assert not list(tmp_path.glob(".readout*"))
