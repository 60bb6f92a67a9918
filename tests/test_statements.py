"""Who said what: one row a construction, all sentences invented."""

import pytest

import seeds
from transforms.lexicon import build_lexicon
from transforms.people import find_cast
from transforms.records import Article
from transforms.statements import find_statements
from transforms.text import parse_text

LEXICON = build_lexicon({name: seeds.read(name) for name in seeds.names()})


def read(raw: str, title: str | None = None):
    """(speaker, cue, content) of every statement of a text."""
    text = parse_text(raw, LEXICON.abbreviations)
    cast = find_cast(text, LEXICON, title, None)
    article = Article(
        article_id="a1",
        page_id="p1",
        source_id="local",
        publisher="Daily Wire",
        text=raw,
        text_sha256="",
        story_id="s1",
        raw_ref="",
        coder_version="test",
    )
    found = find_statements(text, cast, article, LEXICON)
    return text, cast, found


def rows(raw: str, title: str | None = None) -> list[tuple[str | None, str | None, str]]:
    text, _, found = read(raw, title)
    return [
        (
            s.entity.name if s.entity else None,
            text.slice(*s.cue) if s.cue else None,
            " | ".join(text.slice(*c) for c in s.contents),
        )
        for s in found.statements
    ]


INTRO = "Georgian Foreign Minister Tamar Lomidze arrived in Oslo. "

ONE = [
    # that-clause, bare clause, noun phrase, to-clause, gerund, wh-clause
    ("Tamar Lomidze said that talks would resume.", "said", "talks would resume"),
    (
        "Tamar Lomidze said that at the meeting, both sides were calm.",
        "said",
        "at the meeting, both sides were calm",
    ),
    (
        "Tamar Lomidze told local reporters at a briefing, the talks would resume.",
        "told",
        "the talks would resume",
    ),
    ("Tamar Lomidze reported a rise in profit, beating forecasts.", "reported", "a rise in profit"),
    (
        "Tamar Lomidze reported that sales rose, beating forecasts.",
        "reported",
        "sales rose, beating forecasts",
    ),
    (
        "Tamar Lomidze challenged the government to open the file.",
        "challenged",
        "to open the file",
    ),
    ("Tamar Lomidze attributed the delay to a storm.", "attributed", "the delay to a storm"),
    ("Tamar Lomidze said talks would resume.", "said", "talks would resume"),
    ("Tamar Lomidze said on Monday that talks would resume.", "said", "talks would resume"),
    ("Tamar Lomidze stressed the importance of trade.", "stressed", "the importance of trade"),
    ("Tamar Lomidze promised to send food.", "promised", "to send food"),
    ("Tamar Lomidze denied taking bribes.", "denied", "taking bribes"),
    # "that" of a relative clause, an apposition before "as", an occasion, an adjective in -ed
    ("Tamar Lomidze agreed on a plan that covers trade.", "agreed on", "a plan that covers trade"),
    ("Tamar Lomidze agreed on Monday that it was over.", "agreed", "it was over"),
    (
        'Tamar Lomidze described the talks with Eva Moe, an old rival, as "frank."',
        "described",
        'the talks with Eva Moe, an old rival, as "frank',
    ),
    ("Tamar Lomidze rejected the offer during a rare exchange in Oslo.", "rejected", "the offer"),
    ("Tamar Lomidze hailed the deal on the sidelines of a fair.", "hailed", "the deal"),
    ("Tamar Lomidze urged them to make informed choices.", "urged", "to make informed choices"),
    (
        "Tamar Lomidze briefed him about the war of the rebels and armed forces.",
        "briefed",
        "about the war of the rebels and armed forces",
    ),
    (
        "Tamar Lomidze rejected offers of talks in a rare exchange with Eva Moe.",
        "rejected",
        "offers of talks",
    ),
    ("Tamar Lomidze called for tax cuts during her campaign.", "called for", "tax cuts"),
    (
        "Tamar Lomidze committed the highest support for the fair.",
        "committed the highest support for",
        "the fair",
    ),
    ("Tamar Lomidze disagreed: “It is late for talks.”", "disagreed", "It is late for talks"),
    # auxiliaries and adverbs between source and cue
    ("Tamar Lomidze has also stressed that ties are good.", "stressed", "ties are good"),
    # appositives and phrases between source and cue
    ("Tamar Lomidze, a lawyer, said ties are good.", "said", "ties are good"),
    ("Tamar Lomidze, speaking in Oslo, said ties are good.", "said", "ties are good"),
    # objects as addressee, and in the content
    ("Tamar Lomidze told reporters that ties are good.", "told", "ties are good"),
    ("Tamar Lomidze urged Iran to return to talks.", "urged", "to return to talks"),
    ("Tamar Lomidze thanked Norway for its help.", "thanked", "for its help"),
    ("Tamar Lomidze accused Iran of lying.", "accused", "Iran of lying"),
    # prepositional and multiword cues
    ("Tamar Lomidze called for a ceasefire.", "called for", "a ceasefire"),
    ("Tamar Lomidze pointed out that time is short.", "pointed out", "time is short"),
    ("Tamar Lomidze voiced concern over the delay.", "voiced concern over", "the delay"),
    ("Tamar Lomidze expressed hope that talks resume.", "expressed hope", "talks resume"),
    # where contents begin and end
    ("Tamar Lomidze said late on Monday that ties are good.", "said", "ties are good"),
    ("Tamar Lomidze said ties are good, amid fears of a strike.", "said", "ties are good"),
    ("Tamar Lomidze said ties are good, without elaborating.", "said", "ties are good"),
    ("Tamar Lomidze said ties are good, citing officials.", "said", "ties are good"),
    ("Tamar Lomidze offered to step down last week after the vote.", "offered", "to step down"),
    (
        "Tamar Lomidze said while ties are good, there is a gap.",
        "said",
        "while ties are good, there is a gap",
    ),
    ("Tamar Lomidze thanked the Prime Minister for Norway's help.", "thanked", "for Norway's help"),
    ("Tamar Lomidze rejected those demands this week.", "rejected", "those demands"),
    ("Tamar Lomidze called for talks this week.", "called for", "talks this week"),
    ("Tamar Lomidze proposed such talks years ago.", "proposed", "such talks"),
    ("Tamar Lomidze suggested the two sides could meet.", "suggested", "the two sides could meet"),
    ('Tamar Lomidze called it "sad," a remark that was noted.', "called", 'it "sad'),
    ("Tamar Lomidze asked him to stay on, meaning that no date is set.", "asked", "to stay on"),
    ("Tamar Lomidze rejected the plan Saturday.", "rejected", "the plan"),
    ("Tamar Lomidze rejected Saturday's plan.", "rejected", "Saturday's plan"),
    ("Tamar Lomidze told a news conference they were late.", "told", "they were late"),
    (
        "Tamar Lomidze told a crowd in Oslo, Norway, on Monday that it was late.",
        "told",
        "it was late",
    ),
    ("Tamar Lomidze highly valued the help.", "valued", "the help"),
    ("Tamar Lomidze said ties are good - a claim that Iran rejects.", "said", "ties are good"),
    # direct speech
    ('"Talks will resume soon," Tamar Lomidze said.', "said", "Talks will resume soon"),
    ('"Talks will resume soon," said Tamar Lomidze.', "said", "Talks will resume soon"),
    ('Tamar Lomidze said: "Talks will resume soon."', "said", "Talks will resume soon"),
    ("“Will talks resume soon?” Tamar Lomidze asked.", "asked", "Will talks resume soon?"),
    ('"Talks," Tamar Lomidze said, "will resume soon."', "said", "Talks | will resume soon"),
    # content first
    ("Talks will resume soon, Tamar Lomidze said.", "said", "Talks will resume soon"),
    ("Talks will resume soon, said Tamar Lomidze.", "said", "Talks will resume soon"),
    ("Talks will resume, according to Tamar Lomidze.", "according to", "Talks will resume"),
    ("According to Tamar Lomidze, talks will resume.", "According to", "talks will resume"),
    ("In the words of Tamar Lomidze, talks will resume.", "In the words of", "talks will resume"),
    ("As Tamar Lomidze said in May, talks will resume.", "said", "talks will resume"),
    ("As Tamar Lomidze noted, talks will resume.", "noted", "talks will resume"),
    ("“Talks will resume,” Tamar Lomidze was quoted as saying.", "saying", "Talks will resume"),
    (
        "Tamar Lomidze noted with deep satisfaction the growth of trade.",
        "noted",
        "the growth of trade",
    ),
    ("Tamar Lomidze said:\n\n“Talks will resume.”", "said", "Talks will resume"),
    ("According to Tamar Lomidze:\n\n“Talks will resume.”", "According to", "Talks will resume"),
]


@pytest.mark.parametrize(("raw", "cue", "content"), ONE, ids=[case[0] for case in ONE])
def test_one_statement(raw, cue, content):
    assert rows(raw) == [("Tamar Lomidze", cue, content)]


SPEAKERS = [
    ("Lomidze said ties are good.", "Tamar Lomidze"),
    ("The minister said ties are good.", "Tamar Lomidze"),
    ("The Georgian foreign minister said ties are good.", "Tamar Lomidze"),
    ("She said ties are good.", "Tamar Lomidze"),
    ("Ms. Lomidze said ties are good.", "Tamar Lomidze"),
    ("A senior official said ties are good.", "A senior official"),
    ("Officials said ties are good.", "Officials"),
    ("The two sides agreed that ties are good.", "The two sides"),
    ("Tehran said ties are good.", "Tehran"),
    ("The Norwegian Foreign Ministry said ties are good.", "Norwegian Foreign Ministry"),
    ("Police said the road was closed.", "Police"),
    ("Jonas Berg and Eva Moe said ties are good.", "Jonas Berg and Eva Moe"),
    ("“Ties are good,” said the 46-year-old.", "the 46-year-old"),
    ("The 46-year-old said ties are good.", "The 46-year-old"),
    ("Norway's embassy in the port city of Baku said ties are good.", "Norway's embassy"),
    ("The US embassy in Baku sent men, stressing that ties are good.", "US embassy"),
    ("Moe, meanwhile, left for Oslo, saying that ties are good. Eva Moe is a lawyer.", "Eva Moe"),
    ("Turkey's interior minister said ties are good. Interior Minister Eva Moe left.", "Eva Moe"),
    ("The treaty states that ties are good.", "The treaty"),
    ("The resolution notes that ties are good.", "The resolution"),
    ("A source close to the minister said ties are good.", "A source"),
    ("An aide to the French president said ties are good.", "An aide"),
    ("The Norwegian side noted that ties are good.", "The Norwegian side"),
    ("Colonel Eva Moe met General Jonas Berg. The colonel said ties are good.", "Eva Moe"),
    ("Ambassador Eva Moe came. The diplomat said ties are good.", "Eva Moe"),
    ("Ambassador Eva Moe came. The envoy said ties are good.", "Eva Moe"),
    ("Georgia's top diplomat said ties are good.", "Tamar Lomidze"),
    ("A diplomat said ties are good.", "A diplomat"),
    ("Eva Moe of the Oslo Institute said ties are good.", "Eva Moe"),
    ("The Finance Ministry issued a statement in which it said ties are good.", "Finance Ministry"),
    ("The Governor of the Bank of Norway, Dr Eva Moe, has said ties are good.", "Eva Moe"),
    ("Eva Moe, answering why there was no talk of a deal said, “Ties are good.”", "Eva Moe"),
    (
        "Eva Moe left after an official involved in the talks said it was over.",
        "an official",
    ),
    ("Estimates say ties are good.", "Estimates"),
    ("Ties could be good in May, estimates say.", "estimates"),
    (
        "The letter, which came from Eva Moe, also stressed good ties.",
        "The letter",
    ),
    ("Ties are good, according to Dale County Sheriff's Office spokesman Ivar Lie.", "Ivar Lie"),
    ("The deal lapsed after a proposal by Eva Moe to the envoy to meet.", "Eva Moe"),
    ("At lunch with Jonas Berg and Ivar Lie, she said ties are good.", "Tamar Lomidze"),
]


@pytest.mark.parametrize(("raw", "speaker"), SPEAKERS, ids=[case[0] for case in SPEAKERS])
def test_speaker(raw, speaker):
    assert [row[0] for row in rows(INTRO + raw)] == [speaker]


MANY = [
    (
        "Minister Conti recalled that the farmer, in a letter to the council, complained of noise "
        "from the mine.",
        [
            (
                "Conti",
                "recalled",
                "the farmer, in a letter to the council, complained of noise from the mine",
            ),
            ("the farmer", "complained of", "noise from the mine"),
        ],
    ),
    (
        "Stressing that time is short, Tamar Lomidze emphasized the need for haste.",
        [
            ("Tamar Lomidze", "Stressing", "time is short"),
            ("Tamar Lomidze", "emphasized", "the need for haste"),
        ],
    ),
    (
        "Tamar Lomidze thanked Norway for its help and stressed that ties are good.",
        [
            ("Tamar Lomidze", "thanked", "for its help"),
            ("Tamar Lomidze", "stressed", "ties are good"),
        ],
    ),
    (
        "Tamar Lomidze said last week it was over, but the United States and Iran denied it.",
        [
            ("Tamar Lomidze", "said", "it was over"),
            ("United States and Iran", "denied", "it"),
        ],
    ),
    (
        "Tamar Lomidze asked people to leave, citing the risk of floods.",
        [
            ("Tamar Lomidze", "asked", "to leave"),
            ("Tamar Lomidze", "citing", "the risk of floods"),
        ],
    ),
    (
        "Tamar Lomidze reiterated condolences and sustained American support for Oslo.",
        [
            (
                "Tamar Lomidze",
                "reiterated",
                "condolences and sustained American support for Oslo",
            )
        ],
    ),
    (
        "Tamar Lomidze conveyed support for Oslo while helping Bergen.",
        [("Tamar Lomidze", "conveyed support for", "Oslo while helping Bergen")],
    ),
    (
        "Tamar Lomidze said talks would resume, adding that no date was set.",
        [
            ("Tamar Lomidze", "said", "talks would resume"),
            ("Tamar Lomidze", "adding", "no date was set"),
        ],
    ),
    (
        '"Talks will resume," Tamar Lomidze said. "We have no date yet."',
        [("Tamar Lomidze", "said", "Talks will resume | We have no date yet")],
    ),
    (
        '"Talks will resume," Tamar Lomidze said. "They must."',
        [("Tamar Lomidze", "said", "Talks will resume | They must")],
    ),
    (
        "Tamar Lomidze said:\n\n“Talks will resume.”\n\n“We are glad of it.”",
        [
            ("Tamar Lomidze", "said", "Talks will resume"),
            ("Tamar Lomidze", None, "We are glad of it"),
        ],
    ),
    (
        "The president issued a statement welcoming the deal and calling for calm.",
        [("The president", "welcoming", "the deal"), ("The president", "calling for", "calm")],
    ),
    (
        "Minister Tamar Lomidze added:\n\nTalks will resume in May.",
        [("Tamar Lomidze", "added", "Talks will resume in May")],
    ),
    (
        '"Talks will resume," Tamar Lomidze said.\n\n"We have no date for them yet."',
        [
            ("Tamar Lomidze", "said", "Talks will resume"),
            ("Tamar Lomidze", None, "We have no date for them yet"),
        ],
    ),
    (  # left open over paragraphs that have no marks of their own
        '"Talks will resume!\n\nIt was time.\n\nWe are glad," Tamar Lomidze wrote.',
        [("Tamar Lomidze", "wrote", "Talks will resume! | It was time | We are glad")],
    ),
    (  # left open over paragraphs that each begin with a mark
        "“Talks will resume.\n\n“It was time for them,” Tamar Lomidze said.",
        [("Tamar Lomidze", "said", "Talks will resume | It was time for them")],
    ),
    (  # led by a cue: each later paragraph stands for itself
        "Tamar Lomidze said, “Talks will resume.\n\n“It was time for them.\n\n"
        "“We are glad of it,” Lomidze added.",
        [
            ("Tamar Lomidze", "said", "Talks will resume"),
            ("Tamar Lomidze", None, "It was time for them"),
            ("Tamar Lomidze", "added", "We are glad of it"),
        ],
    ),
    (
        "They voiced concern over the war, & stressed the need for aid.",
        [
            ("They", "voiced concern over", "the war"),
            ("They", "stressed", "the need for aid"),
        ],
    ),
    (
        "Tamar Lomidze praised Oslo for the talks, which, she said, showed trust.",
        [
            ("Tamar Lomidze", "praised", "Oslo for the talks"),
            ("Tamar Lomidze", "said", "showed trust"),
        ],
    ),
    (
        "Tamar Lomidze voiced pride in the ties, according to a palace statement.",
        [
            ("palace", "according to", "Tamar Lomidze voiced pride in the ties"),
            ("Tamar Lomidze", "voiced pride in", "the ties"),
        ],
    ),
    (
        'But Eva Moe retorted: "It lacks sense," the unnamed official was quoted as saying.',
        [
            ("the unnamed official", "saying", 'But Eva Moe retorted: "It lacks sense'),
            ("Eva Moe", "retorted", "It lacks sense"),
        ],
    ),
    (  # who closes a sentence with "she said" is who spoke before, not whom it tells of
        "Tamar Lomidze said ties are good. Eva Moe will come in May, she said.",
        [
            ("Tamar Lomidze", "said", "ties are good"),
            ("Tamar Lomidze", "said", "Eva Moe will come in May"),
        ],
    ),
    (
        "Tamar Lomidze said ties are good. These include former envoy Eva Moe. She said: "
        '"Ties are good."',
        [
            ("Tamar Lomidze", "said", "ties are good"),
            ("Tamar Lomidze", "said", "Ties are good"),
        ],
    ),
    (
        "Mayor Eva Moe, the head of the port, praised the deal. She told the judge that ties are"
        " good. Without naming the judge, she said it was late.",
        [
            ("Eva Moe", "praised", "the deal"),
            ("Eva Moe", "told", "ties are good"),
            ("Eva Moe", "said", "it was late"),
        ],
    ),
    (
        "The miners said it was over. The owners were away, they told reporters.",
        [
            ("The miners", "said", "it was over"),
            ("The miners", "told", "The owners were away"),
        ],
    ),
    (
        "Two ships sank, according to officials. The crews also were sad, they said.",
        [
            ("officials", "according to", "Two ships sank"),
            ("officials", "said", "The crews also were sad"),
        ],
    ),
    (
        "Minister Tamar Lomidze said:\n\nTalks will resume in May.\n\nWe are glad of it.",
        [
            ("Tamar Lomidze", "said", "Talks will resume in May"),
            ("Tamar Lomidze", None, "We are glad of it"),
        ],
    ),
    (
        "Tamar Lomidze said the plan, which fell in May, was dead, adding that no one wept.",
        [
            ("Tamar Lomidze", "said", "the plan, which fell in May, was dead"),
            ("Tamar Lomidze", "adding", "no one wept"),
        ],
    ),
    (
        "While Tamar Lomidze said that talks would resume, the strike went on.",
        [("Tamar Lomidze", "said", "talks would resume")],
    ),
    (
        "Ties are good, Tamar Lomidze said in Oslo on Monday, as talks went on.",
        [("Tamar Lomidze", "said", "Ties are good")],
    ),
    (
        "Jonas Berg presented a plan that Tamar Lomidze said was dead.",
        [("Tamar Lomidze", "said", "a plan | was dead")],
    ),
    (
        "Jonas Berg was accused of lying by Tamar Lomidze.",
        [("Tamar Lomidze", "accused", "Jonas Berg | of lying")],
    ),
    (
        "Tamar Lomidze, who has admitted fraud, will speak in May.",
        [("Tamar Lomidze", "admitted", "fraud")],
    ),
    (
        "Tamar Lomidze came. Ties, she said, are good. She met the king to thank him for his help.",
        [
            ("Tamar Lomidze", "said", "Ties | are good"),
            ("Tamar Lomidze", "thank", "for his help"),
        ],
    ),
]


@pytest.mark.parametrize(("raw", "expected"), MANY, ids=[case[0][:40] for case in MANY])
def test_several_statements(raw, expected):
    assert rows(raw) == expected


NONE = [
    "Talks were held in Oslo on Monday, Daily Wire reports.",
    "Tamar Lomidze did not say that talks would resume.",
    'The so-called "peace village" lies near the border.',
    "The sides exchanged views on trade.",
    "The claims were examined in court.",
    "Tamar Lomidze met Jonas Berg in Oslo.",
    "Tamar Lomidze declined to comment.",
    "Tamar Lomidze requested anonymity.",
    "Officials should announce the results in May.",
    "READ MORE: Tamar Lomidze says ties are good",
    "(Reporting by Eva Moe; editing by Jonas Berg)",
    "The charity helps towns to welcome refugees and offer support.",
    "The cost is related to the age of the ship.",
    "The many landslides have raised doubts about the roads.",
    "Police questioned the driver and a cook of the ship.",
    "Tamar Lomidze valued the house at a million.",
    "They talked about events, including their shared concerns about the war.",
    "The government declared a state of emergency.",
    "Tamar Lomidze described the situation this way.",
    "Tamar Lomidze disclosed this at a summit in Oslo.",
    "The questions were asked in a time of change by the cabinet.",
]


@pytest.mark.parametrize("raw", NONE)
def test_no_statement(raw):
    assert rows(raw) == []


FORMS = [
    ('"Talks will resume," Tamar Lomidze said.', "direct"),
    ("Tamar Lomidze said talks would resume.", "indirect"),
    ('Tamar Lomidze said talks would resume "very soon" in Oslo.', "mixed"),
]


@pytest.mark.parametrize(("raw", "form"), FORMS)
def test_form(raw, form):
    _, _, found = read(raw)
    assert [s.form for s in found.statements] == [form]


def test_a_negated_cue_is_a_miss():
    text, _, found = read("Tamar Lomidze did not say that talks would resume.")
    assert [(text.raw[m.start : m.end], m.reason) for m in found.misses] == [("say", "negated")]


def test_a_name_of_the_title_counts():
    assert rows("Lomidze said ties are good.", "Tamar Lomidze visits Oslo")[0][0] == "Tamar Lomidze"


@pytest.mark.parametrize(
    "text, contents",
    [
        (
            "The junta said the army will stay in office for at least three years before it goes.",
            ["the army will stay in office for at least three years before it goes"],
        ),
        (
            "Commissioner Paul Varl told local reporters the bridge was closed.",
            ["the bridge was closed"],
        ),
        (
            "Commissioner Paul Varl told reporters at the opening, the bridge was safe.",
            ["the bridge was safe"],
        ),
        (
            '"In a tent,” said Jane Orlov of Norland.\n\n"She woke up cold,” said Sheena Hall.',
            ["In a tent", "She woke up cold"],
        ),
        (
            "Spokesperson Tereza Dall said Undersecretary Ma. Lourdes Reyes had flown home.",
            ["Undersecretary Ma. Lourdes Reyes had flown home"],
        ),
    ],
)
def test_contents_of_loose_prose(text: str, contents: list[str]) -> None:
    assert [content.rstrip(",") for _, _, content in rows(text)] == contents
