"""The paragraphs of a page's tree, as a check on what an extractor kept of them.

An extractor's own result does not say what it left out. Here the page's solid paragraphs (long
`<p>` with few links, outside navigation and footers) are compared with the text that was kept:
little found means that the extractor took another part of the page, and a paragraph that is missing
from between kept ones, in the same kind of box, belongs to the article.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from lxml.html import HtmlElement

from .cleaning import normalize_line

_SOLID = 80  # characters; shorter paragraphs are captions and labels as often as not
_KEY = 40  # characters by which a paragraph is found again
_MAX_LINKED = 0.5  # share of a paragraph's characters that may be links
_UNREAD = tuple(
    "script style template svg iframe embed object audio video canvas map area source track input "
    "select option textarea datalist link nav footer aside button noscript".split()
)
_OUTSIDE = frozenset("nav footer aside form figcaption noscript header button li td a".split())


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    box: str  # tag and class of the element around it; "" where that has no class

    def is_in(self, squeezed: str) -> bool:
        own = _squeeze(self.text)
        return own[:_KEY] in squeezed or own[-_KEY:] in squeezed


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """The solid paragraphs of a page in their order."""

    items: tuple[_Paragraph, ...]

    def share_in(self, text: str) -> float:
        """Share of their characters that the text holds.

        A page with none (it has other tags for them) is judged by its text: the share of it that
        stands in lines as long as paragraphs are.
        """
        if not self.items:
            lines = text.split("\n\n")
            return sum(len(line) for line in lines if len(line) >= _SOLID) / max(len(text), 1)
        squeezed = _squeeze(text)
        total = sum(len(item.text) for item in self.items)
        kept = sum(len(item.text) for item in self.items if item.is_in(squeezed))
        return kept / total

    def restored(self, text: str) -> str:
        """The text with paragraphs put back that stand among kept ones, in boxes of their kind."""
        squeezed = _squeeze(text)
        kept = [item.is_in(squeezed) for item in self.items]
        boxes: Counter[str] = Counter()
        for item, is_kept in zip(self.items, kept, strict=True):
            boxes[item.box] += len(item.text) if is_kept else 0
        box, characters = max(boxes.items(), key=lambda pair: pair[1], default=("", 0))
        if not box or 2 * characters < sum(boxes.values()):
            return text
        lines = text.split("\n\n")
        for at, item in enumerate(self.items):
            if not kept[at] and item.box == box and any(kept[:at]):
                before = next(self.items[i] for i in range(at - 1, -1, -1) if kept[i])
                lines.insert(_place_after(before, lines), item.text)
                kept[at] = True
        return "\n\n".join(lines)


def _place_after(paragraph: _Paragraph, lines: list[str]) -> int:
    """Index behind the line that holds a kept paragraph's end, or its beginning."""
    own = _squeeze(paragraph.text)
    for key in (own[-_KEY:], own[:_KEY]):
        for number, line in enumerate(lines):
            if key in _squeeze(line):
                return number + 1
    return len(lines)


def find_paragraphs(tree: HtmlElement) -> Paragraphs:
    """The solid paragraphs of a page."""
    return Paragraphs(tuple(item for tag in tree.iter("p") if (item := _solid(tag))))


def _solid(tag: HtmlElement) -> _Paragraph | None:
    raw = "".join(tag.itertext())
    if len(raw) < _SOLID or "caption" in (tag.get("class") or ""):
        return None
    text = normalize_line(raw)
    if len(text) < _SOLID or any(above.tag in _OUTSIDE for above in tag.iterancestors()):
        return None
    linked = sum(len("".join(link.itertext())) for link in tag.iter("a"))
    if linked > _MAX_LINKED * len(text):
        return None
    above = tag.getparent()
    name = " ".join((above.get("class") or "").split()) if above is not None else ""
    return _Paragraph(text, f"{above.tag} {name}" if above is not None and name else "")


def _squeeze(text: str) -> str:
    return "".join(text.split())


def drop_unread(tree: HtmlElement) -> None:
    """Take out of the tree what an extractor passes over, and would copy and search each time.

    JSON-LD stays: trafilatura asks it for the article's body.
    """
    for tag in list(tree.iter(*_UNREAD)):
        if "ld+json" not in (tag.get("type") or "") and tag.getparent() is not None:
            tag.drop_tree()
