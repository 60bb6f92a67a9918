"""How merging reports into events grows: 10,000, 30,000 and 100,000 synthetic meeting rows.

    python -m tests.bench_events [ROWS …] [--days N]

Each real meeting is told by one to six outlets, with other spellings, offices or countries in the
place of names, days a little off, places left out, plans and background; countries are as unequal
as in the news (the twentieth is met a twentieth as often as the first). Rows a day are the same at
every size (100), unless --days squeezes all rows into so many days. Each size runs in a process of
its own: processor seconds and peak memory are those of merging alone, then the milliseconds in
which the rows of one further day join.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import resource
import time
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from tests.event_cases import told
from transforms.events import build_event, merge_reports, neighbourhood
from transforms.reports import Report

SIZES = (10_000, 30_000, 100_000)
ROWS_A_DAY = 100
FIRST_DAY = date(2010, 1, 4)
COUNTRIES = [a + b + "X" for a in "ABCDEFGHIJKLM" for b in "AEIOUYLRNS"]
OFFICES = ("head_of_state", "head_of_government", "foreign_minister", "defense_minister")
SYLLABLES = (
    "ba be do ga gha ghi ko kha le li ma mi na no pe ri ro sa she ta tse va vi za zhe".split()
)
_WEIGHTS = list(accumulate(1 / (rank + 1) for rank in range(len(COUNTRIES))))


def synthetic(rows: int, days: int, seed: int = 1) -> list[Report]:
    """So many reports over so many days; the same for the same arguments."""
    rng = random.Random(seed)
    people = {country: _cabinet(rng, country) for country in COUNTRIES}
    reports: list[Report] = []
    while len(reports) < rows:
        countries: set[str] = set()
        while len(countries) < rng.choice((2, 2, 2, 2, 3)):
            countries.add(rng.choices(COUNTRIES, cum_weights=_WEIGHTS)[0])
        parties = [(c, *rng.choice(people[c])) for c in sorted(countries)]
        day = FIRST_DAY + timedelta(rng.randrange(days))
        place, kind = rng.choice(parties)[0], rng.choice(("meeting", "meeting", "phone_call"))
        for number in range(rng.choice((1, 1, 2, 3, 6))):
            reports.append(_report(rng, parties, day, place, kind, f"{len(reports)}-{number}"))
    return reports[:rows]


def _cabinet(rng: random.Random, country: str) -> list[tuple[str, str]]:
    def word() -> str:
        return "".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))).title()

    return [(f"{word()} {word()}", office) for office in OFFICES for _ in range(3)]


def _report(
    rng: random.Random,
    parties: list[tuple[str, str, str]],
    day: date,
    place: str,
    kind: str,
    article: str,
) -> Report:
    who = []
    for country, name, office in parties:
        spelt = rng.choice((name, name, name.replace("gh", "g"), name.split()[1]))
        form = rng.choices(("name", "office", "country"), (8, 1, 1))[0]
        who.append(
            f"{spelt} @{country} #{office}"
            if form == "name"
            else f"office:{office} of {country} @{country} #{office}"
            if form == "office"
            else f"country:{country} @{country}"
        )
    status = rng.choices(("held", "planned"), (8, 1))[0]
    dated = rng.choices(("explicit", "weekday", "relative", ""), (3, 3, 2, 2))[0]
    published = day + timedelta(-rng.randint(1, 9) if status == "planned" else rng.randint(0, 2))
    return told(
        "; ".join(who),
        day.isoformat() if dated else None,
        basis=dated or "explicit",
        published=published.isoformat(),
        status=status,
        kind=kind,
        at=place if rng.random() < 0.5 else None,
        article=article,
    )


def _measure(rows: int, days: int, results: Any) -> None:
    reports = synthetic(rows, days)
    floor = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    merged = merge_reports(reports)
    events = [build_event(members) for members in merged]
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    last = max(report.published_at for report in reports if report.published_at)
    fresh = {report.meeting_id for report in reports if report.published_at == last}
    month = [r for r in reports if r.published_at and abs((r.published_at - last).days) <= 31]
    start = time.process_time()
    again = merge_reports(neighbourhood(month, fresh))
    joining = time.process_time() - start
    results.put((len(events), seconds, peak - floor, floor, len(fresh), len(again), joining))


def main() -> None:
    """Measure each size and print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("rows", nargs="*", type=int, default=SIZES)
    parser.add_argument("--days", type=int, help="squeeze all rows into so many days")
    options = parser.parse_args()
    context = multiprocessing.get_context("spawn")
    print("   rows     days   events  seconds  us/row  merging MB  reports MB  a day joins in")
    for rows in options.rows:
        days = options.days or max(1, rows // ROWS_A_DAY)
        results = context.Queue()
        process = context.Process(target=_measure, args=(rows, days, results))
        process.start()
        events, seconds, peak, floor, fresh, again, joining = results.get(timeout=900)
        process.join()
        print(
            f"{rows:7,} {days:8,} {events:8,} {seconds:8.2f} {seconds / rows * 1e6:7.0f} "
            f"{peak / 1024:11.0f} {floor / 1024:11.0f}  {joining * 1000:.0f} ms ({fresh} reports)"
        )


if __name__ == "__main__":
    main()
