"""Golden articles: what a careful reader finds in the sample, and what Readout finds.

`golden/sample.json` was written by hand from the texts in seeds/sample, by the rules of
docs/what-counts.md. A change of the rules that changes a row here is looked at by a person.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import seeds
from flows.local import list_files, read_file
from transforms.articles import build_article
from transforms.documents import Document, parse_record
from transforms.extraction import Extraction, extract
from transforms.lexicon import build_lexicon
from transforms.records import Article

GOLDEN = json.loads((Path(__file__).parent / "golden" / "sample.json").read_text("utf-8"))


@cache
def readings() -> dict[str, Extraction]:
    """What is extracted from each article of the sample; of two versions the first."""
    lexicon = build_lexicon({name: seeds.read(name) for name in seeds.names()})
    found: dict[str, Extraction] = {}
    for file in list_files(seeds.sample_path()):
        for record in read_file(file):
            for item in parse_record(record):
                article = build_article(item, lexicon, "t") if isinstance(item, Document) else None
                if isinstance(article, Article) and article.external_id:
                    found.setdefault(article.external_id, extract(article, lexicon))
    return found


def met(reading: Extraction) -> list[dict[str, Any]]:
    parties: dict[str, list[str]] = {}
    for party in sorted(reading.participants, key=lambda row: row.ordinal):
        text = "/".join(word or "" for word in (party.name, party.country, party.role_code))
        parties.setdefault(party.meeting_id, []).append(text)
    return [
        {
            "kind": row.kind,
            "status": row.status,
            "date": row.date_start.isoformat() if row.date_start else None,
            "place": row.place,
            "place_country": row.place_country,
            "participants": parties.get(row.meeting_id, []),
            "topics": row.topics.split("; ") if row.topics else [],
        }
        for row in reading.meetings
    ]


def said(reading: Extraction) -> set[tuple[str | None, ...]]:
    return {(row.speaker_name, row.cue, row.content) for row in reading.statements}


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda row: row["external_id"])
def test_meetings(golden: dict[str, Any]) -> None:
    found = met(readings()[golden["external_id"]])
    assert sorted(found, key=str) == sorted(golden["meetings"], key=str)


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda row: row["external_id"])
def test_statements(golden: dict[str, Any]) -> None:
    wanted = {(row["speaker"], row["cue"], row["content"]) for row in golden["statements"]}
    assert said(readings()[golden["external_id"]]) == wanted
