"""Meetings: who met whom, where, when; and what only looks like a meeting.

Every case is one short article of our own, with invented persons, published on Thursday,
5 March 2020.
"""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from functools import cache

import pytest

import seeds
from transforms.home import Home
from transforms.lexicon import Lexicon, build_lexicon
from transforms.meeting_rows import MeetingRows, meeting_rows
from transforms.meetings import find_meetings
from transforms.people import find_cast
from transforms.records import Article, Miss, fields_of
from transforms.statement_rows import miss_rows
from transforms.text import parse_text


@cache
def lexicon() -> Lexicon:
    """All seeds, compiled once."""
    return build_lexicon({name: seeds.read(name) for name in seeds.names()})


def article(text: str, **columns: object) -> Article:
    """An article of 5 March 2020 with the given columns; what is required and not given is 'x'."""
    required = {
        f.name: "x"
        for f in fields_of(Article)
        if not f.nullable and f.type is str and f.name not in columns
    }
    values: dict[str, object] = {"published_at": datetime(2020, 3, 5, 12, tzinfo=UTC), **columns}
    return Article(**{**required, **values, "text": text})  # type: ignore[arg-type]


def read(text: str, **columns: object) -> tuple[MeetingRows, list[Miss]]:
    """Rows and misses of a text."""
    read_article = article(text, **columns)
    parsed = parse_text(text, lexicon().abbreviations)
    cast = find_cast(
        parsed, lexicon(), read_article.title, Home(dateline=read_article.dateline_country)
    )
    found, misses = find_meetings(parsed, cast, read_article, lexicon())
    rows = meeting_rows(read_article, parsed, cast, lexicon(), found)
    return rows, miss_rows(read_article, "meeting", misses)


def names(rows: MeetingRows, number: int = 0) -> list[str]:
    """Names of the participants of the n-th meeting, sorted."""
    key = rows.meetings[number].meeting_id
    return sorted(p.name for p in rows.participants if p.meeting_id == key)


MET = [
    (
        "Foreign Minister John Harlan of Norway met with Foreign Minister Anna Virta of Finland.",
        ["Anna Virta", "John Harlan"],
        "meeting",
        "held",
    ),
    (
        "President John Harlan received Prime Minister Peter Lund on Tuesday.",
        ["John Harlan", "Peter Lund"],
        "meeting",
        "held",
    ),
    (
        "President John Harlan was received by King Peter Lund in Oslo.",
        ["John Harlan", "Peter Lund"],
        "meeting",
        "held",
    ),
    (
        "After hosting Chancellor Anna Virta in Oslo, President John Harlan spoke of gas.",
        ["Anna Virta", "John Harlan"],
        "meeting",
        "held",
    ),
    (
        "President John Harlan and Prime Minister Peter Lund met in Geneva.",
        ["John Harlan", "Peter Lund"],
        "meeting",
        "held",
    ),
    (
        "President John Harlan held talks with Prime Minister Peter Lund.",
        ["John Harlan", "Peter Lund"],
        "meeting",
        "held",
    ),
    (
        "The meeting between President John Harlan and Prime Minister Peter Lund lasted an hour.",
        ["John Harlan", "Peter Lund"],
        "meeting",
        "held",
    ),
    (
        "Norway hosted talks between Russia and Ukraine.",
        ["Russia", "Ukraine"],
        "meeting",
        "held",
    ),
    (
        "President John Harlan spoke by phone with Prime Minister Peter Lund.",
        ["John Harlan", "Peter Lund"],
        "phone_call",
        "held",
    ),
    (
        "President John Harlan had a telephone conversation with Prime Minister Peter Lund.",
        ["John Harlan", "Peter Lund"],
        "phone_call",
        "held",
    ),
    (
        "President John Harlan held a video conference with Prime Minister Peter Lund.",
        ["John Harlan", "Peter Lund"],
        "video_call",
        "held",
    ),
    (
        "President John Harlan will meet Prime Minister Peter Lund on Monday.",
        ["John Harlan", "Peter Lund"],
        "meeting",
        "planned",
    ),
    (
        "President John Harlan is scheduled to meet Prime Minister Peter Lund on Monday.",
        ["John Harlan", "Peter Lund"],
        "meeting",
        "planned",
    ),
    (
        "President John Harlan will travel to Rome for talks with Prime Minister Peter Lund.",
        ["John Harlan", "Peter Lund"],
        "meeting",
        "planned",
    ),
    (
        "President John Harlan postponed a meeting with Prime Minister Peter Lund.",
        ["John Harlan", "Peter Lund"],
        "meeting",
        "cancelled",
    ),
    (
        "President John Harlan is meeting Prime Minister Peter Lund.",
        ["John Harlan", "Peter Lund"],
        "meeting",
        "ongoing",
    ),
    (
        "King Peter Lund, who visited President John Harlan last year, praised him.",
        ["John Harlan", "Peter Lund"],
        "visit",
        "held",
    ),
    (
        "Foreign Minister John Harlan of Norway, Foreign Minister Anna Virta of Finland and "
        "Foreign Minister Peter Lund of Denmark held a joint meeting.",
        ["Anna Virta", "John Harlan", "Peter Lund"],
        "multilateral",
        "held",
    ),
]


@pytest.mark.parametrize(("text", "parties", "kind", "status"), MET)
def test_one_meeting(text: str, parties: list[str], kind: str, status: str) -> None:
    """One sentence, one meeting, all its parties, its kind and its status."""
    rows, _ = read(text)
    assert len(rows.meetings) == 1
    assert (names(rows), rows.meetings[0].kind, rows.meetings[0].status) == (parties, kind, status)


NOT_MET = [
    ("President John Harlan met the deadline.", "not_a_meeting"),
    ("President John Harlan did not meet Prime Minister Peter Lund.", "negated"),
    ("President John Harlan refused to meet Prime Minister Peter Lund.", "negated"),
    ("President John Harlan is ready to meet Prime Minister Peter Lund.", "hypothetical"),
    ("President John Harlan could meet Prime Minister Peter Lund.", "hypothetical"),
    (
        "President John Harlan asked whether Prime Minister Peter Lund met King Olaf.",
        "hypothetical",
    ),
    ("President John Harlan proposed a meeting with Prime Minister Peter Lund.", "hypothetical"),
    ("Norway and Finland regularly meet in Oslo.", "hypothetical"),
    ("President John Harlan met voters in Oslo.", "one_party"),
    ("Sweden met Denmark in the final of the tournament on Sunday.", "not_a_meeting"),
]


@pytest.mark.parametrize(("text", "reason"), NOT_MET)
def test_miss(text: str, reason: str) -> None:
    """What fired and is no meeting leaves a miss with its reason."""
    rows, misses = read(text)
    assert rows.meetings == []
    assert reason in {miss.reason for miss in misses}


QUIET = [
    "President John Harlan welcomed the decision of Norway.",
    "President John Harlan spoke to reporters in Oslo.",
    "President John Harlan held a press conference after a cabinet meeting.",
    "President John Harlan visited the Museum of the Sea.",
    "President John Harlan sent a letter to Prime Minister Peter Lund.",
    "The new talk show host Peter Lund discussed gardens.",
    "In a panel discussion with Minister Anna Virta, Minister Peter Lund praised the law.",
    "President John Harlan hosted the latest debate among the Labour Party candidates.",
]


@pytest.mark.parametrize("text", QUIET)
def test_no_meeting(text: str) -> None:
    """Interviews, ceremonies, sittings of one body, letters: no meetings."""
    rows, _ = read(text)
    assert rows.meetings == []


def test_later_sentences_join() -> None:
    """ "The meeting", "they" and the topic sentence add to the one row."""
    rows, _ = read(
        "President John Harlan met Prime Minister Peter Lund on March 3.\n\n"
        "During the meeting held in an expanded format in Geneva, Harlan praised him. "
        "They exchanged views on trade, as well as in conducting joint exercises."
    )
    (meeting,) = rows.meetings
    assert meeting.date_start is not None
    assert meeting.date_start.isoformat() == "2020-03-03"
    assert (meeting.place, meeting.place_country) == ("Geneva", "CHE")
    assert meeting.format == "expanded format"
    assert meeting.topics == "trade; conducting joint exercises"


def test_another_day_is_another_meeting() -> None:
    """A background meeting of the same two is a row of its own."""
    rows, _ = read(
        "President John Harlan met Prime Minister Peter Lund on Tuesday. "
        "Harlan and Lund met in Geneva in June 2018."
    )
    days = [m.date_start.isoformat() for m in rows.meetings if m.date_start]
    assert days == ["2020-03-03", "2018-06-01"]


def test_phone_call_and_earlier_meeting() -> None:
    """A call that follows up on a meeting is one call and one meeting."""
    rows, _ = read(
        "Foreign Minister John Harlan spoke today with Foreign Minister Peter Lund of Denmark "
        "to follow up on their February 15 meeting in Berlin."
    )
    assert [(m.kind, m.place) for m in rows.meetings] == [
        ("phone_call", None),
        ("meeting", "Berlin"),
    ]


def test_calls_to_several_are_several_calls() -> None:
    """One caller who spoke 'with X and with Y': two rows."""
    rows, _ = read(
        "President John Harlan spoke with President Peter Lund of Denmark "
        "and with President Anna Virta of Finland by phone."
    )
    assert [m.kind for m in rows.meetings] == ["phone_call", "phone_call"]


def test_meetings_in_several_towns() -> None:
    """A list of towns and months is a list of meetings."""
    rows, _ = read(
        "The talks follow meetings between Minister John Harlan and Minister Peter Lund "
        "in Vienna in May 2019, Geneva in September 2019, and Rome in January 2020."
    )
    assert [m.place for m in rows.meetings if m.date_precision == "month"] == [
        "Vienna",
        "Geneva",
        "Rome",
    ]


def test_delegation_by_its_head() -> None:
    """Who heads the delegation is the party; the host's city comes from the dateline."""
    rows, _ = read(
        "OSLO, March 5 - Norwegian Minister of Defense John Harlan has met with the delegation "
        "headed by Finnish Minister of Defense Peter Lund on March 5, the agency reports, "
        "citing the Norwegian Defense Ministry.\n\nHarlan welcomed the guests.",
        dateline_place="OSLO",
        dateline_country="NOR",
    )
    (meeting,) = rows.meetings
    parties = {p.name: p for p in rows.participants}
    assert (meeting.place, meeting.place_country) == ("Oslo", "NOR")
    assert meeting.reported_by == "Norwegian Defense Ministry"
    assert (parties["John Harlan"].side, parties["Peter Lund"].side) == ("host", "guest")
    assert parties["Peter Lund"].is_delegation_head
    assert {p.role_code for p in rows.participants} == {"defense_minister"}


def test_no_country_beside_its_representative() -> None:
    """A country is a party only where nobody represents it."""
    rows, _ = read("Prime Minister Peter Lund of Denmark held talks with Denmark and Norway.")
    assert names(rows) == ["Norway", "Peter Lund"]


def test_day_of_the_cue_is_not_the_meeting_day() -> None:
    """ "Said on Friday" dates the saying."""
    rows, _ = read(
        "President John Harlan will meet Prime Minister Peter Lund on Monday, "
        "a spokesman said on Wednesday."
    )
    (meeting,) = rows.meetings
    assert meeting.date_start is not None
    assert meeting.date_start.isoformat() == "2020-03-09"


def test_no_day_word_no_date() -> None:
    """Current news without a day word has no date."""
    rows, _ = read("President John Harlan met Prime Minister Peter Lund.")
    assert rows.meetings[0].date_start is None


def test_journey_gives_town_and_day() -> None:
    """A meeting told after the journey to it takes over town and day."""
    rows, _ = read(
        "President John Harlan will travel to Rome on March 9. "
        "He will meet Prime Minister Peter Lund."
    )
    (meeting,) = rows.meetings
    assert (meeting.place, str(meeting.date_start)) == ("Rome", "2020-03-09")


def test_listed_participants() -> None:
    """The list under "participants included" names who took part."""
    rows, _ = read(
        "President John Harlan met with religious leaders.\n\nMeeting participants included:\n\n"
        "- Peter Lund, Church of Norway - Anna Virta, Church of Finland"
    )
    assert names(rows) == ["Anna Virta", "John Harlan", "Peter Lund"]


def test_outcome() -> None:
    """A signed document is an outcome."""
    rows, _ = read(
        "President John Harlan met Prime Minister Peter Lund. They signed a memorandum on gas."
    )
    assert rows.meetings[0].outcomes == "a memorandum on gas"


def test_spans_hold_what_they_say() -> None:
    """Every span's text is the article's at its offsets, and every meeting has its evidence."""
    text = (
        "President John Harlan met Prime Minister Peter Lund in Geneva on Tuesday. "
        "They discussed trade.\n\nHarlan will meet King Olaf Brandt in Rome next week."
    )
    rows, _ = read(text)
    assert all(text[s.start : s.end] == s.text for s in rows.spans)
    evidence = {s.owner_id for s in rows.spans if s.field == "evidence"}
    assert evidence == {m.meeting_id for m in rows.meetings}


def test_same_text_same_rows() -> None:
    """Nothing depends on what was read before."""
    text = "President John Harlan met Prime Minister Peter Lund in Geneva on Tuesday."
    first, _ = read(text)
    read("Norway hosted talks between Russia and Ukraine.")
    again, _ = read(text)
    assert [dataclasses.astuple(m) for m in first.meetings] == [
        dataclasses.astuple(m) for m in again.meetings
    ]


ODD = [
    "",
    ".",
    "met",
    "met with",
    "the meeting of",
    "talks between and",
    "“met",
    "Meeting with\n\nof",
]


@pytest.mark.parametrize("text", ODD)
def test_odd_texts(text: str) -> None:
    """Cut and empty texts give no meeting and no error."""
    rows, _ = read(text)
    assert rows.meetings == []
