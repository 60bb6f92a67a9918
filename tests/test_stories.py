"""Copies of one story are told from stories told by one template, in whatever order they come."""

from __future__ import annotations

import itertools
import json
import random
from pathlib import Path

import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from flows.cli import main
from transforms.stories import find_bands, folded_words, is_same_story, make_copy, split_bands

STORY = [
    "Freeland's Foreign Minister Marta Vance met her Norland counterpart Olaf Brenn on Thursday to "
    "discuss a pipeline that is to carry 12 billion cubic metres of gas a year from 2031 on.",
    "“We have settled the route, and we have settled the price,” Vance told reporters after two "
    "hours of talks in the old customs house, adding that lawyers would now draw up the treaty.",
    "Brenn said parliament in Norland would vote before the summer break. He thanked Freeland for "
    "its patience during a dispute over transit fees that had lasted for nine years.",
    "The line would run for 640 kilometres below the Amber Sea. Fishermen on both coasts have "
    "protested against it, and a court in Port Halden is hearing their complaint in April.",
]
TEMPLATE = (
    "Foreign Minister {a} held a telephone conversation with Foreign Minister {b} of {c} today. "
    "The sides exchanged views on bilateral relations and on the situation in the region. {a} "
    "noted the importance of regular contacts. The ministers also touched upon cooperation within "
    "international organizations and agreed to continue their dialogue on all issues of mutual "
    "interest in the months to come. The call took place on the initiative of the other side."
)
RATES = (
    "The central bank set the official rate of the crown at {x} to the dollar and {y} to the euro "
    "on {d}. Trading on the currency exchange was calm, dealers said, with a turnover of {z} "
    "million. The bank did not intervene in the market, and it expects that inflation will remain "
    "within its target corridor until the end of the year, as it has said several times before."
)


def text(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


REPRINTS = [
    "PORT HALDEN, March 5. " + text(*STORY),
    "PORT HALDEN (AP) — " + text(*STORY),
    text(*STORY[:3]),  # cut from the end
    text(*STORY, "Copyright 2020. All rights reserved."),
    text(*STORY)
    .replace("metres", "meters")
    .replace("kilometres", "kilometers")
    .replace("a year", "annually"),
    text("By Jane Roe", *STORY[:2], "Additional reporting by Max Poe.", *STORY[2:]),
]
OTHERS = [
    TEMPLATE.format(a="Marta Vance", b="Olaf Brenn", c="Norland"),
    TEMPLATE.format(a="Marta Vance", b="Kaarel Lepik", c="Estmark"),
    TEMPLATE.format(a="Ilse Korda", b="Nino Tval", c="the Republic of Kolch"),
    RATES.format(x="24.31", y="26.02", d="March 5", z="115"),
    RATES.format(x="24.44", y="26.15", d="March 6", z="98"),
    "Marta Vance met Olaf Brenn.",
    "Marta Vance met Olaf Brenn again.",
    text(
        STORY[0],
        *(f"On another matter, number {n}, the two said nothing at all." for n in range(40)),
    ),
]


PAIRS = list(itertools.combinations([REPRINTS[0], *OTHERS], 2))


def candidates(one: str, other: str) -> bool:
    bands = [set(split_bands(find_bands(folded_words(each)))) for each in (one, other)]
    return bool(bands[0] & bands[1])


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(REPRINTS, 2)))
def test_reprints_are_one_story(one: str, other: str) -> None:
    assert candidates(one, other)
    assert is_same_story(make_copy(one), make_copy(other))


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_one_template_filled_twice_is_two_stories(one: str, other: str) -> None:
    assert not is_same_story(make_copy(one), make_copy(other))
    assert not is_same_story(make_copy(other), make_copy(one))


def test_short_texts_are_one_story_only_if_their_words_are_the_same() -> None:
    assert is_same_story(make_copy("Talks — at last!"), make_copy("TALKS, at last"))
    assert not is_same_story(make_copy("Talks at last"), make_copy("Talks at first"))


def test_a_fingerprint_is_the_same_in_every_process_and_version() -> None:
    """Fingerprints are kept in snapshots: another hash would part old copies from new ones."""
    assert find_bands(folded_words(STORY[0])).startswith("7ee5e79834040be9")
    assert len(find_bands(["one"])) == 160


def lines() -> list[str]:
    texts = [*REPRINTS, *OTHERS]
    return [
        json.dumps({"id": f"n{n}", "text": body, "published": f"2020-0{1 + n % 4}-05T10:00:00Z"})
        for n, body in enumerate(texts)
    ]


def stories(data: Path) -> dict[str, str]:
    files = sorted((data / "tables" / "articles").glob("*.parquet"))
    rows = [row for file in files for row in pq.ParquetFile(file).read().to_pylist()]
    return {row["external_id"]: row["story_id"] for row in rows}


def run(data: Path, batch: list[str]) -> str:
    file = data.parent / "news.jsonl"
    file.write_text("\n".join(batch))
    assert main(["run", "--plain", "--quiet", "--data", str(data), "--from", str(file)]) == 0
    return str((data / "tables" / "current").readlink())


def test_six_copies_share_a_story_and_nothing_else_does(tmp_path: Path) -> None:
    run(tmp_path / "data", lines())
    found = stories(tmp_path / "data")
    assert len({found[f"n{n}"] for n in range(6)}) == 1
    assert len(set(found.values())) == 1 + len(OTHERS)


@pytest.mark.parametrize("seed", [1, 2])
def test_parts_and_order_change_no_byte(seed: int, tmp_path: Path) -> None:
    whole = run(tmp_path / "whole", lines())
    shuffled = lines()
    random.Random(seed).shuffle(shuffled)
    for start in range(0, len(shuffled), 4):
        parts = run(tmp_path / "parts", shuffled[start : start + 4])
    assert parts == whole


def test_two_stories_become_one_when_the_text_between_them_comes(tmp_path: Path) -> None:
    """The ends of a chain are no copies of each other; the middle is one of both."""
    extra = [
        f"In the harbour town of Halden, clerk number {n} of the customs office wrote down what "
        f"the delegations said in room {n}, and every word was read out to the crew of ship {n}."
        for n in range(9)
    ]
    chain = [text(*extra[:4]), text(*extra), text(*extra[5:])]
    batch = [
        json.dumps({"id": f"c{n}", "text": body, "published": f"2020-0{n + 1}-05"})
        for n, body in enumerate(chain)
    ]
    data = tmp_path / "data"
    run(data, [batch[0], batch[2]])
    assert len(set(stories(data).values())) == 2
    parts = run(data, [batch[1]])
    assert len(set(stories(data).values())) == 1
    assert parts == run(tmp_path / "whole", batch[::-1])
