"""What one run is asked to do, and the two things that every step needs: lexicon and version."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import seeds
import transforms
from transforms.lexicon import Lexicon, build_lexicon
from transforms.page_rules import PageRules, build_page_rules

from .sources import Source


@dataclass(frozen=True, slots=True)
class Settings:
    """One run: where the data lie, what to read, and how.

    `sources` is what `sources_file` lists; `everything` extracts all raw records anew, and
    `forced` though fewer are left than are published. `workers` and `batch_size` change the speed,
    never a byte of the result; `dask` is the address of a Dask scheduler whose workers do what
    `workers` would. `office_holders` is a table that tells who held which office.
    """

    data: Path
    paths: tuple[Path, ...] = ()
    sources: tuple[Source, ...] = ()
    workers: int = 1
    batch_size: int = 200
    everything: bool = False
    sources_file: Path | None = None
    office_holders: Path | None = None
    forced: bool = False
    dask: str | None = None


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The seeds, compiled once a process."""
    return build_lexicon({name: seeds.read(name) for name in seeds.names()})


@lru_cache(maxsize=1)
def page_rules() -> PageRules:
    """What the seeds know of pages, compiled once a process."""
    return build_page_rules(seeds.read("publishers"), seeds.read("page_signs"))


def release() -> str:
    """The installed version of Readout."""
    try:
        return version("readout-news")
    except PackageNotFoundError:  # run from a checkout that was never installed
        return "0"


@lru_cache(maxsize=1)
def coder_version() -> str:
    """Version of the rules and seeds: the release, and a digest of what codes a row.

    Any change of a rule or a seed changes it, so rows of two versions never mix unseen, and the
    next run extracts everything anew from raw.
    """
    rules = sorted(Path(transforms.__file__).parent.glob("*.py"))
    knowledge = sorted(Path(seeds.__file__).parent.glob("*.csv"))
    digest = hashlib.sha256()
    for path in rules + knowledge:
        digest.update(path.name.encode() + b"\n" + path.read_bytes())
    return f"{release()}+{digest.hexdigest()[:8]}"
