"""How fast pages are read: pages per second and core, beside a floor and a yardstick.

    python tests/bench_pages.py [FOLDER]      (default: the pages of seeds/sample)

The floor is one lxml parse; the yardstick is plain trafilatura with metadata. All three read each
page in turn, and each page counts with its best round, so that the ratios hold on a busy machine.
"""

from __future__ import annotations

import gzip
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from lxml import html
from trafilatura import bare_extraction

import seeds
from flows.settings import page_rules
from transforms.cleaning import UnusableError
from transforms.pages import parse_page

ROUNDS = 5


def _plain_trafilatura(page: bytes) -> None:
    bare_extraction(page, include_comments=False, with_metadata=True)


def _readout(page: bytes) -> None:
    with suppress(UnusableError):
        parse_page(page, rules=page_rules())


WORK: dict[str, Callable[[bytes], object]] = {
    "floor: one lxml parse": html.fromstring,
    "trafilatura with metadata": _plain_trafilatura,
    "readout": _readout,
}


def main() -> None:
    """Read the pages with each, print pages per second and the ratios."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else seeds.sample_path()
    pages = [_page(path) for path in sorted(folder.rglob("*.html*"))]
    seconds = dict.fromkeys(WORK, 0.0)
    for page in pages:
        for name, work in WORK.items():
            seconds[name] += min(_time(work, page) for _ in range(ROUNDS))
    print(f"{len(pages)} pages of {sum(map(len, pages)) / len(pages) / 1000:.0f} kB on average")
    for name in WORK:
        ratio = seconds["trafilatura with metadata"] / seconds[name]
        print(f"{name:<26} {len(pages) / seconds[name]:7.1f} pages/s/core  {ratio:5.2f} x")


def _page(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def _time(work: Callable[[bytes], object], page: bytes) -> float:
    start = time.process_time()
    work(page)
    return time.process_time() - start


if __name__ == "__main__":
    main()
