"""Which statements were made at which meeting of the same article.

A statement belongs to the latest meeting told before it (or in its own sentence) in which its
speaker took part. What a spokesman or a third party says of a meeting was not said at it, and at a
planned or cancelled meeting nothing was said yet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from .meeting_rows import MeetingRows
from .people import fold
from .records import Span, Statement

_GROUP_SPEAKERS = frozenset("sides parties leaders two ministers presidents they both".split())


def link_statements(
    statements: Iterable[Statement], met: MeetingRows, spans: Iterable[Span]
) -> list[Statement]:
    """The statements with `meeting_id` filled where they were made at a meeting."""
    told = {span.owner_id: span.end for span in reversed(met.spans) if span.field == "evidence"}
    held = [m for m in met.meetings if m.status in ("held", "ongoing")]
    held.sort(key=lambda meeting: told.get(meeting.meeting_id, 0), reverse=True)
    parties: dict[str, set[str]] = {}
    for participant in met.participants:
        parties.setdefault(participant.meeting_id, set()).add(fold(participant.name))
    starts = {span.owner_id: span.start for span in spans if span.field == "sentence"}
    linked = []
    for statement in statements:
        at = starts[statement.statement_id]
        meeting = next(
            (
                m.meeting_id
                for m in held
                if _begins(told.get(m.meeting_id, 0), m.evidence_text) <= at
                and _took_part(statement, parties.get(m.meeting_id, set()))
            ),
            None,
        )
        linked.append(replace(statement, meeting_id=meeting) if meeting else statement)
    return linked


def _begins(end: int, evidence: str) -> int:
    return end - len(evidence)


def _took_part(statement: Statement, parties: set[str]) -> bool:
    name = fold(statement.speaker_name or "")
    if name in parties:
        return True
    if statement.speaker_kind != "group":
        return False
    words = set(name.replace("the ", "").split())
    return bool(words & _GROUP_SPEAKERS) or any(party in name for party in parties)
