"""Measure how often meetings are right by what they show; write seeds/meeting_evidence.csv anew.

    python tests/fit_meeting_confidence.py ANNOTATIONS.jsonl ARTICLES.jsonl [--write]

ANNOTATIONS holds one article a line: {"id", "meetings": [{"participants": [{"name"}], "evidence":
[sentence…], "date"}]}; ARTICLES the same articles as Readout reads them. A meeting is right where
at least half of the participants agree with an annotated one (Dice over last names) and either a
sentence of the evidence or the day is the same. The fit and the cross-validated curve are those of
tests/fit_confidence.py. The articles stay where they are: only the weights are written.
"""

from __future__ import annotations

import csv
import re
import sys
from bisect import bisect_left
from pathlib import Path

import seeds
from tests.fit_confidence import Annotation, Row, _article, _lines, curve, fit
from transforms.found import FoundMeeting
from transforms.home import find_home
from transforms.lexicon import Lexicon, build_lexicon
from transforms.meeting_confidence import find_meeting_evidence
from transforms.meetings import find_meetings
from transforms.people import Cast, find_cast, fold
from transforms.text import Text, parse_text
from transforms.wires import body_start

HALF = 0.5


def main() -> None:
    """Read, fit, print the table and the curve; with --write, replace the seed table."""
    gold = {row["id"]: row for row in _lines(Path(sys.argv[1]))}
    lexicon = build_lexicon({name: seeds.read(name) for name in seeds.names()})
    rows = [row for line in _lines(Path(sys.argv[2])) for row in judge(line, gold, lexicon)]
    weights = fit(rows)
    table = [(feature, weight, _seen(feature, rows)) for feature, weight in sorted(weights.items())]
    for feature, weight, seen in table:
        share = sum(seen) / len(seen)
        print(f"{feature:20s} {weight:+.2f}  rows {len(seen):3d}  right {share:.2f}")
    print("\nconfidence   rows  mean  right   (cross-validated)")
    for low, count, mean, right in curve(rows):
        print(f"{low:.1f} to {low + 0.1:.1f}  {count:6d}  {mean:.2f}   {right:.2f}")
    if "--write" in sys.argv:
        _write(table)


def judge(line: dict[str, str], gold: dict[str, Annotation], lexicon: Lexicon) -> list[Row]:
    """The article's meetings with their evidence, and whether an annotation agrees."""
    article = _article(line, lexicon)
    if article is None or line["id"] not in gold:
        return []
    text = parse_text(article.text, lexicon.abbreviations)
    first = bisect_left(text.starts, body_start(article.text, lexicon))
    cast = find_cast(text, lexicon, article.title, find_home(article, lexicon), first)
    found, _ = find_meetings(text, cast, article, lexicon, first)
    open_rows = list(gold[line["id"]]["meetings"])
    rows: list[Row] = []
    for meeting in found:
        match = next((row for row in open_rows if _agree(text, cast, meeting, row)), None)
        if match is not None:
            open_rows.remove(match)
        rows.append((line["id"], find_meeting_evidence(meeting, cast), match is not None))
    return rows


def _agree(text: Text, cast: Cast, found: FoundMeeting, row: Annotation) -> bool:
    names = [_last(cast.entities[p.entity].name) for p in found.participants]
    wanted = [_last(p["name"]) for p in row["participants"]]
    shared = sum(name in names for name in wanted)
    if 2 * shared / max(1, len(names) + len(wanted)) < HALF:
        return False
    if found.date and row["date"] and found.date.start.isoformat().startswith(row["date"]):
        return True
    told = " ".join(_sentence(text, number) for number in found.evidence)
    return any(part[:60] in told or told[:60] in part for part in row["evidence"])


def _sentence(text: Text, number: int) -> str:
    sentence = text.sentences[number]
    return text.raw[sentence.start : sentence.end]


def _last(name: str) -> str:
    words: list[str] = re.findall(r"\w+", fold(name))
    return words[-1] if words else ""


def _seen(feature: str, rows: list[Row]) -> list[bool]:
    return [right for _, evidence, right in rows if feature in evidence or feature == "base"]


def _write(table: list[tuple[str, float, list[bool]]]) -> None:
    path = Path(seeds.__file__).parent / "meeting_evidence.csv"
    known = {row["feature"]: row for row in seeds.read("meeting_evidence")} if path.exists() else {}
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["feature", "weight", "rows", "right", "example", "note"])
        for feature, weight, seen in table:
            old = known.get(feature, {"example": "", "note": ""})
            share = f"{sum(seen) / len(seen):.2f}"
            writer.writerow(
                [feature, f"{weight:.2f}", len(seen), share, old["example"], old["note"]]
            )


if __name__ == "__main__":
    main()
