"""Measure how often statements are right by what they show, and write seeds/evidence.csv anew.

    python tests/fit_confidence.py ANNOTATIONS.jsonl ARTICLES.jsonl [--write]

ANNOTATIONS holds one article a line: {"id", "statements": [{"content": [words…], "speaker":
{"name"}}]}; ARTICLES the same articles as Readout reads them. A statement is right where its
content shares at least 0.7 of its words (Jaccard) with an annotated one and the speaker's last
name is the same or half of the name's words are. Weights are those of a logistic regression with a
ridge penalty, found by gradient ascent; the curve printed is from ten-fold cross-validation, so
that no article judges itself. The articles stay where they are: only the weights are written.
"""

from __future__ import annotations

import csv
import json
import math
import re
import sys
from bisect import bisect_left
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import seeds
from transforms.articles import build_article
from transforms.confidence import find_evidence
from transforms.documents import Document, parse_record
from transforms.found import FoundStatement
from transforms.home import find_home
from transforms.lexicon import Lexicon, build_lexicon
from transforms.people import find_cast, fold
from transforms.raw_record import RawRecord
from transforms.records import Article
from transforms.statements import find_statements
from transforms.text import Text, parse_text
from transforms.wires import body_start

JACCARD = 0.7
RIDGE = 2.0
STEPS = 400
RATE = 2.0
FOLDS = 10
MIN_ROWS = 4  # a feature seen less often keeps weight 0

Annotation = dict[str, Any]
Row = tuple[str, list[str], bool]  # article, evidence, right or wrong


def main() -> None:
    """Read, fit, print the table and the curve; with --write, replace the seed table."""
    gold = {row["id"]: row for row in _lines(Path(sys.argv[1]))}
    lexicon = build_lexicon({name: seeds.read(name) for name in seeds.names()})
    rows = [row for line in _lines(Path(sys.argv[2])) for row in _judge(line, gold, lexicon)]
    weights = fit(rows)
    for feature, weight in sorted(weights.items()):
        seen = [right for _, evidence, right in rows if feature in evidence or feature == "base"]
        print(
            f"{feature:24s} {weight:+.2f}  rows {len(seen):4d}  right {sum(seen) / len(seen):.2f}"
        )
    print("\nconfidence   rows  mean  right   (cross-validated)")
    for low, count, mean, right in curve(rows):
        print(f"{low:.1f} to {low + 0.1:.1f}  {count:6d}  {mean:.2f}   {right:.2f}")
    if "--write" in sys.argv:
        _write(weights, rows)


def fit(rows: list[Row]) -> dict[str, float]:
    """Log-odds of being right for each feature, and of the base."""
    counts = Counter(feature for _, evidence, _ in rows for feature in evidence)
    features = [feature for feature, count in sorted(counts.items()) if count >= MIN_ROWS]
    weights = dict.fromkeys(["base", *features], 0.0)
    for _ in range(STEPS):
        slope: dict[str, float] = defaultdict(float)
        for _, evidence, right in rows:
            error = right - predict(weights, evidence)
            for feature in ["base", *evidence]:
                slope[feature] += error
        for feature in weights:
            penalty = RIDGE * weights[feature] if feature != "base" else 0.0
            weights[feature] += RATE * (slope[feature] - penalty) / len(rows)
    return weights


def predict(weights: dict[str, float], evidence: list[str]) -> float:
    """The probability that a row with this evidence is right."""
    score = weights["base"] + sum(weights.get(feature, 0.0) for feature in evidence)
    return 1 / (1 + math.exp(-score))


def curve(rows: list[Row]) -> list[tuple[float, int, float, float]]:
    """(lower bound, rows, mean confidence, share right) by tenths, from cross-validation."""
    articles = sorted({article for article, _, _ in rows})
    fold_of = {article: number % FOLDS for number, article in enumerate(articles)}
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for number in range(FOLDS):
        weights = fit([row for row in rows if fold_of[row[0]] != number])
        for article, evidence, right in rows:
            if fold_of[article] == number:
                confidence = predict(weights, evidence)
                bins[min(int(confidence * 10), 9)].append((confidence, right))
    return [
        (
            tenth / 10,
            len(pairs),
            sum(confidence for confidence, _ in pairs) / len(pairs),
            sum(right for _, right in pairs) / len(pairs),
        )
        for tenth, pairs in sorted(bins.items())
    ]


def _judge(line: dict[str, str], gold: dict[str, Annotation], lexicon: Lexicon) -> list[Row]:
    """The article's statements with their evidence, and whether an annotation agrees."""
    article = _article(line, lexicon)
    if article is None or line["id"] not in gold:
        return []
    text = parse_text(article.text, lexicon.abbreviations)
    first = bisect_left(text.starts, body_start(article.text, lexicon))
    cast = find_cast(text, lexicon, article.title, find_home(article, lexicon), first)
    found = find_statements(text, cast, article, lexicon, first).statements
    open_rows = list(gold[line["id"]]["statements"])
    rows = []
    for statement in found:
        match = next((row for row in open_rows if _agree(text, statement, row)), None)
        if match is not None:
            open_rows.remove(match)
        rows.append((line["id"], find_evidence(statement), match is not None))
    return rows


def _agree(text: Text, statement: FoundStatement, row: Annotation) -> bool:
    words = set(_words(" ".join(text.slice(*part) for part in statement.contents)))
    wanted = set(_words(" ".join(row["content"])))
    if not words | wanted or len(words & wanted) / len(words | wanted) < JACCARD:
        return False
    name = _words(statement.entity.name if statement.entity else "")
    speaker = row["speaker"]
    names = [_words(speaker.get("name") or ""), _words(speaker.get("mention") or "")]
    return any(_same_name(wanted_name, name) for wanted_name in names if wanted_name and name)


def _same_name(a: list[str], b: list[str]) -> bool:
    """The same last word, or at least half of all words shared."""
    return a[-1] == b[-1] or len(set(a) & set(b)) >= len(set(a) | set(b)) / 2


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text))


def _article(line: dict[str, str], lexicon: Lexicon) -> Article | None:
    record = RawRecord("file:fit.jsonl", "application/json", json.dumps(line).encode())
    for item in parse_record(record):
        article = build_article(item, lexicon, "fit") if isinstance(item, Document) else None
        if isinstance(article, Article):
            return article
    return None


def _lines(path: Path) -> list[Annotation]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _write(weights: dict[str, float], rows: list[Row]) -> None:
    path = Path(seeds.__file__).parent / "evidence.csv"
    notes = {row["feature"]: row for row in seeds.read("evidence")} if path.exists() else {}
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["feature", "weight", "rows", "right", "example", "note"])
        for feature, weight in sorted(weights.items()):
            seen = [right for _, evidence, right in rows if feature in evidence]
            seen = [right for _, _, right in rows] if feature == "base" else seen
            old = notes.get(feature, {"example": "", "note": ""})
            share = f"{sum(seen) / len(seen):.2f}"
            cells = [feature, f"{weight:.2f}", len(seen), share, old["example"], old["note"]]
            writer.writerow(cells)


if __name__ == "__main__":
    main()
