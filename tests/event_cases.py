"""Reports written short, for the tests of events: who, then when and where by keyword."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from transforms.records import Article, Meeting, Participant, fields_of
from transforms.reports import Report, report_of

_PREFIXES = {"country": "country", "org": "organization", "group": "group", "office": "person"}


def parties_of(meeting_id: str, text: str) -> list[Participant]:
    """Participants from "Omar Hasan @JOR #head_of_state; org:the IMF @INT"."""
    rows = []
    for number, part in enumerate(text.split(";"), 1):
        words = part.split()
        country = next((w[1:] for w in words if w.startswith("@")), None)
        code = next((w[1:] for w in words if w.startswith("#")), None)
        name = " ".join(w for w in words if w[0] not in "@#")
        prefix, _, rest = name.rpartition(":")
        rows.append(
            Participant(
                meeting_id=meeting_id,
                ordinal=number,
                name=rest,
                mention=rest,
                kind=_PREFIXES.get(prefix, "person"),
                role=rest.split(" of ")[0] if prefix == "office" else None,
                role_code=code,
                country=country,
                coder_version="1",
            )
        )
    return rows


def article_of(name: str, published: str | None, publisher: str, **columns: Any) -> Article:
    """An article of which only what dates and names it matters."""
    required = {f.name: name for f in fields_of(Article) if not f.nullable and f.type is str}
    moment = datetime.fromisoformat(published).replace(tzinfo=UTC) if published else None
    return Article(
        **required
        | {"published_at": moment, "publisher": publisher, "coder_version": "1"}
        | columns
    )


@dataclass(frozen=True)
class Told:
    """One report as the rows that a run would make of it."""

    meeting: Meeting
    participants: list[Participant]
    article: Article

    @property
    def report(self) -> Report:
        """The report that the rows make."""
        return report_of(self.meeting, self.participants, self.article)


def rows(
    who: str,
    on: str | None = None,
    *,
    until: str | None = None,
    basis: str = "explicit",
    published: str | None = "2020-03-05",
    status: str = "held",
    kind: str = "meeting",
    place: str | None = None,
    at: str | None = None,
    article: str | None = None,
    publisher: str = "One",
) -> Told:
    """One report; `on` is a day, a month or a year, `at` the country of the place.

    Ids follow from the content, so two reports of different wording have different articles.
    """
    said = (who, on, until, basis, published, status, kind, place, at, article, publisher)
    key = hashlib.sha256(repr(said).encode()).hexdigest()[:12]
    name = article or f"a{key}"
    meeting = Meeting(
        meeting_id=f"m{key}",
        article_id=name,
        event_id="",
        kind=kind,
        status=status,
        date_start=date.fromisoformat(f"{on}-01-01"[:10]) if on else None,
        date_end=date.fromisoformat(until or on) if on and len(on) == 10 else None,
        date_precision={4: "year", 7: "month", 10: "day"}[len(on)] if on else None,
        date_basis=basis if on else None,
        place=place,
        place_country=at,
        evidence_text="x",
        confidence=0.5,
        coder_version="1",
    )
    return Told(
        meeting, parties_of(meeting.meeting_id, who), article_of(name, published, publisher)
    )


def told(who: str, on: str | None = None, **columns: Any) -> Report:
    """The report of `rows`."""
    return rows(who, on, **columns).report


# Few persons, days and places, and mostly the commonest of them, so that reports often agree,
# nearly agree or conflict, around the turn of a month.
_PARTIES = (
    ("Irakli Garibashvili @GEO #head_of_government", "I. Gharibashvili @GEO", "Garibashvili",
     "office:prime minister of Georgia @GEO #head_of_government", "country:Georgia @GEO",
     "Nino Lomidze @GEO #foreign_minister"),
    ("Rustam Aliyev @AZE #head_of_state", "Aliev @AZE", "Rustam Aliyev", "country:Azerbaijan @AZE",
     "Elnur Hasanli @AZE"),
)  # fmt: skip
_MORE = ("", "; Nora Gill @IRL", "; org:Bank of Letters @INT", "; group:a delegation")
_DAYS = ("2020-02-28", "2020-02-29", "2020-03-01", "2020-03-02", "2020-03-06")


def _mostly(usual: Any, *others: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from([usual] * (2 * len(others)) + list(others))


_WHEN = st.one_of(
    st.sampled_from(_DAYS), st.none(), st.sampled_from(["2020-02", "2020-03", "2019", "0007"])
)
_VARIED = st.builds(
    lambda parties, more, on, columns: rows("; ".join(parties) + more, on, **columns),
    st.tuples(*map(st.sampled_from, _PARTIES)),
    _mostly(*_MORE),
    _WHEN,
    st.fixed_dictionaries(
        {
            "basis": st.sampled_from(["explicit", "weekday", "relative", "published"]),
            "published": _mostly(*_DAYS, None),
            "status": _mostly("held", "planned", "ongoing", "cancelled"),
            "kind": _mostly("meeting", "visit", "phone_call", "multilateral"),
            "place": _mostly(None, "Baku", "Ganja", "the palace"),
            "at": _mostly(None, "AZE", "GEO"),
            "article": _mostly(None, "a1", "a2"),
            "publisher": st.sampled_from(["One", "Two", "Three"]),
        }
    ),
)
_PLAIN = st.builds(
    lambda parties, on, columns: rows("; ".join(parties), on, **columns),
    st.tuples(*(st.sampled_from(spellings[:4]) for spellings in _PARTIES)),
    st.sampled_from(["2020-02-29", "2020-03-01", None]),
    st.fixed_dictionaries(
        {
            "basis": st.sampled_from(["explicit", "relative", "dateline"]),
            "published": st.sampled_from(["2020-02-29", "2020-03-01", "2020-03-02"]),
            "publisher": st.sampled_from(["One", "Two", "Three"]),
        }
    ),
)
TOLD = st.one_of(_PLAIN, _PLAIN, _VARIED)
