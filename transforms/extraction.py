"""The table of contents: one article in, its meetings, statements, spans and misses out.

    text        tokens, sentences, quotations              text.py
    body        what follows dateline and agency line      wires.py
    cast        mentions, and who they are                 mentions.py, people.py
    meetings    who met whom                               meetings.py
    statements  who said what                              statements.py
    rows        records of the contract, with spans        meeting_rows.py, statement_rows.py
    links       what was said at which meeting             linking.py

Pure: the same article and lexicon give the same rows, whatever ran before.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace

from .home import find_home
from .lexicon import Lexicon
from .linking import link_statements
from .meeting_rows import meeting_rows
from .meetings import find_meetings
from .office_holders import OfficeHolders
from .people import find_cast
from .records import Article, Fingerprint, Meeting, Miss, Participant, Span, Statement
from .statement_rows import miss_rows, statement_rows
from .statements import find_statements
from .text import begin_at, parse_text
from .wires import body_start


@dataclass(frozen=True, slots=True)
class Extraction:
    """All rows that one article gives."""

    meetings: list[Meeting]
    participants: list[Participant]
    statements: list[Statement]
    spans: list[Span]
    misses: list[Miss]
    fingerprints: list[Fingerprint] = field(default_factory=list)  # made where stories are settled


def extract(
    article: Article, lexicon: Lexicon, office_holders: OfficeHolders | None = None
) -> Extraction:
    """Read one article. Every offset points into `article.text`."""
    text = parse_text(article.text, lexicon.abbreviations)
    first = bisect_left(text.starts, body_start(article.text, lexicon))
    begin_at(text, first)
    cast = find_cast(text, lexicon, article.title, find_home(article, lexicon), first)
    meetings, meeting_misses = find_meetings(text, cast, article, lexicon, first)
    found = find_statements(text, cast, article, lexicon, first)
    met = meeting_rows(article, text, cast, lexicon, meetings)
    statements, spans = statement_rows(article, text, cast, lexicon, found.statements)
    extraction = Extraction(
        meetings=met.meetings,
        participants=met.participants,
        statements=link_statements(statements, met, spans),
        spans=met.spans + spans,
        misses=[
            *miss_rows(article, "meeting", meeting_misses),
            *miss_rows(article, "statement", found.misses),
        ],
    )
    return _fill(extraction, article, office_holders) if office_holders else extraction


def _fill(extraction: Extraction, article: Article, office_holders: OfficeHolders) -> Extraction:
    """The same rows with what the office-holder table adds to the persons in them."""
    meetings = {meeting.meeting_id: meeting for meeting in extraction.meetings}
    return replace(
        extraction,
        participants=[
            office_holders.participant(row, meetings[row.meeting_id], article)
            for row in extraction.participants
        ],
        statements=[office_holders.statement(row, article) for row in extraction.statements],
    )
