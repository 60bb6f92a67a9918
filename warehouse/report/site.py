"""The site: which pages there are, and how they come to stand in their folder.

Pages are written into a folder beside the final one, which then takes its place: somebody who looks
at the report sees the old one or the new one. Only a folder that holds a report is replaced.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from ..database import database_path
from ..files import DataFolderError, data_folder_errors
from ..query import connect
from .charts import draw_timeline, unit_of
from .facts import Facts, Row
from .marks import Mark, cut
from .pages import Pages, headline

_MARKER = ".readout-report"
_ROWS = 100  # of a table on one page
_CHUNK = 250  # articles or people read at a time
_SHARD = 2_000  # rows of the filter's index in one file
_LATEST = 8
_MATRIX = 18  # countries in the matrix
_CAP = 200  # meetings or statements on the page of a country or person
_PUBLISHERS = 5  # in the coverage chart; the rest are one series
_STATUSES = ("held", "ongoing", "planned", "cancelled")


class ReportError(Exception):
    """The report cannot be built there; the message says why."""


@dataclass(frozen=True, slots=True)
class Built:
    """A finished report: its start page, how many pages, how long it took."""

    start: Path
    pages: int
    seconds: float


def build_report(data: Path, out: Path, names: Mapping[str, str] | None = None) -> Built:
    """Build the report on DATA/readout.duckdb in the folder `out`; `names` are those of countries.

    Raises QueryError where there is no database, ReportError where `out` is a folder of something
    else, DataFolderError where it cannot be written.
    """
    began = time.monotonic()
    with connect(database_path(data)) as connection:
        _refuse_other(out)
        building = out.with_name(f".{out.name}.building")
        with data_folder_errors(out):
            shutil.rmtree(building, ignore_errors=True)
            building.mkdir(parents=True)
            (building / _MARKER).write_text("made by readout report\n")
            facts = Facts(connection)
            pages = Pages(building, facts.row("totals"), names or {})
            _write_site(facts, pages)
            _copy_static(building)
            _swap_in(building, out)
    return Built(out / "index.html", pages.count, round(time.monotonic() - began, 1))


def _refuse_other(out: Path) -> None:
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise ReportError(f"{out}: in the way, and not a folder")
    if out.is_dir() and any(out.iterdir()) and not (out / _MARKER).is_file():
        raise ReportError(f"{out}: holds something else than a report; choose an empty folder")


def _copy_static(building: Path) -> None:
    for name in ("report.css", "report.js"):
        source = resources.files(__package__).joinpath("static", name)
        (building / name).write_bytes(source.read_bytes())


def _swap_in(building: Path, out: Path) -> None:
    old = out.with_name(f".{out.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    try:
        if out.is_dir():
            out.rename(old)
        building.rename(out)
    except OSError as error:
        raise DataFolderError(f"{out}: {error.strerror}") from error
    shutil.rmtree(old, ignore_errors=True)


def _write_site(facts: Facts, pages: Pages) -> None:
    _write_start(facts, pages)
    _write_countries(facts, pages)
    _write_people(facts, pages)
    _write_lists(facts, pages)
    _write_articles(facts, pages)
    _write_quality(facts, pages)


# --- start and quality --------------------------------------------------------------------------


def _write_start(facts: Facts, pages: Pages) -> None:
    pages.write(
        "index.html",
        "start.html",
        runs=facts.rows("runs", limit=5),
        meetings=facts.rows("meetings", first=1, last=_LATEST),
        statements=_one_a_speaker(facts.rows("statements", first=1, last=_LATEST * 8)),
        articles=facts.rows("articles", first=1, last=_LATEST),
        timeline=_timeline(facts.rows("timeline"), _STATUSES),
        coverage=_coverage(facts),
        pairs=_each_once(facts.rows("pairs"))[:_LATEST],
    )


def _one_a_speaker(statements: Sequence[Row]) -> list[Row]:
    """One statement of each named person, whole quotations before the rest.

    A long interview would otherwise fill the list.
    """
    firsts: dict[str, Row] = {}
    for row in sorted(statements, key=lambda row: row["form"] != "direct"):
        if row["person_key"]:
            firsts.setdefault(row["person_key"], row)
    return sorted(list(firsts.values())[:_LATEST], key=lambda row: int(row["number"]))


def _each_once(pairs: Sequence[Row]) -> list[Row]:
    return [pair for pair in pairs if pair["country"] < pair["other"]]


def _coverage(facts: Facts) -> Row | None:
    rows = facts.rows("coverage")
    totals: dict[str, int] = {}
    for row in rows:
        totals[row["series"]] = totals.get(row["series"], 0) + row["count"]
    first = sorted(totals, key=lambda name: (-totals[name], name))[:_PUBLISHERS]
    shown = set(first)
    for row in rows:
        if row["series"] not in shown:
            row["series"] = "others"
    others = ["others"] if len(totals) > len(shown) else []
    return _timeline(rows, [name for name in first if name != "others"] + others)


def _timeline(rows: Sequence[Row], order: Sequence[str]) -> Row | None:
    """A chart over time and what it shows in words; None where there is nothing to show."""
    if not rows:
        return None
    days = sorted(row["day"] for row in rows)
    unit = unit_of(days)
    series = [name for name in order if any(row["series"] == name for row in rows)]
    counts: dict[tuple[Any, str], int] = {}
    for row in rows:
        day = row["day"]
        if unit != "day":
            day = day.replace(day=1) if unit == "month" else day.replace(month=1, day=1)
        counts[day, row["series"]] = counts.get((day, row["series"]), 0) + row["count"]
    values = [
        {"day": day, "series": name, "count": count, "place": series.index(name)}
        for (day, name), count in sorted(counts.items())
    ]
    totals = {name: sum(c for (_, n), c in counts.items() if n == name) for name in series}
    svg = draw_timeline(values, series, unit)
    return {"svg": svg, "unit": unit, "totals": totals, "first": days[0], "last": days[-1]}


def _write_quality(facts: Facts, pages: Pages) -> None:
    pages.write(
        "quality.html",
        "quality.html",
        sources=facts.rows("sources"),
        runs=facts.rows("runs", limit=15),
        misses=facts.rows("misses"),
        quarantine=facts.rows("quarantine", limit=_CAP),
        unresolved=facts.rows("unresolved"),
        checks=facts.checks(),
    )


# --- countries and people -----------------------------------------------------------------------


def _write_countries(facts: Facts, pages: Pages) -> None:
    countries = facts.rows("countries")
    pairs = facts.rows("pairs")
    events = {(pair["country"], pair["other"]): pair["events"] for pair in pairs}
    shown = [row["country"] for row in countries if row["partners"]][:_MATRIX]
    pages.write(
        "countries.html",
        "countries.html",
        countries=countries,
        shown=shown,
        events=events,
        most=max(events.values(), default=1),
        pairs=_each_once(pairs)[:40],
    )
    for row in countries:
        code = row["country"]
        pages.write(
            f"country/{code}.html",
            "country.html",
            country=row,
            partners=[pair for pair in pairs if pair["country"] == code],
            meetings=facts.rows("country_meetings", country=code, limit=_CAP),
            people=facts.rows("country_people", country=code, limit=_CAP),
            statements=facts.rows("country_statements", country=code, limit=_CAP // 4),
            cap=_CAP,
        )


def _write_people(facts: Facts, pages: Pages) -> None:
    total = pages.totals["people"]
    _write_list(facts, pages, "people", total)
    for first, last, people in facts.chunks("people", total, _CHUNK):
        some = {"first": first, "last": last, "limit": _CAP}
        meetings = facts.grouped("person_meetings", "person_number", **some)
        statements = facts.grouped("person_statements", "person_number", **some)
        for person in people:
            pages.write(
                f"person/{person['person_key']}.html",
                "person.html",
                person=person,
                meetings=meetings.get(person["number"], []),
                statements=statements.get(person["number"], []),
            )


# --- tables, and the index of their filter ------------------------------------------------------


def _write_lists(facts: Facts, pages: Pages) -> None:
    for name in ("articles", "meetings", "statements"):
        total = pages.totals[name]
        _write_list(facts, pages, name, total)
        if name != "articles":
            row_of = _meeting_entry if name == "meetings" else _statement_entry
            for number, (_, _, rows) in enumerate(facts.chunks(name, total, _SHARD)):
                entries = json.dumps([row_of(row, pages) for row in rows], separators=(",", ":"))
                pages.write_text(f"search/{name}-{number}.js", f"readoutRows({entries});\n")


def _write_list(facts: Facts, pages: Pages, name: str, total: int) -> None:
    """The pages of one table; a table of no rows is one page that says so."""
    last_page = max(1, -(-total // _ROWS))
    chunks: Iterator[tuple[int, int, list[Row]]] = facts.chunks(name, total, _ROWS)
    for page in range(1, last_page + 1):
        first, last, rows = next(chunks, (0, 0, []))
        pages.write(
            f"{name}.html" if page == 1 else f"{name}-{page}.html",
            f"{name}.html",
            rows=rows,
            first=first,
            last=last,
            total=total,
            page=page,
            last_page=last_page,
            shards=-(-total // _SHARD),
        )


def _meeting_entry(row: Row, pages: Pages) -> list[str]:
    """A meeting for the filter: the table's cells, then the link of the last one."""
    parties = " – ".join(pages.party_text(party) for party in row["parties"])
    return [
        pages.day(row["date_start"], row["date_precision"]),
        row["kind"].replace("_", " "),
        row["status"],
        parties,
        pages.place_text(row),
        headline(row),
        f"article/{row['article_id']}.html#{row['meeting_id']}",
    ]


def _statement_entry(row: Row, pages: Pages) -> list[str]:
    who = row["speaker_name"] or row["speaker_mention"] or "unnamed"
    return [
        pages.day(row["day"]),
        ", ".join(
            filter(None, (who, row["speaker_role"], pages.country_name(row["speaker_country"])))
        ),
        row["speech_act"] or "",
        row["form"],
        row["content"],
        headline(row),
        f"article/{row['article_id']}.html#{row['statement_id']}",
    ]


# --- articles -----------------------------------------------------------------------------------


def _write_articles(facts: Facts, pages: Pages) -> None:
    total = pages.totals["articles"]
    for first, last, articles in facts.chunks("article_texts", total, _CHUNK):
        some = {"first": first, "last": last}
        meetings = facts.grouped("article_meetings", "article_number", **some)
        statements = facts.grouped("article_statements", "article_number", **some)
        spans = facts.grouped("article_spans", "article_number", **some)
        misses = facts.grouped("article_misses", "article_number", **some)
        for article in articles:
            number = article["number"]
            _write_article(
                pages,
                article,
                meetings.get(number, []),
                statements.get(number, []),
                spans.get(number, []),
                misses.get(number, []),
            )


def _write_article(
    pages: Pages,
    article: Row,
    meetings: Sequence[Row],
    statements: Sequence[Row],
    spans: Sequence[Row],
    misses: Sequence[Row],
) -> None:
    marks = [
        Mark(number, span["owner_id"], span["field"], span["start"], span["end"])
        for number, span in enumerate(spans)
    ]
    anchors: dict[str, int] = {}
    for mark in marks:
        if mark.field in ("evidence", "content"):
            anchors.setdefault(mark.owner, mark.start)
    cards: dict[str, Row] = {}
    for letter, owners, key in (("M", meetings, "meeting_id"), ("", statements, "statement_id")):
        for number, owner in enumerate(owners, 1):
            cards[owner[key]] = {"label": f"{letter}{number}", "meeting": letter == "M", **owner}
    pages.write(
        f"article/{article['article_id']}.html",
        "article.html",
        article=article,
        paragraphs=cut(article["text"], marks, anchors),
        cards=cards,
        fields=sorted({mark.field for mark in marks}),
        misses=misses,
    )
