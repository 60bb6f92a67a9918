"""Dates: found as words, resolved by tense against the article's day."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest

import seeds
from transforms.dates import Anchor, find_dates, resolve_date
from transforms.lexicon import Lexicon
from transforms.text import parse_text

ABBREVIATIONS = frozenset({"sept.", "aug.", "feb.", "oct."})
THURSDAY = Anchor(None, date(2020, 3, 5))


class _Tables(SimpleNamespace):
    """Just the part of a Lexicon that dates need."""

    __hash__ = object.__hash__  # type: ignore[assignment]


LEXICON = cast(Lexicon, cast(Any, _Tables(tables={"date_words": seeds.read("date_words")})))


def dates_in(words: str, tense: str = "past", anchor: Anchor = THURSDAY) -> list[str]:
    """Resolved dates of a one-sentence text: 'start/end precision basis'."""
    text = parse_text(words, ABBREVIATIONS)
    found = []
    for sentence in text.sentences:
        for mention in find_dates(text, sentence, LEXICON):
            day = resolve_date(mention, anchor, tense)
            if day is None:
                found.append("none")
                continue
            start = day.start.isoformat()[: {"day": 10, "month": 7, "year": 4}[day.precision]]
            end = f"/{day.end}" if day.end and day.end != day.start else ""
            found.append(f"{start}{end} {day.basis}")
    return found


EXPLICIT = [
    ("They met on March 5.", "2020-03-05 explicit"),
    ("They met on 5 March 2019.", "2019-03-05 explicit"),
    ("They met on the 5th of March.", "2020-03-05 explicit"),
    ("They met on March 5th, 2018 in Rome.", "2018-03-05 explicit"),
    ("They met on 2019-11-30.", "2019-11-30 explicit"),
    ("They met on Feb. 28.", "2020-02-28 explicit"),
    ("They met on Sept 3 in Rome.", "2019-09-03 explicit"),
    ("They met on December 20.", "2019-12-20 explicit"),
    ("They met on March 5-7.", "2020-03-05/2020-03-07 explicit"),
    ("They met on March 5–7, 2017.", "2017-03-05/2017-03-07 explicit"),
    ("They met on February 27 and 28.", "2020-02-27/2020-02-28 explicit"),
    ("They met from 1 to 3 March.", "2020-03-01/2020-03-03 explicit"),
    ("They met from January 27 through January 29.", "2020-01-27/2020-01-29 explicit"),
    ("They met from 28 January to 2 February.", "2020-01-28/2020-02-02 explicit"),
    ("They met on Tuesday, March 3.", "2020-03-03 explicit"),
    ("They met on Friday (Feb 21).", "2020-02-21 explicit"),
    ("They met in October.", "2019-10 explicit"),
    ("They met in May 2018 and left.", "2018-05 explicit"),
    ("They met in mid-January.", "2020-01 explicit"),
    ("They met in early February.", "2020-02 explicit"),
    ("They last met in 2014.", "2014 explicit"),
    ("They met on March 5,2020 in Rome.", "2020-03-05 explicit"),
]
RELATIVE = [
    ("They met today.", "2020-03-05 relative"),
    ("They met yesterday.", "2020-03-04 relative"),
    ("They met last night.", "2020-03-04 relative"),
    ("They met this morning.", "2020-03-05 relative"),
    ("They met the day before yesterday.", "2020-03-03 relative"),
    ("They met two days ago.", "2020-03-03 relative"),
    ("They met 3 weeks ago.", "2020-02 relative"),
    ("They met a year ago.", "2019 relative"),
    ("They met last week.", "2020-02 relative"),
    ("They met earlier this month.", "2020-03 relative"),
    ("They met last month.", "2020-02 relative"),
    ("They met last June.", "2019-06 explicit"),
    ("They met last year.", "2019 relative"),
    ("They met last summer.", "2019 relative"),
    ("They met at the past weekend.", "2020-02-29/2020-03-01 relative"),
    ("They met on Thursday.", "2020-03-05 weekday"),
    ("They met on Friday.", "2020-02-28 weekday"),
    ("They met last Thursday.", "2020-02-27 weekday"),
    ("They met Wednesday evening.", "2020-03-04 weekday"),
    ("They spoke after Tuesday's vote.", "2020-03-03 weekday"),
]
FUTURE = [
    ("They will meet on Thursday.", "2020-03-05 weekday"),
    ("They will meet on Monday.", "2020-03-09 weekday"),
    ("They will meet next Thursday.", "2020-03-12 weekday"),
    ("They will meet from Monday to Wednesday.", "2020-03-09/2020-03-11 weekday"),
    ("They will meet tomorrow.", "2020-03-06 relative"),
    ("They will meet next week.", "2020-03 relative"),
    ("They will meet next month.", "2020-04 relative"),
    ("They will meet this summer.", "2020 relative"),
    ("They will meet this weekend.", "2020-03-07/2020-03-08 relative"),
    ("They will meet on January 8.", "2021-01-08 explicit"),
    ("They will meet in February.", "2021-02 explicit"),
    ("They will meet on Sept 7.", "2020-09-07 explicit"),
]
NOT_DATES = [
    "They may meet.",
    "Soldiers march on the capital.",
    "May they meet soon.",
    "The Sunday Times reported it.",
    "Shops opened on Black Friday.",
    "In 2000 rooms nobody met.",
    "It cost 5 dollars.",
    "They meet every week.",
    "This meeting was the third one.",
]


@pytest.mark.parametrize(("words", "expected"), EXPLICIT + RELATIVE)
def test_past(words: str, expected: str) -> None:
    """In the past tense a date lies at or before the article's day."""
    assert dates_in(words) == [expected]


@pytest.mark.parametrize(("words", "expected"), FUTURE)
def test_future(words: str, expected: str) -> None:
    """In the future tense it lies at or after it."""
    assert dates_in(words, "future") == [expected]


@pytest.mark.parametrize("words", NOT_DATES)
def test_words_that_are_no_dates(words: str) -> None:
    """Months and weekdays in another sense, plain numbers, general practice."""
    assert dates_in(words) == []


def test_dateline_wins_over_publication() -> None:
    """'Today' is the dateline's day where there is one."""
    assert dates_in("They met today.", anchor=Anchor(date(2020, 3, 4), date(2020, 3, 5))) == [
        "2020-03-04 relative"
    ]


def test_a_day_earlier_counts_from_the_day_last_named() -> None:
    """With no such day it counts from the article's."""
    anchor = Anchor(None, date(2020, 3, 5), reference=date(2020, 3, 1))
    assert dates_in("They had met a day earlier.", anchor=anchor) == ["2020-02-29 relative"]
    assert dates_in("They had met a day earlier.") == ["2020-03-04 relative"]


@pytest.mark.parametrize("words", ["They met on Friday.", "They met today.", "They met on May 5."])
def test_nothing_to_count_from(words: str) -> None:
    """An article without a day leaves weekdays and bare days open."""
    assert dates_in(words, anchor=Anchor(None, None)) == ["none"]


def test_impossible_day() -> None:
    """30 February is found and not resolved."""
    assert dates_in("They met on February 30, 2019.") == ["none"]


def test_offsets() -> None:
    """A mention covers its words and no more."""
    text = parse_text("On Friday (Feb 21) they met.", ABBREVIATIONS)
    (mention,) = find_dates(text, text.sentences[0], LEXICON)
    assert text.slice(mention.first, mention.last) == "Friday (Feb 21"
