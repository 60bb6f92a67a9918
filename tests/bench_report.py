"""How long `readout report` takes on 10,000 invented articles, and how much memory.

python tests/bench_report.py [ARTICLES [FOLDER]]      prints one JSON object
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

PEOPLE = 1_500
_COUNTRIES = [
    ("Norway", "Norwegian", "Oslo"),
    ("Canada", "Canadian", "Ottawa"),
    ("Kenya", "Kenyan", "Nairobi"),
    ("Chile", "Chilean", "Santiago"),
    ("Japan", "Japanese", "Tokyo"),
    ("Georgia", "Georgian", "Tbilisi"),
    ("Azerbaijan", "Azerbaijani", "Baku"),
    ("Poland", "Polish", "Warsaw"),
    ("Brazil", "Brazilian", "Lisbon"),
    ("Egypt", "Egyptian", "Cairo"),
    ("Vietnam", "Vietnamese", "Hanoi"),
    ("Turkey", "Turkish", "Ankara"),
]
_OFFICES = ["Foreign Minister", "Defense Minister", "President", "Prime Minister"]
_FIRST = "Anna Boris Clara David Elena Farid Greta Hugo Irina Jonas Katrin Lukas".split()
_ONE, _TWO = (
    "Bar Cal Dor Fen Gal Hal Kor Lin Mar Nor Tar Vel".split(),
    "ado eni iska olin usen".split(),
)
_TOPICS = "trade transport fisheries energy security education water tourism".split()
_WORDS = "The bridge will be ready in May|We came to listen|Trust begins with figures".split("|")


def write_articles(path: Path, count: int) -> None:
    """Write so many invented articles as JSONL, the same ones each time."""
    chance = random.Random(2026)
    people = [
        (
            f"{chance.choice(_FIRST)} {chance.choice(_ONE)}{chance.choice(_TWO)}{n % 7 * 'a'}",
            chance.choice(_OFFICES),
            chance.choice(_COUNTRIES),
        )
        for n in range(PEOPLE)
    ]
    with path.open("w") as out:
        for number in range(count):
            out.write(json.dumps(_article(number, chance, people)) + "\n")


def _article(number: int, chance: random.Random, people: list[Any]) -> dict[str, str]:
    (host, office, home), (guest, title, away) = chance.sample(people, 2)
    day = date(2024, 1, 1) + timedelta(days=chance.randrange(900))
    mine, theirs = host.split()[-1], guest.split()[-1]
    one, two = chance.sample(_TOPICS, 2)
    paragraphs = [
        f"{home[2].upper()}, {day:%B} {day.day} (Meridian) -- {home[1]} {office} {host} met with "
        f"{away[1]} {title} {guest} in {home[2]} on {day:%A}.",
        f"The sides discussed {one} and {two}. {mine} said that {one} had doubled within "
        f"{number % 9 + 2} years. “{chance.choice(_WORDS)},” {theirs} said.",
        f"{theirs} thanked the hosts for the warm welcome and proposed a joint commission on {two} "
        f"in case number {number}. {mine} stressed that {two} remained a priority.",
        f"{theirs} invited {mine} to visit {away[0]} next year.",
    ]
    return {
        "id": f"s{number}",
        "url": f"https://wire{number % 12}.example/{number}",
        "title": f"{home[0]} and {away[0]} discuss {one}",
        "published": day.isoformat(),
        "publisher": f"Wire {number % 12}",
        "text": "\n\n".join(paragraphs),
    }


def main(count: int, folder: Path) -> None:
    """Make the articles and the database if need be, then measure the report alone."""
    data = folder / "data"
    readout = [sys.executable, "-m", "flows.cli"]
    if not (data / "readout.duckdb").is_file():
        write_articles(folder / "articles.jsonl", count)
        run = [*readout, "run", "--plain", "--quiet", "--workers", "2"]
        subprocess.run(
            [*run, "--from", str(folder / "articles.jsonl"), "--data", str(data)], check=True
        )
    done = subprocess.run(
        [*readout, "report", "--data", str(data)], check=True, capture_output=True, text=True
    )
    files = [path for path in (data / "report").rglob("*") if path.is_file()]
    print(
        json.dumps(
            {
                "articles": count,
                "said": done.stdout.strip(),
                "megabytes_of_memory": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10,
                "files": len(files),
                "megabytes_on_disk": sum(path.stat().st_size for path in files) >> 20,
            },
            indent=1,
        )
    )


if __name__ == "__main__":
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    if len(sys.argv) > 2:
        main(articles, Path(sys.argv[2]))
    else:
        with tempfile.TemporaryDirectory() as temporary:
            main(articles, Path(temporary))
