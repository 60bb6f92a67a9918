"""Sources tried once, with nothing kept: no raw record, no state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from transforms.documents import Document, Link
from warehouse.fetch_state import FetchState

from .courier import Courier
from .lists import Listing, fetch_lists
from .local import list_files
from .sources import Source


@dataclass(frozen=True, slots=True)
class Trial:
    """What a source gave: links to pages, whole articles, the latest date, or why nothing."""

    source_id: str
    links: int = 0
    articles: int = 0
    latest: datetime | None = None
    reason: str | None = None
    warning: str | None = None


def try_sources(sources: Sequence[Source]) -> list[Trial]:
    """What each source gives now."""
    remote = [source for source in sources if source.path is None]
    courier = Courier(parallel=max((source.parallel for source in remote), default=1))
    found = {each.source.id: each for each in fetch_lists(remote, FetchState(), courier.fetch_all)}
    return [
        _folder_trial(source) if source.path is not None else _trial(found[source.id])
        for source in sources
    ]


def _folder_trial(source: Source) -> Trial:
    assert source.path is not None
    try:
        return Trial(source.id, links=len(list_files(source.path)))
    except OSError:
        return Trial(source.id, reason=f"{source.path}: no such file or folder")


def _trial(listing: Listing) -> Trial:
    items = [item for item in listing.items if isinstance(item, Document | Link)]
    dates = [item.published_at for item in items if item.published_at is not None]
    return Trial(
        listing.source.id,
        links=len(listing.links),
        articles=sum(isinstance(item, Document) for item in items),
        latest=max(dates, default=None),
        reason=listing.reason,
        warning=listing.warning,
    )
