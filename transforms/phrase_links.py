"""What neighbouring noun phrases lend one another: offices, names, quotation marks around them."""

from __future__ import annotations

from .mentions import Mention
from .text import Text


def share_offices(text: Text, mentions: list[Mention]) -> list[Mention]:
    """'Sens. A and B', 'Presidents A of X and B of Y': a plural office is each one's own.

    Returns those that an office was lent to.
    """
    lent = []
    for before, mention in zip(mentions, mentions[1:], strict=False):
        if not (before.plural and before.role and before.kind == "person"):
            continue
        if mention.kind not in ("person", "name") or mention.role or mention.determiner:
            continue
        between = text.lows[before.tail : mention.first]
        listed = not between and before.tail > before.last
        if listed or between in (["and"], [","], [",", "and"]):
            mention.role, mention.role_code = before.role, before.role_code
            mention.kind, mention.plural = "person", True
            lent.append(mention)
    for mention in mentions:
        if mention.kind == "person" and mention.name:
            mention.plural = False
    return lent


def join_appositions(text: Text, mentions: list[Mention]) -> None:
    """'a delivery company, UPX, said', 'UPX, a charity, said': the name is the body's."""
    for before, mention in zip(mentions, mentions[1:], strict=False):
        if text.lows[before.last : mention.first] != [","] or mention.last >= len(text.lows):
            continue
        bare = before.kind == "organization" and before.name is None
        if bare and mention.kind in ("name", "organization") and text.lows[mention.last] == ",":
            mention.kind, before.name = "organization", mention.name
        told = mention.kind == "organization" and mention.name is None
        if told and mention.determiner in ("a", "an", "the") and before.kind == "name":
            before.kind, mention.name = "organization", before.name


def mark_quoted(text: Text, mentions: list[Mention]) -> None:
    """Mark the mentions that stand inside quotation marks."""
    quotations = iter(text.quotations)
    quotation = next(quotations, None)
    for mention in mentions:
        while quotation and quotation.last <= mention.first:
            quotation = next(quotations, None)
        mention.quoted = quotation is not None and quotation.first <= mention.first
