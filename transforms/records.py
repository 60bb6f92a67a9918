"""The contract: every table and column of the dataset, named, typed and described once.

One frozen dataclass a table: its docstring is the table's grain, each field's `Column` the column's
meaning. Arrow schemas, DuckDB DDL, `readout schema` and CODEBOOK.md are derived from here
(`warehouse/schemas.py`), so a column is added by adding a field.

Types: str, int, float, bool, date, datetime (UTC). `X | None` with the default None is a column
that may be null, and null means "the text does not say". Closed lists are dicts from value to
definition.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any

# --- closed lists: value -> definition ----------------------------------------------------------

MEETING_KINDS = {
    "meeting": "Parties meet in one place: a bilateral meeting, talks, the reception of an envoy.",
    "visit": "An official visit of which the text describes no single meeting.",
    "phone_call": "Parties talk by telephone, three-party calls included.",
    "video_call": "Parties talk by video link.",
    "multilateral": "Three or more sides in one session: a summit, a council, a conference.",
}
MEETING_STATUSES = {
    "held": "It took place.",
    "ongoing": "It is under way as the article is written.",
    "planned": "It is announced for a time to come.",
    "cancelled": "It was called off, or put off with no new time given.",
}
DATE_PRECISIONS = {
    "day": "The day is known.",
    "month": "Only the month is known; the day is given as the first.",
    "year": "Only the year is known; month and day are given as the first of January.",
}
DATE_BASES = {
    "explicit": "The text prints a calendar date.",
    "weekday": "The text names a weekday, resolved against the dateline or the publication date.",
    "relative": "The text says 'today', 'last week' and the like, resolved likewise.",
    "dateline": "Taken from the day in the dateline.",
    "published": "Taken from the publication date.",
}
PARTY_KINDS = {
    "person": "A named person, or one known by office alone ('the foreign minister of Iraq').",
    "group": "Several persons with no name of their own: a delegation, 'the leaders'.",
    "organization": "A body: a ministry, a company, an alliance, a party.",
    "country": "A state as a party.",
}
SPEAKER_KINDS = PARTY_KINDS | {
    "unnamed": "A source that the text leaves unnamed: 'a senior official', 'analysts'."
}
SIDES = {"host": "The party that receives.", "guest": "The party that is received."}
FORMS = {
    "direct": "The speaker's words in quotation marks, or in a transcript. "
    'Example: "Talks will resume," Ms. Lomidze said.',
    "indirect": "What the speaker said, in the reporter's wording. "
    "Example: Ms. Lomidze said that talks would resume.",
    "mixed": "Both: indirect speech that quotes a part, or that goes on as a quotation. "
    'Example: Ms. Lomidze said talks would resume "very soon" in Oslo.',
}
# Every example is read as its own act and form: see tests/test_codebook.py.
SPEECH_ACTS = {
    "say": "Says, tells, states, adds: no more than that it was said. "
    "Example: The minister said that talks would resume.",
    "stress": "Gives weight: stresses, underlines, emphasizes, reiterates. "
    "Example: The minister stressed the importance of trade.",
    "inform": "Tells somebody of facts: informs, briefs, reports to. "
    "Example: The minister informed the envoys about the talks.",
    "announce": "Makes public: announces, declares, reveals. "
    "Example: The minister announced that the road would open.",
    "confirm": "Confirms or admits what was open: confirms, acknowledges, concedes. "
    "Example: The minister confirmed that a letter had come.",
    "claim": "Asserts what the reporter does not vouch for: claims, alleges, argues, insists. "
    "Example: The minister claimed that the town had fallen.",
    "praise": "Speaks well of: praises, hails, welcomes, pays tribute to. "
    "Example: The minister praised the work of the mediators.",
    "congratulate": "Congratulates, wishes well, conveys greetings or condolences. "
    "Example: The minister congratulated Norway on its national day.",
    "thank": "Thanks, expresses gratitude. Example: The minister thanked Norway for its help.",
    "criticize": "Speaks ill of: criticizes, condemns, denounces. "
    "Example: The minister condemned the attack on the harbour.",
    "accuse": "Lays a deed at somebody's door: accuses, blames. "
    "Example: The minister accused Norway of breaking the treaty.",
    "deny": "Denies, rejects, refuses, dismisses. "
    "Example: The minister denied that arms had been sold.",
    "demand": "Wants something done: demands, urges, calls for. "
    "Example: The minister urged Norway to open the border.",
    "ask": "Asks, requests, inquires. Example: The minister asked whether the road was open.",
    "promise": "Binds the speaker: promises, pledges, vows, assures. "
    "Example: The minister promised to send food.",
    "warn": "Warns, cautions, threatens. Example: The minister warned that time was short.",
    "propose": "Proposes, suggests, offers, recommends, invites. "
    "Example: The minister proposed that talks move to Oslo.",
    "agree": "Agrees, accepts, supports, endorses. "
    "Example: The two ministers agreed to meet every year.",
    "express": "Voices a feeling or a wish: expresses hope, voices concern, apologizes. "
    "Example: The minister voiced concern over the delay.",
    "predict": "Says what will be: predicts, forecasts. "
    "Example: The minister predicted that prices would fall.",
    "describe": "Describes a thing or calls it by a name. "
    "Example: The minister described the treaty as a success.",
    "answer": "Answers, replies, responds. Example: The minister replied that no date was set.",
}
SPAN_FIELDS = {
    "evidence": "Meeting: the sentence that reports it.",
    "participant": "Meeting: a party's clearest mention; `ordinal` is the participant's.",
    "place": "Meeting: where.",
    "date": "Meeting: the words that date it.",
    "topic": "Meeting: what was discussed.",
    "outcome": "Meeting: what came of it.",
    "content": "Statement: what was said; several spans where the attribution parts it.",
    "cue": "Statement: the words that attribute.",
    "speaker": "Statement: the source as this sentence names it.",
    "addressee": "Statement: to whom.",
    "sentence": "Statement: the first sentence that holds cue and content.",
}
ROLE_CODES = {
    "head_of_state": "President, king, emir: the head of a state.",
    "head_of_government": "Prime minister, chancellor, premier.",
    "deputy_head_of_state": "Vice president, crown prince.",
    "deputy_head_of_government": "Deputy prime minister.",
    "foreign_minister": "Minister of foreign affairs, secretary of state, foreign secretary.",
    "defense_minister": "Minister of defence, secretary of defense.",
    "finance_minister": "Minister of finance, treasury secretary.",
    "interior_minister": "Minister of the interior, home secretary.",
    "trade_minister": "Minister of trade, commerce or the economy.",
    "energy_minister": "Minister of energy, oil or petroleum.",
    "justice_minister": "Minister of justice, attorney general.",
    "minister": "Any other cabinet minister or secretary.",
    "deputy_minister": "Deputy, vice or assistant minister, under-secretary, state secretary.",
    "ambassador": "Ambassador, high commissioner, charge d'affaires, permanent representative.",
    "consul": "Consul, consul general.",
    "envoy": "Special envoy, special representative, negotiator.",
    "spokesperson": "Spokesman, spokeswoman, press secretary.",
    "secretary_general": "Secretary general or president of an international body.",
    "international_official": "Any other office of an international body.",
    "speaker_of_parliament": "Speaker, chair or president of a parliament or chamber.",
    "legislator": "Member of a parliament, senator, representative.",
    "party_leader": "Leader or officer of a political party.",
    "governor": "Governor, head of a region, premier of a province.",
    "mayor": "Mayor.",
    "royal": "Prince, princess, queen consort with no office of state.",
    "chief_of_staff": "Chief of the general staff, chairman of the joint chiefs.",
    "military_officer": "Commander, general, admiral and other officers.",
    "security_official": "Head of intelligence, security council secretary, security adviser.",
    "central_banker": "Governor or president of a central bank.",
    "judge": "Judge, justice, prosecutor.",
    "religious_leader": "Pope, patriarch, grand mufti, archbishop.",
    "rebel_leader": "Leader or commander of an armed movement.",
    "executive": "Chief executive, chairman, director of a company or institution.",
    "adviser": "Adviser, aide, chief of a leader's staff.",
    "diplomat": "Diplomat or delegate of another rank.",
    "official": "Any other public official: head of a department, police chief.",
    "expert": "Analyst, professor, doctor, economist.",
    "other": "An occupation that is no office.",
}
ROLE_BASES = {
    "office_holders": "The office or the country is from the office-holder table of the run.",
}
MISS_KINDS = {"meeting": "A meeting phrase fired.", "statement": "A cue fired."}
MISS_REASONS = {
    "no_speaker": "A cue with content, but nobody to whom it could be attributed.",
    "no_content": "A cue and a speaker, but no content.",
    "not_a_speech_act": "A cue word whose subject cannot speak, or in another sense.",
    "negated": "The text says that it was not said, or that they did not meet.",
    "one_party": "A meeting phrase with fewer than two identified parties.",
    "hypothetical": "A wish, an offer, a condition or general practice.",
    "not_a_meeting": "A meeting phrase in another sense: sport, a deadline, a sitting of one body.",
    "too_long": "A sentence over the length limit was left unread.",
}
QUARANTINE_REASONS = {
    "not_text": "The bytes are no text of any encoding tried.",
    "broken_encoding": "Text in part, but too many bytes could not be decoded.",
    "empty": "No text is left after cleaning.",
    "no_article_text": "A page or feed entry in which no article text was found.",
    "too_large": "Over the size limit.",
    "bad_json": "A JSONL line that is no JSON object.",
    "bad_record": "A record without the fields that an article needs.",
    "bad_feed": "Neither RSS nor Atom.",
    "truncated": "The file or record ends before its end.",
    "bad_archive": "A compressed file or WARC that cannot be read.",
    "over_limits": "Reading it took more time or memory than one record may.",
    "consent_page": "A page that asks for consent to cookies instead of showing the article.",
    "paywall": "A page that shows no more of the article than readers get unpaid.",
    "error_page": "A page that says that there is no such page, or that something went wrong.",
    "listing_page": "A page of links to articles and no article itself.",
    "unsupported": "A kind of file or record that Readout does not read.",
    "fetch_failed": "The address could not be fetched.",
    "parser_failed": "The parser gave up with an error of its own; the detail names it.",
}
PUBLISHED_BASES = {
    "input": "The JSONL line or the text file's own date mark.",
    "feed": "The feed entry, or the news sitemap's.",
    "json_ld": "JSON-LD in the page.",
    "meta": "A meta or time element of the page.",
    "htmldate": "Found by htmldate in the page.",
    "dateline": "The day in the dateline, where nothing else is given.",
}
PUBLISHED_DOUBTS = {
    "future": "More than a day later than the article was fetched.",
    "ancient": "Before 1990: more likely a template's or a computer's first day than news.",
}
PUBLISHED_PRECISIONS = {"second": "An instant is given.", "day": "Only the day is given."}
INPUT_OUTCOMES = {
    "articles": "It gave one article or more.",
    "duplicate": "Everything in it was already known from another record.",
    "quarantine": "Nothing usable; see quarantine.",
    "links": "A feed or list that gave only links.",
    "empty": "A feed or list with nothing in it.",
}

# Raised by one whenever a column of a snapshot table is added, dropped, renamed or retyped; each
# released version stays in tests/schemas/, so that old data folders go on being read or refused.
SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Column:
    """What a column carries beside its type: meaning, closed list, key."""

    meaning: str
    values: Mapping[str, str] | None = None
    key: bool = False
    references: str | None = None  # the table whose key this is


CoderVersion = Annotated[str, Column("Version of the rules and seeds that coded this row.")]

# --- tables -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One row per version of an article."""

    article_id: Annotated[str, Column("Key, made from the article's identity and text.", key=True)]
    page_id: Annotated[str, Column("All versions of one article share it.")]
    external_id: Annotated[
        str | None, Column("The source's own id: feed guid, JSONL id, file stem.")
    ] = None
    source_id: Annotated[str, Column("The source it came from; 'local' for --from.")]
    url: Annotated[str | None, Column("Address as given.")] = None
    canonical_url: Annotated[
        str | None, Column("Address as the page names it, without tracking parameters.")
    ] = None
    publisher: Annotated[str | None, Column("Outlet or office that published it.")] = None
    publisher_country: Annotated[
        str | None,
        Column("Country of the publisher, ISO 3166-1 alpha-3, where the sources file gives it."),
    ] = None
    title: Annotated[str | None, Column("Headline.")] = None
    authors: Annotated[str | None, Column("Authors, '; ' between them.")] = None
    section: Annotated[
        str | None, Column("Section of the site that it stands in, as the page names it.")
    ] = None
    language: Annotated[str | None, Column("Language of the text, BCP 47.")] = None
    published_at: Annotated[datetime | None, Column("Publication time, UTC.")] = None
    published_precision: Annotated[
        str | None, Column("How exact published_at is.", values=PUBLISHED_PRECISIONS)
    ] = None
    published_basis: Annotated[
        str | None, Column("Where published_at came from.", values=PUBLISHED_BASES)
    ] = None
    published_doubt: Annotated[
        str | None, Column("Why published_at can hardly be right.", values=PUBLISHED_DOUBTS)
    ] = None
    modified_at: Annotated[
        datetime | None, Column("Time of the last change that the page names, UTC.")
    ] = None
    fetched_at: Annotated[
        datetime | None, Column("When it came over the network, UTC; null for local input.")
    ] = None
    agency: Annotated[str | None, Column("The wire that the text credits.")] = None
    dateline_place: Annotated[str | None, Column("City of the dateline, as printed.")] = None
    dateline_country: Annotated[
        str | None,
        Column("Country of the dateline's city, ISO 3166-1 alpha-3.", references="countries"),
    ] = None
    dateline_date: Annotated[
        date | None, Column("Day of the dateline, its year from the publication date.")
    ] = None
    is_free: Annotated[
        bool | None, Column("Whether everybody may read it, where the page says so.")
    ] = None
    text: Annotated[
        str, Column("Body, paragraphs parted by one empty line; all offsets point into it.")
    ]
    text_sha256: Annotated[str, Column("SHA-256 of the text in UTF-8, hexadecimal.")]
    story_id: Annotated[str, Column("Reprints and near-copies share it.")]
    revision: Annotated[
        int, Column("1, 2, …: which text of this article it is, in order of appearance.")
    ] = 1
    raw_ref: Annotated[str, Column("WARC-Record-ID of the record in raw/ it was read from.")]
    coder_version: CoderVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One row per meeting that an article reports."""

    meeting_id: Annotated[str, Column("Key, made from the article and the evidence.", key=True)]
    article_id: Annotated[str, Column("The article that reports it.", references="articles")]
    event_id: Annotated[
        str, Column("All reports of one real meeting share it.", references="events")
    ]
    kind: Annotated[str, Column("What sort of meeting.", values=MEETING_KINDS)]
    status: Annotated[str, Column("Whether it took place.", values=MEETING_STATUSES)]
    date_start: Annotated[date | None, Column("First day.")] = None
    date_end: Annotated[
        date | None, Column("Last day; date_start again for a meeting of one day.")
    ] = None
    date_precision: Annotated[
        str | None, Column("How exact date_start is.", values=DATE_PRECISIONS)
    ] = None
    date_basis: Annotated[
        str | None, Column("What date_start was read from.", values=DATE_BASES)
    ] = None
    place: Annotated[str | None, Column("City or venue, as printed.")] = None
    place_country: Annotated[
        str | None, Column("Country of the place, ISO 3166-1 alpha-3.", references="countries")
    ] = None
    venue: Annotated[str | None, Column("Building or site, where the text names one.")] = None
    format: Annotated[
        str | None, Column("'expanded format', 'one-on-one' and the like, as printed.")
    ] = None
    topics: Annotated[str | None, Column("What was discussed, as printed, '; ' between them.")] = (
        None
    )
    outcomes: Annotated[str | None, Column("What came of it, as printed, '; ' between them.")] = (
        None
    )
    cameo_code: Annotated[str | None, Column("CAMEO code of the interaction.")] = None
    plover_mode: Annotated[str | None, Column("PLOVER mode of the interaction.")] = None
    reported_by: Annotated[str | None, Column("Who is cited for it.")] = None
    evidence_text: Annotated[str, Column("The sentence that reports it.")]
    confidence: Annotated[float, Column("Share of such rows that are right, 0 to 1.")]
    coder_version: CoderVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """One row per party to a meeting."""

    meeting_id: Annotated[str, Column("The meeting.", key=True, references="meetings")]
    ordinal: Annotated[int, Column("1, 2, … within the meeting.", key=True)]
    name: Annotated[str, Column("Fullest name in the article, without title.")]
    mention: Annotated[str, Column("The words at the clearest mention.")]
    kind: Annotated[str, Column("What sort of party.", values=PARTY_KINDS)]
    role: Annotated[str | None, Column("Office as printed.")] = None
    role_code: Annotated[str | None, Column("Office, normalised.", values=ROLE_CODES)] = None
    organization: Annotated[str | None, Column("Body that the party belongs to or is.")] = None
    country: Annotated[
        str | None,
        Column(
            "State represented, ISO 3166-1 alpha-3; INT for international bodies.",
            references="countries",
        ),
    ] = None
    side: Annotated[str | None, Column("Host or guest, where the text says.", values=SIDES)] = None
    is_delegation_head: Annotated[
        bool, Column("Whether the text says that the party headed a delegation.")
    ] = False
    person_id: Annotated[
        str | None, Column("Id from an office-holder table, where one is given.")
    ] = None
    role_basis: Annotated[
        str | None,
        Column(
            "Set where office or country were filled in and are not the text's.",
            values=ROLE_BASES,
        ),
    ] = None
    coder_version: CoderVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One row per attributed statement."""

    statement_id: Annotated[str, Column("Key, made from the article and the words.", key=True)]
    article_id: Annotated[str, Column("The article that reports it.", references="articles")]
    meeting_id: Annotated[
        str | None, Column("The meeting at which it was made.", references="meetings")
    ] = None
    speaker_name: Annotated[str | None, Column("The speaker's fullest name in the article.")] = None
    speaker_mention: Annotated[str | None, Column("The speaker as named at this attribution.")] = (
        None
    )
    speaker_kind: Annotated[str | None, Column("What sort of speaker.", values=SPEAKER_KINDS)] = (
        None
    )
    speaker_role: Annotated[str | None, Column("Office as printed.")] = None
    speaker_role_code: Annotated[str | None, Column("Office, normalised.", values=ROLE_CODES)] = (
        None
    )
    speaker_organization: Annotated[
        str | None, Column("Body that the speaker belongs to or is.")
    ] = None
    speaker_country: Annotated[
        str | None,
        Column(
            "State represented, ISO 3166-1 alpha-3; INT for international bodies.",
            references="countries",
        ),
    ] = None
    person_id: Annotated[
        str | None, Column("Id from an office-holder table, where one is given.")
    ] = None
    role_basis: Annotated[
        str | None,
        Column(
            "Set where office or country were filled in and are not the text's.",
            values=ROLE_BASES,
        ),
    ] = None
    cue: Annotated[str | None, Column("The attributing words; null for a quote with none.")] = None
    cue_lemma: Annotated[str | None, Column("The cue's dictionary form.")] = None
    speech_act: Annotated[str | None, Column("What kind of utterance.", values=SPEECH_ACTS)] = None
    form: Annotated[str, Column("Direct, indirect or mixed.", values=FORMS)]
    content: Annotated[str, Column("Content spans joined by one space, no quotation marks around.")]
    addressee: Annotated[str | None, Column("To whom it was said, as printed.")] = None
    countries_mentioned: Annotated[
        str | None, Column("Countries in the content, ISO alpha-3, '; ' between them.")
    ] = None
    said_on: Annotated[date | None, Column("The day it was said, where the text gives one.")] = None
    reported_by: Annotated[
        str | None, Column("The reporting chain: 'Trend, citing the Defense Ministry'.")
    ] = None
    sentence_text: Annotated[str, Column("The first sentence that holds cue and content.")]
    confidence: Annotated[float, Column("Share of such rows that are right, 0 to 1.")]
    coder_version: CoderVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """One row per stretch of text that a value was read from."""

    owner_id: Annotated[str, Column("A meeting_id or a statement_id.", key=True)]
    field: Annotated[
        str, Column("The value that it is evidence for.", values=SPAN_FIELDS, key=True)
    ]
    ordinal: Annotated[
        int, Column("1, 2, … within the field; for participants the participant's.", key=True)
    ]
    start: Annotated[int, Column("First code point in articles.text, from 0.")]
    end: Annotated[int, Column("One past the last code point in articles.text.")]
    text: Annotated[str, Column("articles.text[start:end], to the character.")]
    coder_version: CoderVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One row per real meeting, merged over its reports."""

    event_id: Annotated[str, Column("Key, made from its earliest report's words.", key=True)]
    kind: Annotated[str, Column("What sort of meeting.", values=MEETING_KINDS)]
    status: Annotated[str, Column("The latest known status.", values=MEETING_STATUSES)]
    date_start: Annotated[date | None, Column("First day.")] = None
    date_end: Annotated[date | None, Column("Last day.")] = None
    place: Annotated[str | None, Column("City or venue, as first printed.")] = None
    place_country: Annotated[
        str | None, Column("Country of the place, ISO 3166-1 alpha-3.", references="countries")
    ] = None
    first_reported_at: Annotated[
        datetime | None, Column("Publication time of the earliest report, UTC.")
    ] = None
    articles: Annotated[int, Column("How many articles report it; versions of one count once.")]
    publishers: Annotated[int, Column("How many publishers report it.")]
    coder_version: CoderVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """One row per phrase that fired and yielded nothing."""

    article_id: Annotated[str, Column("The article.", key=True, references="articles")]
    kind: Annotated[str, Column("What it could have been.", values=MISS_KINDS, key=True)]
    start: Annotated[int, Column("First code point in articles.text, from 0.", key=True)]
    end: Annotated[int, Column("One past the last code point in articles.text.", key=True)]
    reason: Annotated[str, Column("Why it yielded nothing.", values=MISS_REASONS)]
    coder_version: CoderVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """One row per piece of input that could not be used."""

    raw_ref: Annotated[str, Column("WARC-Record-ID of the record in raw/.", key=True)]
    ordinal: Annotated[int, Column("1, 2, … within the record.", key=True)] = 1
    source_id: Annotated[str, Column("The source it came from; 'local' for --from.")]
    url: Annotated[str | None, Column("Address or file name.")] = None
    reason: Annotated[str, Column("Why it could not be used.", values=QUARANTINE_REASONS)]
    detail: Annotated[str | None, Column("What exactly was wrong.")] = None
    first_seen_at: Annotated[
        datetime | None, Column("When it was first fetched, UTC; null for local input.")
    ] = None
    coder_version: CoderVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One row per raw record and what became of it: nothing is lost."""

    raw_ref: Annotated[str, Column("WARC-Record-ID of the record in raw/.", key=True)]
    source_id: Annotated[str, Column("The source it came from; 'local' for --from.")]
    url: Annotated[str | None, Column("Address or file name.")] = None
    outcome: Annotated[str, Column("What became of it.", values=INPUT_OUTCOMES)]
    coder_version: CoderVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRun:
    """One row per source and run: the run log."""

    source_id: Annotated[str, Column("The source.", key=True)]
    run_id: Annotated[str, Column("The run.", key=True)]
    started_at: Annotated[datetime, Column("When the run began, UTC.")]
    fetched: Annotated[int, Column("Records read.")]
    new: Annotated[int, Column("Records not seen before.")]
    unchanged: Annotated[int, Column("Records seen before.")]
    failed: Annotated[int, Column("Records that could not be read.")]
    reason: Annotated[str | None, Column("Why the source failed, where it did.")] = None
    coder_version: CoderVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """One row per article: what its near-copies are found by, so that new ones are cheap to add."""

    article_id: Annotated[str, Column("The article.", key=True, references="articles")]
    own_story_id: Annotated[str, Column("The story_id that it would have with no copies.")]
    body_start: Annotated[int, Column("First code point behind dateline and agency line, from 0.")]
    bands: Annotated[str, Column("MinHash of the word triples: 20 bands of 8 hexadecimal digits.")]
    coder_version: CoderVersion


# --- code tables --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """One row per country code, to join with any country column."""

    country: Annotated[
        str, Column("ISO 3166-1 alpha-3; XKX for Kosovo, INT for international bodies.", key=True)
    ]
    country_name: Annotated[str, Column("Short English name.")]
    region: Annotated[str | None, Column("UN M49 region; null for INT.")] = None
    subregion: Annotated[str | None, Column("UN M49 subregion; null for INT.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleCode:
    """One row per normalised office, to join with role_code."""

    role_code: Annotated[str, Column("Office, normalised.", key=True)]
    meaning: Annotated[str, Column("Definition.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechAct:
    """One row per kind of utterance, to join with speech_act."""

    speech_act: Annotated[str, Column("What kind of utterance.", key=True)]
    meaning: Annotated[str, Column("Definition.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingKind:
    """One row per sort of meeting, to join with the kind of meetings and events."""

    kind: Annotated[str, Column("What sort of meeting.", key=True)]
    meaning: Annotated[str, Column("Definition.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One row per value that a column with a closed list may hold."""

    table_name: Annotated[str, Column("The table.", key=True)]
    column_name: Annotated[str, Column("The column.", key=True)]
    code: Annotated[str, Column("The value.", key=True)]
    meaning: Annotated[str, Column("Definition.")]


# --- what the database tells of itself ----------------------------------------------------------

CHECK_LEVELS = {
    "fail": "Rows that offend stop the publish; the snapshot and the database before it stay.",
    "warn": "Rows that offend are told of.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One row per check that the rows went through before the database was put in place."""

    check_name: Annotated[str, Column("Name of the check.", key=True)]
    level: Annotated[str, Column("What follows from rows that offend.", values=CHECK_LEVELS)]
    meaning: Annotated[str, Column("What the check holds to be so.")]
    offending_rows: Annotated[int, Column("How many rows offend.")]
    examples: Annotated[str | None, Column("The first of them, '; ' between them.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One row: the snapshot that these tables hold, and the definitions that made them."""

    snapshot_id: Annotated[str, Column("First 16 digits of the manifest's SHA-256.", key=True)]
    coder_version: Annotated[str, Column("Version of the rules and seeds that coded the rows.")]
    schema_version: Annotated[int, Column("Version of the columns; rises with each change.")]
    contract_version: Annotated[str, Column("Digest of the columns' names and types.")]
    definition: Annotated[str, Column("Digest of tables, views, checks and code tables.")]
    runs: Annotated[str, Column("Digest of the run log.")]


SNAPSHOT_TABLES: dict[str, type] = {
    "articles": Article,
    "meetings": Meeting,
    "participants": Participant,
    "statements": Statement,
    "spans": Span,
    "events": Event,
    "misses": Miss,
    "quarantine": Quarantined,
    "inputs": Input,
    "fingerprints": Fingerprint,
}
TABLES: dict[str, type] = SNAPSHOT_TABLES | {"sources": SourceRun}
# Code tables to join with: the database and every release hold them, a snapshot does not.
CODE_TABLES: dict[str, type] = {
    "countries": Country,
    "role_codes": RoleCode,
    "speech_acts": SpeechAct,
    "meeting_kinds": MeetingKind,
    "codes": Code,
}
# What the database tells of itself.
STATE_TABLES: dict[str, type] = {"checks": Check, "snapshot": State}
ALL_TABLES: dict[str, type] = TABLES | CODE_TABLES | STATE_TABLES


def code_rows() -> dict[str, list[Any]]:
    """The rows of the code tables that are made from the closed lists: all but countries."""
    lists = {
        (table, field.name): field.column.values
        for table, record in TABLES.items()
        for field in fields_of(record)
        if field.column.values
    }
    return {
        "role_codes": [RoleCode(role_code=k, meaning=v) for k, v in ROLE_CODES.items()],
        "speech_acts": [SpeechAct(speech_act=k, meaning=v) for k, v in SPEECH_ACTS.items()],
        "meeting_kinds": [MeetingKind(kind=k, meaning=v) for k, v in MEETING_KINDS.items()],
        "codes": [
            Code(table_name=table, column_name=column, code=code, meaning=meaning)
            for (table, column), values in lists.items()
            for code, meaning in (values or {}).items()
        ],
    }


@dataclass(frozen=True, slots=True)
class Field:
    """A column as derived code sees it."""

    name: str
    type: type  # str, int, float, bool, date or datetime
    nullable: bool
    column: Column


@cache
def fields_of(record: type) -> tuple[Field, ...]:
    """The columns of a record class in their order.

    Raises TypeError for a field that is not `Annotated[T, Column(…)]` or `Annotated[T | None, …]`.
    """
    hints = typing.get_type_hints(record, include_extras=True)
    return tuple(_field(f.name, hints[f.name]) for f in dataclasses.fields(record))


def _field(name: str, hint: Any) -> Field:
    if typing.get_origin(hint) is not Annotated:
        raise TypeError(f"column {name} has no Annotated type")
    base, column = typing.get_args(hint)
    nullable = typing.get_origin(base) in (typing.Union, types.UnionType)
    if nullable:
        base = next(arg for arg in typing.get_args(base) if arg is not type(None))
    return Field(name, base, nullable, column)


def key_of(record: type) -> tuple[str, ...]:
    """Names of the key columns of a record class."""
    return tuple(f.name for f in fields_of(record) if f.column.key)
