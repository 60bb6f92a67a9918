"""What the words of a noun phrase are: the look-ups that all its rules share."""

from __future__ import annotations

from .lexicon import Lexicon
from .text import Text

_PARTICLES = frozenset(
    "de da do dos das del della di du van von der den ter ten bin ibn bint al el ul le la bte "
    "y ur ud uz zu zur vom dos los las lo mac ould ben e".split()
)
BREAKERS = frozenset(
    "of in on at to for from by with about as and or but nor that which who whom whose is are was "
    "were be been being has have had do does did will would can could may might shall should must "
    "not said says say told met when where while if than then there after before since until "
    "during into over under between against through he she it they we i you".split()
)
ARTICLES = frozenset({"the", "a", "an"})
MONTHS = frozenset(
    "January February March April May June July August September October November December Monday "
    "Tuesday Wednesday Thursday Friday Saturday Sunday Jan. Feb. Mar. Apr. Aug. Sept. Sep. Oct. "
    "Nov. Dec.".split()
)
# Capitalized words that open a sentence and are no part of a name.
OPENERS = frozenset(
    "the a an this that these those he she it they we i you his her its their our my in on at by "
    "for from to with of as and or but nor so yet if when while where after before since until "
    "during although though because however meanwhile moreover furthermore also then there here "
    "now today yesterday tomorrow both all some many most several each every another other such "
    "no not only even just still once again earlier later last next first second third finally "
    "according despite amid among between under over about against what who why how which whose "
    "one two three four five six seven eight nine ten asked speaking addressing following given "
    "instead indeed perhaps thus hence therefore nevertheless nonetheless besides besides unlike "
    "like without within through throughout toward towards upon separately additionally recently "
    "currently previously likewise similarly elsewhere rather whether neither either nothing "
    "something everyone everybody nobody someone anyone much more less few none that's it's let "
    "yes no well oh ok okay please thank thanks dear mr do does did is are was were will would can "
    "could should may might must have has had be been being think see look take make get go come "
    "never always often sometimes soon people around nearly almost roughly approximately up down "
    "out off across along behind beyond near outside inside per plus whereas unless via".split()
)
_OPENING_MARKS = frozenset({'"', "“", "‘", "'", "(", "[", "—", "–", "-", ":", "«", ".", "…"})
_MARKS = frozenset({'"', "“", "”", "'", "‘", "’"})
_FIRST_PERSON = frozenset({"i", "i'm", "i've", "i'll", "i'd"})
_MAX_NAME = 7
_TIME_OPENERS = frozenset({"this", "that", "the"})
DAY_TIMES = frozenset(
    "morning afternoon evening night week month year spring summer autumn fall winter "
    "weekend".split()
)


class Words:
    """Tokens of a text with the seeds they are looked up in."""

    def __init__(self, text: Text, lexicon: Lexicon) -> None:
        self.text, self.lexicon = text, lexicon
        self.words, self.lows = text.words, text.lows
        self.lower_words = {w for w in text.words if w[0].islower()}

    def is_name_start(self, j: int, first: int, *, after_rank: bool = False) -> bool:
        """Whether a proper name may start at token j of a sentence that starts at `first`."""
        word, low = self.words[j], self.lows[j]
        if word[0].islower():
            prefix, hyphen, rest = word.partition("-")
            return (
                bool(hyphen)
                and prefix in ("al", "el", "as", "ad", "ul", "an")
                and rest[:1].isupper()
            )
        if not word[0].isupper() or word in MONTHS:
            return False
        if after_rank:
            return True
        if self.opens_clause(j, first) and (
            low in OPENERS or low in self.lower_words or low.endswith(("ly", "ing"))
        ):
            return word in self.lexicon.given_names and self.run_end(j, len(self.words)) - j >= 2
        return low not in _FIRST_PERSON

    def opens_clause(self, j: int, first: int) -> bool:
        """Whether token j is a capital by its position, at the start or behind a mark."""
        return j == first or (j > 0 and self.words[j - 1] in _OPENING_MARKS)

    def run_end(self, j: int, last: int) -> int:
        """End of the run of name-like tokens from j."""
        words, start = self.words, j
        while j < last and j - start < _MAX_NAME:
            word = words[j]
            if word[0].isupper() and word not in MONTHS:
                if j > start and self.new_phrase(start, j):
                    break
                j += 1
            elif (
                j > start
                and word.lower() in _PARTICLES
                and self.capital_follows(j, last)
                or word[0].islower()
                and "-" in word
                and word.split("-", 1)[1][:1].isupper()
            ):
                j += 1
            elif j > start and self._is_nickname(j, last):
                j += 4
            else:
                break
        return j

    def _is_nickname(self, j: int, last: int) -> bool:
        """'Jon “Jonny” Hartwell': one capitalized word in marks with the name going on behind."""
        if j + 3 >= last or self.words[j] not in _MARKS or self.words[j + 2] not in _MARKS:
            return False
        capitals = self.words[j + 1][0].isupper() and self.words[j + 3][0].isupper()
        return capitals and not self.is_title(j + 3) and self.words[j + 3] not in MONTHS

    def new_phrase(self, start: int, j: int) -> bool:
        """A country in a capitalized run starts something new; behind a given name, a surname."""
        found = self.lexicon.names.longest(self.words, j)
        if found is None or self.words[start] in self.lexicon.given_names:
            return False
        return found[1].kind in ("adjective", "country", "people", "rank")

    def capital_follows(self, j: int, last: int) -> bool:
        """Whether the word behind token j goes on with a name."""
        return j + 1 < last and (self.words[j + 1][0].isupper() or self.words[j + 1] in _PARTICLES)

    def is_title(self, j: int) -> bool:
        """'President', 'Foreign Minister' inside a capitalized run: the body's name ends before."""
        return self.lexicon.offices.longest(self.lows, j) is not None

    def named_group(self, k: int) -> bool:
        """Whether a group noun in lower case stands at token k."""
        return self.words[k][0].islower() and bool(self.lexicon.group_nouns.longest(self.lows, k))

    def office_spans(self, j: int, end: int) -> bool:
        """Whether an office from j reaches past an organization word ('Defense Minister')."""
        found = self.lexicon.offices.longest(self.lows, j)
        return found is not None and j + found[0] >= end - 1

    def tells_time(self, i: int, last: int) -> bool:
        """'X this morning received Y': the article opens a day's time, not Y's phrase."""
        if self.lows[i] not in _TIME_OPENERS or i + 2 >= last:
            return False
        return self.lows[i + 1] in DAY_TIMES and self.lows[i + 2] != "'s"

    def styles_title(self, i: int, last: int) -> bool:
        """'HH the Crown Prince X': the form of address is no name by itself."""
        if i + 2 >= last or self.lows[i + 1] != "the" or not self.words[i + 2][0].isupper():
            return False
        found = self.lexicon.names.longest(self.words, i)
        return found is not None and found[0] == 1 and found[1].kind == "rank"
