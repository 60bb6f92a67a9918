"""How fast extraction is: articles per second and core, beside a floor measured in the same run.

    python tests/bench_extract.py [FILE.jsonl] [--profile]   (default: seeds/sample)

The floor is what any reader has to do: split the text into tokens and sentences and look each token
up in the cue set once. The ratio says what reading costs on top; unlike seconds it hardly depends
on the machine. Processor time, best of five rounds each. --profile prints where the time goes, by
module and by function.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import pstats
import time
from collections import Counter
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
    """Read the articles, time both, print the figures and, where asked, where the time goes."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("file", nargs="?", type=Path, help="articles, one JSON object a line")
    arguments.add_argument("--profile", action="store_true", help="print where the time goes")
    chosen = arguments.parse_args()
    lexicon = build_lexicon({name: seeds.read(name) for name in seeds.names()})
    articles = _articles(chosen.file, lexicon)
    if not articles:
        raise SystemExit(f"bench_extract: no article in {chosen.file}")
    floor = _best(lambda: [_floor(article.text, lexicon) for article in articles])
    full = _best(lambda: [extract(article, lexicon) for article in articles])
    characters = sum(len(article.text) for article in articles) / len(articles)
    print(f"{len(articles)} articles of {characters:.0f} characters on average")
    print(f"floor    {len(articles) / floor:8.0f} articles/s/core")
    print(f"extract  {len(articles) / full:8.0f} articles/s/core   {full / floor:.1f} x the floor")
    if chosen.profile:
        _profile(articles, lexicon)


def _profile(articles: list[Article], lexicon: Lexicon) -> None:
    """Own time by module, then by function."""
    profile = cProfile.Profile()
    profile.runcall(lambda: [extract(article, lexicon) for article in articles])
    stats = pstats.Stats(profile)
    by_module: Counter[str] = Counter()
    for (file, _, _), (_, _, own, _, _) in stats.stats.items():  # type: ignore[attr-defined]
        by_module[Path(file).name] += own
    total = sum(by_module.values())
    for name, own in by_module.most_common(15):
        print(f"{name:24s} {100 * own / total:5.1f} %")
    stats.sort_stats("tottime").print_stats(25)


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
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return min(seconds)


if __name__ == "__main__":
    main()
