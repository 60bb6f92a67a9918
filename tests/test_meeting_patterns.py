"""Patterns in which news reports a meeting, one text of our own each, with invented persons.

Published on Thursday, 5 March 2020, like the cases of test_meeting_cases.
"""

from __future__ import annotations

import pytest

from tests.test_meeting_cases import Case, day, found
from tests.test_meetings import names, read

TOLD: list[Case] = [
    (
        'Russian President Oleg Marin said he had "frank and useful" talks with Polish Prime '
        "Minister Jan Wolski in Moscow on Wednesday.",
        [("meeting", "held", "2020-03-04", "RUS", ["Jan Wolski", "Oleg Marin"])],
    ),
    (
        "The spokesman described the talks held on Monday by Estonian President Maarja Tamm and "
        "her Latvian counterpart Janis Ozols as useful.",
        [("meeting", "held", "2020-03-02", None, ["Janis Ozols", "Maarja Tamm"])],
    ),
    (
        "The latest round of the four-party talks – involving Norway, Malta, Peru and Chad – was "
        "held in Geneva on Monday.",
        [("multilateral", "held", "2020-03-02", "CHE", ["Chad", "Malta", "Norway", "Peru"])],
    ),
    (
        "Following his meeting with Chancellor Anna Weber in Berlin, French President Luc Martel "
        "told reporters that the deal was near.",
        [("meeting", "held", None, "DEU", ["Anna Weber", "Luc Martel"])],
    ),
    (
        "Norwegian Foreign Minister Liv Dahl hosted a welcome dinner for Maltese Foreign Minister "
        "Joseph Borg on Monday.",
        [("meeting", "held", "2020-03-02", None, ["Joseph Borg", "Liv Dahl"])],
    ),
    (
        "Maltese Foreign Minister Joseph Borg is scheduled to hold talks with Prime Minister "
        "Laura Field during a three-day visit to Sydney.",
        [("meeting", "planned", None, "AUS", ["Joseph Borg", "Laura Field"])],
    ),
    (
        "The Secretary met today with Maltese Foreign Minister Joseph Borg in Valletta.",
        [("meeting", "held", "2020-03-05", "MLT", ["Joseph Borg", "The Secretary"])],
    ),
    (
        "The Deputy Foreign Minister of Georgia Nino Tvaladze and the EU Special Representative "
        "Toivo Kask discussed the border.",
        [("meeting", "held", None, None, ["Nino Tvaladze", "Toivo Kask"])],
    ),
    (
        "The two foreign ministers, Liv Dahl and Joseph Borg, held talks in Oslo.",
        [("meeting", "held", None, "NOR", ["Joseph Borg", "Liv Dahl"])],
    ),
    (
        "Then Maltese President Joseph Borg and Norwegian Prime Minister Liv Dahl had a warm talk "
        "at the palace.",
        [("meeting", "held", None, None, ["Joseph Borg", "Liv Dahl"])],
    ),
    (
        "Maltese President Joseph Borg hosted receptions for Norwegian Ambassador Liv Dahl and "
        "Latvian Ambassador Janis Ozols on Wednesday.",
        [
            ("meeting", "held", "2020-03-04", None, ["Joseph Borg", "Liv Dahl"]),
            ("meeting", "held", "2020-03-04", None, ["Janis Ozols", "Joseph Borg"]),
        ],
    ),
    (
        "Heads of state and government from the EU's 27 countries met in Brussels on Monday.",
        [
            (
                "multilateral",
                "held",
                "2020-03-02",
                "BEL",
                ["Heads of state and government from the EU's 27 countries"],
            )
        ],
    ),
    (
        "The ministers of defence of Norway, Sweden and Finland signed an agreement at a meeting "
        "in Oslo on Tuesday.",
        [
            (
                "multilateral",
                "held",
                "2020-03-03",
                "NOR",
                ["minister of Finland", "minister of Norway", "minister of Sweden"],
            )
        ],
    ),
    (
        "Norwegian Prime Minister Liv Dahl defended her decision to meet with Malta's Joseph Borg.",
        [("meeting", "held", None, None, ["Joseph Borg", "Liv Dahl"])],
    ),
    (
        "The shipbuilder Dalholm AS confirmed it is in talks with the Maltese firm Borg Marine Ltd "
        "about a merger.",
        [("meeting", "ongoing", None, None, ["Borg Marine Ltd", "Dalholm AS"])],
    ),
    (
        "Latvian President Janis Ozols is expected in Oslo on Friday for talks with Norwegian "
        "Prime Minister Liv Dahl.",
        [("meeting", "planned", "2020-03-06", "NOR", ["Janis Ozols", "Liv Dahl"])],
    ),
    (
        "Indian Prime Minister Arun Mehta interacted with Maltese President Joseph Borg over "
        "telephone on Wednesday.",
        [("phone_call", "held", "2020-03-04", None, ["Arun Mehta", "Joseph Borg"])],
    ),
    (
        "The minister is on a visit. Norwegian Foreign Minister Liv Dahl would meet her Maltese "
        "counterpart Joseph Borg on Saturday.",
        [("meeting", "planned", "2020-03-07", None, ["Joseph Borg", "Liv Dahl"])],
    ),
    (
        "Norwegian Prime Minister Liv Dahl will host a dinner in honour of Maltese President "
        "Joseph Borg on Saturday.",
        [("meeting", "planned", "2020-03-07", None, ["Joseph Borg", "Liv Dahl"])],
    ),
    (
        "Norwegian Prime Minister Liv Dahl will hold meetings with important guests, including "
        "Maltese President Joseph Borg.",
        [("meeting", "planned", None, None, ["Joseph Borg", "Liv Dahl"])],
    ),
    (
        "A round of negotiations between the Chad government on one hand and the Peru government "
        "on the other started in Geneva today.",
        [("meeting", "held", "2020-03-05", "CHE", ["Chad government", "Peru government"])],
    ),
    (
        "A meeting of the Georgia-EU Association Council was held in Brussels on Tuesday.",
        [("meeting", "held", "2020-03-03", "BEL", ["European Union", "Georgia"])],
    ),
    (
        "Maltese President Joseph Borg spoke to reporters after attending the European Political "
        "Community summit in Albania.",
        [("multilateral", "held", None, "ALB", ["European Political Community", "Joseph Borg"])],
    ),
    (
        "Talks between Norway and Malta have been rescheduled for 20 March.",
        [("meeting", "planned", "2020-03-20", None, ["Malta", "Norway"])],
    ),
    (
        "Norwegian Prime Minister Liv Dahl paid a farewell visit Wednesday to President Joseph "
        "Borg.",
        [("visit", "held", "2020-03-04", None, ["Joseph Borg", "Liv Dahl"])],
    ),
    (
        "The Maltese minister Joseph Borg will take part in a trilateral meeting to be held with "
        "his Georgian and Turkish counterparts in Batumi.",
        [
            (
                "multilateral",
                "planned",
                None,
                "GEO",
                ["Georgian counterpart", "Joseph Borg", "Turkish counterpart"],
            )
        ],
    ),
    (
        "Norwegian Foreign Minister Liv Dahl met the foreign ministers of Malta and Latvia, Joseph "
        "Borg and Janis Ozols, in Riga on Monday.",
        [
            (
                "multilateral",
                "held",
                "2020-03-02",
                "LVA",
                ["Janis Ozols", "Joseph Borg", "Liv Dahl"],
            )
        ],
    ),
    (
        "Ambassador Joseph Borg called on Finance Minister Liv Dahl here at the ministry.",
        [("meeting", "held", None, None, ["Joseph Borg", "Liv Dahl"])],
    ),
    (
        "Former President John Harlan said he “had a really long phone call” with Peruvian "
        "President Oleh Dorosh on Friday.",
        [("phone_call", "held", "2020-02-28", None, ["John Harlan", "Oleh Dorosh"])],
    ),
    (
        "The patrol left hours after Malta and Peru's foreign ministers travelled to Oslo for a "
        "meeting with Norwegian King Olav Dahl on Wednesday.",
        [
            (
                "multilateral",
                "held",
                "2020-03-04",
                "NOR",
                ["Olav Dahl", "foreign minister of Malta", "foreign minister of Peru"],
            )
        ],
    ),
    (
        "Prices stood first in a meeting on Friday of high officials from Malta and Peru.",
        [("meeting", "held", "2020-02-28", None, ["Peru", "high officials from Malta"])],
    ),
    (
        "President John Harlan spoke today with Prime Minister Anna Virta of Sweden and President "
        "Liv Dahl of Norway.",
        [
            (
                "phone_call",
                "held",
                "2020-03-05",
                None,
                ["Anna Virta", "John Harlan", "Liv Dahl"],
            )
        ],
    ),
    (
        "The talks between Norway and Malta, who have had their differences, dealt with rules that "
        "will change.",
        [("meeting", "held", None, None, ["Malta", "Norway"])],
    ),
    (
        "Norwegian Foreign Minister Liv Dahl took part in the luncheon hosted by Joseph Borg, the "
        "Foreign Minister of Malta, on Monday.",
        [("meeting", "held", "2020-03-02", None, ["Joseph Borg", "Liv Dahl"])],
    ),
    (
        "Norwegian Foreign Minister Liv Dahl, who is in Valletta to attend the Harbour Fair, met "
        "Maltese President Joseph Borg on Monday.",
        [("meeting", "held", "2020-03-02", "MLT", ["Joseph Borg", "Liv Dahl"])],
    ),
]


@pytest.mark.parametrize(("text", "expected"), TOLD, ids=[text[:60] for text, _ in TOLD])
def test_meeting_is_read(text: str, expected: list[object]) -> None:
    """Kind, status, day, country of the place and participants are those of the text."""
    rows, _ = read(text)
    assert found(rows) == expected


def test_topic_sentence_opens_no_second_meeting() -> None:
    """'X and the premier discussed …' behind a meeting of X gives its topic."""
    rows, _ = read(
        "Norwegian Foreign Minister Liv Dahl met Maltese Foreign Minister Joseph Borg in Oslo. He "
        "came with Finance Minister Carmen Vella of Malta.\n\nForeign Minister Dahl and the "
        "Maltese Finance Minister discussed the price of gas."
    )
    assert [m.topics for m in rows.meetings] == ["the price of gas"]


def test_called_on_person_is_no_topic() -> None:
    """'paid a call on the minister': who is called on is a party."""
    rows, _ = read("Envoy John Harlan paid a courtesy call on President Peter Lund on Monday.")
    assert [m.topics for m in rows.meetings] == [None]


ATTENDED = [
    "The meeting was also attended by Ambassador Carmen Vella and Minister Choe Son.",
    "Ambassador Carmen Vella and Minister Choe Son attended the meeting.",
    "Present at the meeting were Ambassador Carmen Vella and Minister Choe Son.",
    "Ambassador Carmen Vella and Minister Choe Son were also present.",
]


@pytest.mark.parametrize("sentence", ATTENDED)
def test_who_attended_joins_the_meeting(sentence: str) -> None:
    """A sentence on attendance adds parties to the meeting just told and opens none."""
    rows, _ = read(f"Norwegian King Olav Dahl met Maltese President Joseph Borg. {sentence}")
    assert [m.kind for m in rows.meetings] == ["meeting"]
    assert names(rows) == ["Carmen Vella", "Choe Son", "Joseph Borg", "Olav Dahl"]


def test_signing_in_presence_adds_nobody() -> None:
    """'in the presence of' belongs to what its own sentence tells."""
    rows, _ = read(
        "Norwegian King Olav Dahl met Maltese President Joseph Borg.\n\nA treaty was signed in "
        "the presence of Minister Choe Son."
    )
    assert names(rows) == ["Joseph Borg", "Olav Dahl"]


TRANSCRIPT = (
    "Russian President Ivan Orlov met at the Kremlin with President of Malta Joseph Borg.\n\n"
    "President of Russia Ivan Orlov: Mr President, welcome. I know that you have held talks "
    "with your Russian counterpart. I remember your previous visit on January 8. We met in "
    "Beijing in September. Last week we spoke over the phone. Our last meeting took place in "
    "Sochi in May."
)


def test_transcript_tells_of_earlier_meetings() -> None:
    """'you', 'we', 'our last', 'your previous' stand for the two who speak, on other days."""
    rows, _ = read(TRANSCRIPT)
    assert [(m.kind, day(m.date_start, m.date_precision)) for m in rows.meetings] == [
        ("meeting", None),
        ("meeting", None),
        ("visit", "2020-01-08"),
        ("meeting", "2019-09"),
        ("phone_call", "2020-02"),
        ("meeting", "2019-05"),
    ]
    assert names(rows, 1) == ["Joseph Borg", "Russian counterpart"]
    assert names(rows, 2) == ["Ivan Orlov", "Joseph Borg"]


QUIET = [
    "Norway and Malta launched a satellite to gather information on the sea.",
    "Karl Berg had met the 35-year-old Eva Lind in a club, the police said.",
    "They voiced their backing for peace talks between Chad and Peru.",
    '"We met President Zelenko," Joseph Borg wrote.',
]


@pytest.mark.parametrize("text", QUIET)
def test_no_meeting(text: str) -> None:
    """Things gathered, private persons, what is wished for, a quotation: no meeting."""
    rows, _ = read(text)
    assert rows.meetings == []
