"""Sources' own addresses: asked for with a condition, and read for the links they hold.

The sitemaps that an index names are read likewise. A feed or list that is no such thing (a login
page, an empty answer) is a failure of the source, and its bytes are no input: it is told in the run
log, and asked for again by the next run.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import urlsplit, urlunsplit

from transforms.documents import Document, Link, Parsed, Rejection
from transforms.feeds import MAX_BYTES as MAX_FEED_BYTES
from transforms.raw_record import Exchange, Hints, RawRecord
from warehouse.fetch_state import FetchState, KeptList, key

from .courier import Answer, Request
from .fetch import Condition, FetchError, Response, redact
from .page_worker import parse_limited
from .sources import Source

FetchAll = Callable[[Sequence[Request]], list[Answer]]
_MOST_SITEMAPS = 50  # of one index; the latest changed come first
_DEPTH = 3  # an index of indexes of sitemaps
_BELIEVED_304 = 50  # times in a row
_BELIEVED_SECONDS = 7 * 86_400.0  # since the list was last read whole
_DAY = 86_400.0
_LIST_TYPES = {"urls": "text/uri-list"}


@dataclass(slots=True)
class Listing:
    """What one source's own address gave: records to keep, links, or the reason of its failure.

    `read` holds the state of each list that was read; it counts once the records are kept.
    """

    source: Source
    records: list[RawRecord] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    items: list[Parsed] = field(default_factory=list)  # all that was read, links included
    unchanged: int = 0
    reason: str | None = None
    warning: str | None = None
    read: dict[str, KeptList] = field(default_factory=dict)
    again: list[str] = field(default_factory=list)  # raw records whose pages were not all fetched


def fetch_lists(sources: Sequence[Source], state: FetchState, fetch_all: FetchAll) -> list[Listing]:
    """The listing of each source, in their order."""
    listings = [Listing(source) for source in sources]
    wanted = [(listing, listing.source.url) for listing in listings]
    for _ in range(_DEPTH):
        requests = [_request(listing.source, url, state) for listing, url in wanted]
        answers = fetch_all(requests) if requests else []
        wanted = [
            (listing, link.url)
            for (listing, url), request, answer in zip(wanted, requests, answers, strict=True)
            for link in _take(listing, url, request, answer, state)
        ]
    return listings


def _request(source: Source, url: str, state: FetchState) -> Request:
    return Request(
        url=url,
        scope=source.id,
        rules=replace(source.rules, max_bytes=MAX_FEED_BYTES),
        condition=_condition(state.lists.get(key(url))),
        pause=60 / source.rate,
        is_page=False,
    )


def _condition(kept: KeptList | None) -> Condition | None:
    """What to ask with; None where the list was never read, or 304 has been said for too long."""
    if kept is None or kept.unchanged >= _BELIEVED_304:
        return None
    if time.time() - kept.read_at > _BELIEVED_SECONDS:
        return None
    return Condition(kept.etag, kept.last_modified)


def _take(
    listing: Listing, url: str, request: Request, answer: Answer, state: FetchState
) -> list[Link]:
    """Put an answer into the listing; gives the sitemaps that it names."""
    if isinstance(answer, FetchError):
        listing.reason = listing.reason or str(answer)
        return []
    if answer.is_unchanged:
        kept = state.lists[key(url)]
        listing.unchanged += 1
        listing.read[key(url)] = replace(kept, unchanged=kept.unchanged + 1, has_missing=False)
        if kept.has_missing:
            listing.again.append(kept.raw_ref)
        return []
    record = _record(listing.source, url, answer)
    parsed = parse_limited(record) if listing.source.kind != "page" else []
    reason = _refusal(parsed) if listing.source.kind != "page" else None
    if reason:
        listing.reason = listing.reason or reason
        return []
    listing.records.append(record)
    listing.items += parsed
    links = [item for item in parsed if isinstance(item, Link)]
    listing.links += [link for link in links if not link.is_list]
    listing.warning = listing.warning or _unexpected(listing.source, parsed)
    listing.read[key(url)] = KeptList(
        etag=answer.condition.etag,
        last_modified=answer.condition.last_modified,
        raw_ref=record.record_id,
        read_at=time.time(),
    )
    return _latest(link for link in links if link.is_list)


def _record(source: Source, url: str, response: Response) -> RawRecord:
    media_type = _LIST_TYPES.get(source.kind, response.media_type)
    if source.kind in ("feed", "sitemap") and "json" not in media_type:
        media_type = "application/xml"  # feeds come as text/plain and text/html, too
    return RawRecord(
        redact(url),
        media_type,
        response.body,
        source.id,
        source.publisher,
        response.fetched_at,
        hints_of(source, None),
        Exchange(response.request, response.head),
    )


def without_credentials(url: str) -> str:
    """An address as it may be kept and published: without user and password."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def hints_of(source: Source | None, link: Link | None) -> Hints | None:
    """What a source and its list say of a record; None where they say nothing."""
    hints = Hints(
        external_id=link.external_id if link else None,
        title=link.title if link else None,
        published_at=link.published_at if link else None,
        published_precision=link.published_precision if link else None,
        language=source.language if source else None,
        timezone=source.timezone if source else None,
        country=source.country if source else None,
    )
    return hints if hints != Hints() else None


def _refusal(parsed: Sequence[Parsed]) -> str | None:
    """Why an answer is no list at all; None for one that gave something, or is rightly empty."""
    rejected = [item for item in parsed if isinstance(item, Rejection)]
    if len(rejected) < len(parsed) or not rejected:
        return None
    first = rejected[0]
    return f"{first.reason}: {first.detail}" if first.detail else first.reason


def _latest(links: Iterator[Link]) -> list[Link]:
    """The sitemaps to read of an index: the latest changed, then as they stand."""
    ordered = sorted(links, key=lambda link: -(link.modified_at or _EPOCH).timestamp())
    return ordered[:_MOST_SITEMAPS]


_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def _unexpected(source: Source, parsed: Sequence[Parsed]) -> str | None:
    """A warning where the list's articles a day are not within the source's bounds."""
    dated = [item.published_at for item in parsed if isinstance(item, Document | Link)]
    times = sorted(moment for moment in dated if moment is not None)
    if len(times) < 2 or (source.expected_min is None and source.expected_max is None):
        return None
    days = max((times[-1] - times[0]).total_seconds() / _DAY, 1.0)
    per_day = len(times) / days
    if per_day < (source.expected_min or 0):
        return f"{per_day:.1f} articles a day, expected at least {source.expected_min:g}"
    if source.expected_max is not None and per_day > source.expected_max:
        return f"{per_day:.1f} articles a day, expected at most {source.expected_max:g}"
    return None
