"""Whole articles of invented people, one for each kind of attribution, with every row they give.

A row is (speaker, cue, content, form, speech act, addressee).
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

import seeds
from transforms.extraction import Extraction, extract
from transforms.lexicon import build_lexicon
from transforms.records import MISS_REASONS, Article

LEXICON = build_lexicon({name: seeds.read(name) for name in seeds.names()})
Row = tuple[str | None, str | None, str, str, str | None, str | None]


def read(text: str) -> Extraction:
    """An article published on Thursday, 5 March 2026."""
    article = Article(
        article_id="a1",
        page_id="p1",
        source_id="local",
        text=text,
        text_sha256="",
        story_id="s1",
        raw_ref="",
        coder_version="test",
        published_at=datetime(2026, 3, 5, tzinfo=UTC),
    )
    return extract(article, LEXICON)


ARTICLES: dict[str, tuple[str, list[Row]]] = {
    "readout of a ministry: participles, joint speakers, noun phrases": (
        "VELDENBURG, March 5 - Norwegian Foreign Minister Jonas Berg met his Georgian"
        " counterpart Tamar Lomidze on Thursday.\n\n"
        "Stressing that trade had doubled, Berg emphasized the importance of the "
        "Black Sea cable. He also thanked Lomidze for her visit and expressed hope "
        "that the talks would go on.\n\n"
        "Lomidze, for her part, noted the high level of ties, adding that Tbilisi was"
        " ready to open a new consulate. The ministers agreed to meet again in May.\n\n"
        "The sides exchanged views on the situation in the region.",
        [
            ("Jonas Berg", "Stressing", "trade had doubled", "indirect", "stress", None),
            (
                "Jonas Berg",
                "emphasized",
                "the importance of the Black Sea cable",
                "indirect",
                "stress",
                None,
            ),
            ("Jonas Berg", "thanked", "for her visit", "indirect", "thank", "Lomidze"),
            ("Jonas Berg", "expressed hope", "the talks would go on", "indirect", "express", None),
            ("Tamar Lomidze", "noted", "the high level of ties", "indirect", "say", None),
            (
                "Tamar Lomidze",
                "adding",
                "Tbilisi was ready to open a new consulate",
                "indirect",
                "say",
                None,
            ),
            ("The ministers", "agreed", "to meet again in May", "indirect", "agree", None),
        ],
    ),
    "agency: trailing attributions, said_on, reported_by, addressee": (
        "The airport will stay closed until Friday, Transport Minister Aleko Varga "
        "said on Wednesday.\n\n"
        "Talks with the pilots would resume soon, Varga told reporters after the "
        "meeting, as strikes went on in three cities.\n\n"
        "According to the Transport Ministry, forty flights were cancelled.\n\n"
        '"We ask all travellers for patience," the ministry said in a statement. '
        '"Trains are running."',
        [
            (
                "Aleko Varga",
                "said",
                "The airport will stay closed until Friday",
                "indirect",
                "say",
                None,
            ),
            (
                "Aleko Varga",
                "told",
                "Talks with the pilots would resume soon",
                "indirect",
                "say",
                "reporters",
            ),
            (
                "Transport Ministry",
                "According to",
                "forty flights were cancelled",
                "indirect",
                "say",
                None,
            ),
            (
                "Transport Ministry",
                "said",
                "We ask all travellers for patience Trains are running",
                "direct",
                "say",
                None,
            ),
        ],
    ),
    "newspaper: direct speech over paragraphs, quotation with no cue": (
        '"The valley has waited for a road for thirty years," said Mayor Eva Moe. "It'
        ' will wait no longer."\n\n'
        '"My father asked for it, and so did his."\n\n'
        'Moe, who took office in May, said the first stretch would be "finished by '
        'winter".\n\n'
        'The so-called "goat path" is the only way into the valley.',
        [
            (
                "Eva Moe",
                "said",
                "The valley has waited for a road for thirty years It will wait no longer",
                "direct",
                "say",
                None,
            ),
            ("Eva Moe", None, "My father asked for it, and so did his", "direct", None, None),
            (
                "Eva Moe",
                "said",
                'the first stretch would be "finished by winter',
                "mixed",
                "say",
                None,
            ),
        ],
    ),
    "levels: attribution inside attribution": (
        "The Daily Herald quoted a senior official as saying that the treaty had "
        "lapsed.\n\n"
        "A spokesman for Prime Minister Jonas Berg said the premier had promised to "
        "publish the letter.\n\n"
        "Reports that the bank had failed were false, Finance Minister Ida Holm said,"
        " according to the Nordic News Agency.",
        [
            (
                "Daily Herald",
                "quoted",
                "a senior official as saying that the treaty had lapsed",
                "indirect",
                "say",
                None,
            ),
            ("a senior official", "saying", "the treaty had lapsed", "indirect", "say", None),
            (
                "A spokesman",
                "said",
                "the premier had promised to publish the letter",
                "indirect",
                "say",
                None,
            ),
            ("Jonas Berg", "promised", "to publish the letter", "indirect", "promise", None),
            (
                "Ida Holm",
                "said",
                "Reports that the bank had failed were false",
                "indirect",
                "say",
                None,
            ),
            (
                "Nordic News Agency",
                "according to",
                "Reports that the bank had failed were false, Finance Minister Ida Holm said",
                "indirect",
                "say",
                None,
            ),
        ],
    ),
    "denials, negation, passives and refusals": (
        "President Aleko Varga did not say that he would resign. He denied taking "
        "bribes and rejected the claims of the opposition.\n\n"
        "Varga was accused of lying by the opposition leader, Nino Beridze. The "
        "general declined to comment.\n\n"
        "It was stressed that the border must stay open.",
        [
            ("Aleko Varga", "denied", "taking bribes", "indirect", "deny", None),
            ("Aleko Varga", "rejected", "the claims of the opposition", "indirect", "deny", None),
            ("Nino Beridze", "accused", "Varga of lying", "indirect", "accuse", None),
        ],
    ),
    "multiword cues and support verbs": (
        "Ambassador Maren Dahl pointed out that no date had been set. She went on to "
        "say that both sides were patient.\n\n"
        "Dahl voiced concern over the fate of the sailors and paid tribute to the "
        "mediators. She drew attention to the lack of drinking water.\n\n"
        "Pope Clement will call for a ceasefire in his message on Sunday.",
        [
            ("Maren Dahl", "pointed out", "no date had been set", "indirect", "say", None),
            ("Maren Dahl", "say", "both sides were patient", "indirect", "say", None),
            (
                "Maren Dahl",
                "voiced concern over",
                "the fate of the sailors",
                "indirect",
                "express",
                None,
            ),
            ("Maren Dahl", "paid tribute to", "the mediators", "indirect", "praise", None),
            (
                "Maren Dahl",
                "drew attention to",
                "the lack of drinking water",
                "indirect",
                "stress",
                None,
            ),
            ("Clement", "call for", "a ceasefire", "indirect", "demand", None),
        ],
    ),
    "demands and objects": (
        "Prime Minister Jonas Berg urged Iran to return to the table. He called on "
        "all parties in the country to lay down their arms.\n\n"
        "Berg accused the rebels of breaking the truce, blamed them for the famine "
        "and warned that aid would stop.\n\n"
        '"Let the convoys through!" he wrote on his page.',
        [
            ("Jonas Berg", "urged", "to return to the table", "indirect", "demand", "Iran"),
            (
                "Jonas Berg",
                "called on",
                "to lay down their arms",
                "indirect",
                "demand",
                "all parties in the country",
            ),
            (
                "Jonas Berg",
                "accused",
                "the rebels of breaking the truce",
                "indirect",
                "accuse",
                None,
            ),
            ("Jonas Berg", "blamed", "them for the famine", "indirect", "accuse", None),
            ("Jonas Berg", "warned", "aid would stop", "indirect", "warn", None),
            ("Jonas Berg", "wrote", "Let the convoys through!", "direct", "say", None),
        ],
    ),
    "transcript": (
        "QUESTION: Will the talks go on?\n\n"
        "MS DAHL: They will. We have set no date.\n\n"
        "QUESTION: And the sailors?\n\n"
        "MS DAHL: I have nothing new on that.",
        [
            ("QUESTION", None, "Will the talks go on?", "direct", None, None),
            ("MS DAHL", None, "They will. We have set no date", "direct", None, None),
            ("QUESTION", None, "And the sailors?", "direct", None, None),
            ("MS DAHL", None, "I have nothing new on that", "direct", None, None),
        ],
    ),
    "release with a message below": (
        "The Minister of Culture visited the museum on Monday.\n\n"
        "Minister Ida Holm said:\n\n"
        "I am proud of what the museum has done for children. It is a house for "
        "everybody.\n\n"
        "We will double its grant next year.",
        [
            (
                "Ida Holm",
                "said",
                "I am proud of what the museum has done for children. It is a house for everybody",
                "direct",
                "say",
                None,
            ),
            ("Ida Holm", None, "We will double its grant next year", "direct", None, None),
        ],
    ),
    "purpose and future forms": (
        "Defence Minister Karl Lund met with the crew to thank them for their "
        "courage. He will reaffirm the alliance's pledge to defend its borders at the"
        " summit.\n\n"
        "Having congratulated the captain on her award, Lund said the ship's next "
        "voyage would be longer.",
        [
            ("Karl Lund", "thank", "for their courage", "indirect", "thank", "them"),
            (
                "Karl Lund",
                "reaffirm",
                "the alliance's pledge to defend its borders at the summit",
                "indirect",
                "stress",
                None,
            ),
            (
                "alliance",
                "pledge",
                "to defend its borders at the summit",
                "indirect",
                "promise",
                None,
            ),
            (
                "Karl Lund",
                "congratulated",
                "on her award",
                "indirect",
                "congratulate",
                "the captain",
            ),
            (
                "Karl Lund",
                "said",
                "the ship's next voyage would be longer",
                "indirect",
                "say",
                None,
            ),
        ],
    ),
    "noun cues and who cannot speak": (
        "His warning that prices would rise was ignored. A proposal by Finance "
        "Minister Ida Holm to tax sugar is before parliament.\n\n"
        "The figures showed nothing new. The road was found to be closed.",
        [
            ("Ida Holm", "proposal", "to tax sugar", "indirect", "propose", None),
        ],
    ),
    "guillemets, nested and unclosed": (
        "Le ministre est arrivé. «The bridge is safe,» said engineer Paul Roux. \n\n"
        "“He told me, ‘We are done here,’ and left,” Roux said.\n\n"
        '"The tests were run twice, engineer Paul Roux said.',
        [
            ("Paul Roux", "said", "The bridge is safe", "direct", "say", None),
            (
                "Paul Roux",
                "said",
                "He told me, ‘We are done here,’ and left",
                "direct",
                "say",
                None,
            ),
            ("Paul Roux", "said", "The tests were run twice", "direct", "say", None),
        ],
    ),
}


@pytest.mark.parametrize(("text", "expected"), ARTICLES.values(), ids=list(ARTICLES))
def test_an_article_gives_its_rows(text: str, expected: list[Row]) -> None:
    rows = [
        (s.speaker_name, s.cue, s.content, s.form, s.speech_act, s.addressee)
        for s in read(text).statements
    ]
    assert rows == expected


@pytest.mark.parametrize("text", [text for text, _ in ARTICLES.values()], ids=list(ARTICLES))
def test_spans_hold_what_they_say(text: str) -> None:
    read_ = read(text)
    assert all(text[span.start : span.end] == span.text for span in read_.spans)
    for statement in read_.statements:
        spans = [s for s in read_.spans if s.owner_id == statement.statement_id]
        parts = [s.text for s in sorted(spans, key=lambda s: s.ordinal) if s.field == "content"]
        assert " ".join(parts) == statement.content


MISSES = [
    ("Tamar Lomidze did not say that talks would resume.", "say", "negated"),
    ("It was stressed that the border must stay open.", "stressed", "no_speaker"),
    ("Tamar Lomidze declined to comment.", "declined", "not_a_speech_act"),
    ("Tamar Lomidze told reporters on Friday.", "told", "no_content"),
]


@pytest.mark.parametrize(("text", "cue", "reason"), MISSES, ids=[m[0] for m in MISSES])
def test_a_cue_that_yields_nothing_says_why(text: str, cue: str, reason: str) -> None:
    found = [(text[m.start : m.end], m.reason) for m in read(text).misses if m.kind == "statement"]
    assert (cue, reason) in found
    assert {r for _, r in found} <= set(MISS_REASONS)


DATES = [
    ("Tamar Lomidze said on Wednesday that talks would resume.", date(2026, 3, 4)),
    ("On Tuesday, Tamar Lomidze told reporters that talks would resume.", date(2026, 3, 3)),
    ("Tamar Lomidze said that talks would resume on Wednesday.", None),
    ("Tamar Lomidze will call for a truce in a speech on Sunday.", date(2026, 3, 8)),
]


@pytest.mark.parametrize(("text", "said_on"), DATES, ids=[d[0] for d in DATES])
def test_said_on(text: str, said_on: date | None) -> None:
    assert [s.said_on for s in read(text).statements] == [said_on]
