"""Found meetings to rows of the contract: ids, participants as named, dates, codes, spans."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from .found import FoundMeeting, FoundParticipant
from .lexicon import Lexicon
from .meeting_confidence import estimate_meeting_confidence
from .mentions import Mention
from .people import Cast, Entity, fold
from .records import Article, Meeting, Participant, Span
from .reports import report_of
from .text import Text


@dataclass(slots=True)
class MeetingRows:
    """All rows that the meetings of one article give."""

    meetings: list[Meeting] = field(default_factory=list)
    participants: list[Participant] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)


def meeting_rows(
    article: Article, text: Text, cast: Cast, lexicon: Lexicon, found: Iterable[FoundMeeting]
) -> MeetingRows:
    """Rows for all meetings of one article, their participants, and the spans of their values."""
    rows = MeetingRows()
    seen: set[str] = set()
    for meeting in found:
        key = _meeting_id(article, text, cast, meeting)
        if key in seen:
            continue  # two triggers that gave the same parties in the same words
        seen.add(key)
        participants = [
            _participant(article, text, cast, key, number, party)
            for number, party in enumerate(meeting.participants, 1)
        ]
        confidence = estimate_meeting_confidence(meeting, cast, lexicon)
        row = _meeting(article, text, lexicon, key, meeting, participants, confidence)
        own_event = report_of(row, participants, article).own_id
        rows.meetings.append(replace(row, event_id=own_event))
        rows.participants += participants
        rows.spans += _spans(article, text, key, meeting)
    return rows


def _meeting_id(article: Article, text: Text, cast: Cast, meeting: FoundMeeting) -> str:
    start = text.sentences[meeting.evidence[0]].start
    names = sorted(fold(cast.entities[p.entity].name) for p in meeting.participants)
    day = meeting.date.start.isoformat() if meeting.date else ""
    parts = [article.article_id, str(start), *names, meeting.status, meeting.kind, day]
    if meeting.place:
        parts.append(text.slice(*meeting.place))
    return "m" + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:20]


def _meeting(
    article: Article,
    text: Text,
    lexicon: Lexicon,
    key: str,
    found: FoundMeeting,
    participants: list[Participant],
    confidence: float,
) -> Meeting:
    day = found.date
    code, mode = _codes(lexicon, found, participants)
    return Meeting(
        meeting_id=key,
        article_id=article.article_id,
        event_id="",  # follows from the finished row
        kind=found.kind,
        status=found.status,
        date_start=day.start if day else None,
        date_end=day.end if day else None,
        date_precision=day.precision if day else None,
        date_basis=day.basis if day else None,
        place=_place_name(article, text, found),
        place_country=found.place_country,
        venue=text.slice(*found.venue) if found.venue else None,
        format=_printed_format(text, found),
        topics="; ".join(text.slice(*t) for t in found.topics) or None,
        outcomes="; ".join(text.slice(*o) for o in found.outcomes) or None,
        cameo_code=code,
        plover_mode=mode,
        reported_by=text.slice(*found.reported_by) if found.reported_by else None,
        evidence_text=" ".join(_sentence(text, number) for number in found.evidence),
        confidence=confidence,
        coder_version=article.coder_version,
    )


def _place_name(article: Article, text: Text, found: FoundMeeting) -> str | None:
    """The place as printed; a dateline's capitals are turned into a name ("BAKU" to "Baku")."""
    if not found.place:
        return None
    printed = text.slice(*found.place)
    in_dateline = article.dateline_place and printed.lower() == article.dateline_place.lower()
    return printed.title() if in_dateline and printed.isupper() else printed


def _printed_format(text: Text, found: FoundMeeting) -> str | None:
    return text.slice(*found.format) if found.format else None


def _sentence(text: Text, number: int) -> str:
    sentence = text.sentences[number]
    return text.raw[sentence.start : sentence.end]


@lru_cache(maxsize=4)
def _code_table(lexicon: Lexicon) -> dict[tuple[str, str, str], tuple[str | None, str | None]]:
    return {
        (row["kind"], row["status"], row["basis"]): (
            row["cameo_code"] or None,
            row["plover_mode"] or None,
        )
        for row in lexicon.tables["cameo"]
    }


def _codes(
    lexicon: Lexicon, found: FoundMeeting, participants: list[Participant]
) -> tuple[str | None, str | None]:
    """CAMEO code and PLOVER mode; the first participant is the source actor."""
    table = _code_table(lexicon)
    bases = (
        "mediated" if found.mediated else "",
        "negotiation" if found.negotiation else "",
        _side_of_first(found, participants),
    )
    for basis in (*filter(None, bases), ""):
        codes = table.get((found.kind, found.status, basis))
        if codes is not None:
            return codes
    return None, None


def _side_of_first(found: FoundMeeting, participants: list[Participant]) -> str:
    """host or guest, or third where they met in the country of none of them; "" if unknown."""
    if not participants:
        return ""
    if participants[0].side:
        return participants[0].side
    countries = {p.country for p in participants}
    known = found.place_country is not None and None not in countries and "INT" not in countries
    if not known or len(countries) < 2 or found.kind != "meeting":
        return ""
    return "third" if found.place_country not in countries else ""


# --- participants -------------------------------------------------------------------------------
def _participant(
    article: Article, text: Text, cast: Cast, key: str, number: int, party: FoundParticipant
) -> Participant:
    entity = cast.entities[party.entity]
    kind = _KINDS.get(entity.kind, "group")
    return Participant(
        meeting_id=key,
        ordinal=number,
        name=_name(text, entity, party.mention, kind),
        mention=text.slice(party.mention.first, party.mention.last),
        kind=kind,
        role=entity.role,
        role_code=entity.role_code,
        organization=entity.name if kind == "organization" else entity.organization,
        country=entity.country,
        side=party.side,
        is_delegation_head=party.is_delegation_head,
        coder_version=article.coder_version,
    )


_KINDS = {
    "person": "person",
    "organization": "organization",
    "country": "country",
    "group": "group",
    "name": "organization",
    "unnamed": "group",
}


def _name(text: Text, entity: Entity, mention: Mention, kind: str) -> str:
    printed = text.slice(mention.first, mention.last)
    name = entity.name or printed
    if kind == "group" and mention.kind != "pronoun" and name in printed:
        name = printed  # "religious and civic leaders", not "leaders"
    if kind in ("group", "organization"):
        for article in ("the ", "The ", "a ", "A ", "an ", "An "):
            if name.startswith(article):
                return name[len(article) :]
    return name


# --- spans --------------------------------------------------------------------------------------
def _spans(article: Article, text: Text, key: str, found: FoundMeeting) -> list[Span]:
    evidence = [(text.sentences[n].start, text.sentences[n].end) for n in found.evidence]
    fields: list[tuple[str, list[tuple[int, int]]]] = [
        ("evidence", evidence),
        ("participant", [text.span(p.mention.first, p.mention.last) for p in found.participants]),
        ("place", [text.span(*found.place)] if found.place else []),
        ("date", [text.span(*found.date_span)] if found.date_span else []),
        ("topic", [text.span(*t) for t in found.topics]),
        ("outcome", [text.span(*o) for o in found.outcomes]),
    ]
    return [
        Span(
            owner_id=key,
            field=name,
            ordinal=ordinal,
            start=start,
            end=end,
            text=text.raw[start:end],
            coder_version=article.coder_version,
        )
        for name, spans in fields
        for ordinal, (start, end) in enumerate(spans, 1)
    ]
