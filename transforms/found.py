"""What reading an article finds, as ranges of tokens, before it becomes rows."""

from __future__ import annotations

from dataclasses import dataclass, field

from .content_ends import Range
from .dates import ResolvedDate
from .mentions import Mention
from .people import Entity


@dataclass(slots=True)
class FoundStatement:
    """One statement as token ranges; `speaker` is the mention, `entity` who it is."""

    sentence: int
    contents: list[Range]
    speaker: Mention | None
    entity: Entity | None
    cue: Range | None = None
    lemma: str | None = None
    speech_act: str | None = None
    addressee: Range | None = None
    form: str = ""
    rule: str = ""


@dataclass(slots=True)
class FoundParticipant:
    """A party: its entity's number in the cast, its clearest mention, its side."""

    entity: int
    mention: Mention
    side: str | None = None
    is_delegation_head: bool = False


@dataclass(slots=True)
class FoundMeeting:
    """One meeting; sentences by number, everything else as token ranges."""

    kind: str
    status: str
    evidence: list[int]
    participants: list[FoundParticipant]
    rule: str
    trigger: Range
    date: ResolvedDate | None = None
    date_span: Range | None = None
    place: Range | None = None
    place_country: str | None = None
    venue: Range | None = None
    format: Range | None = None
    negotiation: bool = False
    mediated: bool = False
    reported_by: Range | None = None
    topics: list[Range] = field(default_factory=list)
    outcomes: list[Range] = field(default_factory=list)
    latest: int = 0  # the last sentence that tells of it


@dataclass(slots=True)
class FoundMiss:
    """A cue that yielded nothing: code points and a reason of records.MISS_REASONS."""

    start: int
    end: int
    reason: str


@dataclass(slots=True)
class Found:
    """Statements in reading order, misses, and the outlets whose own reporting is none."""

    statements: list[FoundStatement] = field(default_factory=list)
    misses: list[FoundMiss] = field(default_factory=list)
    outlets: frozenset[str] = frozenset()
