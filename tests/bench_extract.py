"""How fast extraction is: articles per second and core, beside a floor measured in the same run.

    python tests/bench_extract.py [FILE.jsonl]      (default: the articles of seeds/sample)

The floor is what any reader has to do: split the text into tokens and sentences and look each token
up in the cue set once. The ratio says what reading costs on top; unlike seconds it hardly depends
on the machine. Best of five rounds each.
"""

from __future__ import annotations

import cProfile
import json
import pstats
import sys
import time
from collections.abc import Callable
from pathlib import Path

import seeds
from transforms.articles import build_article
from transforms.documents import Document, parse_record
from transforms.extraction import extract
from transforms.lexicon import Lexicon, build_lexicon
from transforms.raw_record import RawRecord
from transforms.records import Article
from transforms.text import parse_text

ROUNDS = 5


def main() -> None:
    """Read the articles, time both, print the figures and where the time goes."""
    lexicon = build_lexicon({name: seeds.read(name) for name in seeds.names()})
    articles = _articles(Path(sys.argv[1]) if len(sys.argv) > 1 else None, lexicon)
    floor = _best(lambda: [_floor(article.text, lexicon) for article in articles])
    full = _best(lambda: [extract(article, lexicon) for article in articles])
    characters = sum(len(article.text) for article in articles) / len(articles)
    print(f"{len(articles)} articles of {characters:.0f} characters on average")
    print(f"floor    {len(articles) / floor:8.0f} articles/s/core")
    print(f"extract  {len(articles) / full:8.0f} articles/s/core   {full / floor:.1f} x the floor")
    profile = cProfile.Profile()
    profile.runcall(lambda: [extract(article, lexicon) for article in articles])
    pstats.Stats(profile).sort_stats("tottime").print_stats(12)


def _articles(path: Path | None, lexicon: Lexicon) -> list[Article]:
    paths = [path] if path else sorted(seeds.sample_path().rglob("*.jsonl"))
    lines = [line for p in paths for line in p.read_bytes().splitlines() if line.strip()]
    if path is None:
        texts = [p.read_bytes() for p in sorted(seeds.sample_path().rglob("*.txt"))]
        lines += [json.dumps({"text": t.decode("utf-8", "replace")}).encode() for t in texts]
    articles = []
    for line in lines:
        for item in parse_record(RawRecord("file:bench.jsonl", "application/json", line)):
            article = build_article(item, lexicon, "bench") if isinstance(item, Document) else None
            if isinstance(article, Article):
                articles.append(article)
    return articles


def _floor(text: str, lexicon: Lexicon) -> int:
    parsed = parse_text(text, lexicon.abbreviations)
    return sum(lexicon.cues.longest(parsed.lows, i) is not None for i in range(len(parsed.lows)))


def _best(work: Callable[[], object]) -> float:
    seconds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


if __name__ == "__main__":
    main()
