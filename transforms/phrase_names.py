"""Names in a noun phrase: countries, places, bodies that the seeds know, and persons' names."""

from __future__ import annotations

from .lexicon import Name
from .mentions import Mention
from .phrase_bodies import Bodies
from .phrase_words import ARTICLES

# Behind these, what looks like a plural noun was a verb ("X heads the office").
_OBJECT_STARTS = frozenset({"the", "a", "an", "his", "her", "its", "their"})
# Bodies of a place, whatever the word before them: "Austin Police" is no person.
_OF_PLACES = frozenset(
    "Police Department Ministry Commission Committee Council Agency Authority Government "
    "Parliament Radio Television Municipality Prosecutor".split()
)
# Forms of address that stand alone, by the office whose holder is meant.
_ADDRESSED = {
    "Majesty": "head_of_state",
    "Majesties": "head_of_state",
    "Highness": "royal",
    "Excellency": "official",
}
_NAME_SUFFIXES = frozenset({"Jr.", "Sr.", "II", "III", "IV", "XIV", "XVI", "Jr", "Sr"})


class Names(Bodies):
    """Reads a name at a token into the mention that is being built."""

    def known_name(self, j: int, first: int, last: int, mention: Mention) -> int:
        """Read a name that the seeds know; the token behind it, 0 where there is none."""
        found = self.lexicon.names.longest(self.words, j)
        if found is None or (self.words[j][0].islower() and found[0] == 1):
            return 0
        length, name = found
        end = j + length
        if name.kind == "rank":
            mention.honorific = name.name if name.detail == "honorific" else mention.honorific
            if name.detail == "rank" and not mention.role:
                mention.role, mention.role_span = self.text.slice(j, end), (j, end)
                mention.role_code = "military_officer"
            if end < last and self.is_name_start(end, -1, after_rank=True):
                return end
            titled = end + 1 < last and name.detail == "honorific" and self.lows[end] == "the"
            if titled and self.lexicon.offices.longest(self.lows, end + 1):
                mention.determiner = "the"
                return end + 1  # "H.E. the Foreign Minister of X"
            return self._address(j, end, mention)
        if self._starts_person(j, end, last) or self._is_given_name(j, end, last, mention, name):
            return 0
        handler = {
            "adjective": self._adjective,
            "people": self._people,
            "country": self._country,
            "place": self._place,
            "organization": self._organization,
        }[name.kind]
        return handler(j, end, last, mention, name)

    def _address(self, j: int, end: int, mention: Mention) -> int:
        """'His Majesty said': a form of address that stands for who was named before."""
        code = _ADDRESSED.get(self.words[end - 1])
        if code is None or mention.determiner not in ("his", "her") or mention.role:
            return 0
        if end < len(self.lows) and self.lexicon.offices.longest(self.lows, end):
            return end  # "His Majesty King X"
        mention.role, mention.role_span, mention.role_code = self.text.slice(j, end), (j, end), code
        mention.owner = -1
        return end

    def _is_given_name(self, j: int, end: int, last: int, mention: Mention, name: Name) -> bool:
        """'Minister German Roe', 'Dr Israel Roe': behind an office or title, a person's name."""
        if not (mention.role or mention.honorific) or end - j != 1 or end >= last:
            return False
        if self.words[j - 1] not in ("of", "the") and name.kind in ("adjective", "country"):
            following = self.words[end]
            return (
                following[0].isupper()
                and following not in self.lexicon.org_words
                and self.lexicon.offices.longest(self.lows, end) is None
                and self.lexicon.names.longest(self.words, end) is None
            )
        return False

    def _starts_person(self, j: int, end: int, last: int) -> bool:
        """'Jordan Spieth', 'Paris Hilton': a given name that is a place too, and a surname."""
        if end - j != 1 or self.words[j] not in self.lexicon.given_names or end >= last:
            return False
        following = self.words[end]
        return (
            following[0].isupper()
            and following not in self.lexicon.org_words
            and self.lexicon.offices.longest(self.lows, end) is None
            and self.lexicon.names.longest(self.words, end) is None
        )

    def _adjective(self, j: int, end: int, last: int, mention: Mention, name: Name) -> int:
        mention.country = mention.country or name.code
        body = self.body_end(j, last)
        if body > end and not self.office_spans(end, body):
            return self.as_body(j, body, last, mention)
        mention.place = False
        return end

    def _people(self, j: int, end: int, last: int, mention: Mention, name: Name) -> int:
        mention.kind, mention.plural = "group", True
        mention.country = name.code
        return end

    def _country(self, j: int, end: int, last: int, mention: Mention, name: Name) -> int:
        if mention.role or mention.country:
            if mention.role and not mention.country:
                mention.country = name.code
                return end
            return 0
        body = self.body_end(j, last)
        if body > end and not self.office_spans(end, body):
            mention.country = name.code
            return self.as_body(j, body, last, mention)
        return self._owner_or_self(j, end, last, mention, name, "country")

    def _place(self, j: int, end: int, last: int, mention: Mention, name: Name) -> int:
        if mention.role:
            return 0
        body = self.body_end(j, last)
        if body > end and not self.office_spans(end, body):
            if self.words[body - 1] in _OF_PLACES:
                mention.country = mention.country or name.code
            return self.as_body(j, body, last, mention)
        return self._owner_or_self(j, end, last, mention, name, "country")

    def _organization(self, j: int, end: int, last: int, mention: Mention, name: Name) -> int:
        if mention.role and not mention.organization and mention.determiner:
            return 0
        body = max(end, self.body_end(j, last))
        if self.office_spans(end, body):
            body = end
        mention.organization = mention.organization or self.text.slice(j, body)
        if name.code and not mention.country:
            mention.country = name.code
        if mention.owner < 0 or mention.country is None:  # "Georgia's UN ambassador" is Georgia's
            mention.country = name.code or mention.country
        return self._owner_or_self(j, body, last, mention, name, "organization")

    def _owner_or_self(
        self, j: int, end: int, last: int, mention: Mention, name: Name, kind: str
    ) -> int:
        """An owner ("Georgia's", "Georgia president") when a head follows, else the head itself."""
        after = end + 1 if end < last and self.lows[end] == "'s" else end
        if self.head_follows(after, last):
            mention.country = mention.country or name.code
            if after > end:
                mention.owner = j
            return after
        mention.kind, mention.name_first, mention.name_last = kind, j, end
        mention.name = self.text.slice(j, end)
        mention.country = mention.country or name.code
        mention.place = name.kind == "place"
        if mention.place and not name.metonym:
            mention.kind = "place"
        return end

    def as_body(self, j: int, end: int, last: int, mention: Mention) -> int:
        """Take tokens [j, end) as an organization, or as owner of the office that follows."""
        mention.organization = self.text.slice(j, end)
        mention.country = mention.country or self.country_within(j, end)
        after = end + 1 if end < last and self.lows[end] == "'s" else end
        if self.head_follows(after, last):
            return after
        mention.kind, mention.name_first, mention.name_last = "organization", j, end
        mention.name = mention.organization
        if end + 1 < last and self.lows[end] == "of":
            k = end + 2 if self.lows[end + 1] in ARTICLES else end + 1
            found = self.lexicon.names.longest(self.words, k) if k < last else None
            if found and found[1].kind == "country":
                mention.country = mention.country or found[1].code
                end = k + found[0]
        return end

    def name(self, j: int, last: int, mention: Mention) -> int:
        """Read a name that no seed knows; the token behind it.

        Without `mention.kind` afterwards it was an owner, and the head is still to come.
        """
        end = self.run_end(j, last)
        if end == j:
            end = j + 1
        body = 0 if self._comes_from(j, end, last) else self.body_end(j, last)
        titled = bool(mention.role or mention.honorific)
        if body and not titled and self.words[j] not in self.lexicon.given_names:
            mention.kind = "organization"
            return self.as_body(j, body, last, mention)
        if body and not titled and (body - j > 3 or self.words[body - 1] in _OF_PLACES):
            return self.as_body(j, body, last, mention)
        card = self._card(j, end)
        if card:
            name, end = card
            mention.name_first, mention.name_last, mention.name = j, end, name
            mention.kind = "person"
            return end
        if end < last and self.words[end] in _NAME_SUFFIXES:
            end += 1
        elif end + 1 < last and self.words[end] == "," and self.words[end + 1] in _NAME_SUFFIXES:
            end += 2
        office = 0 if titled else self._title_within(j, end, mention)
        if office:
            mention.name_first, mention.name_last = office, end
            mention.name = self.text.slice(office, end)
            mention.kind = "person"
            return end
        owner = end + 1 if end < last and self.lows[end] == "'s" else 0
        if owner and not titled and self.head_follows(owner, last):
            mention.owner = j
            mention.organization = None
            return owner
        if not titled and self._owns_head(j, end, last, mention):
            mention.organization = self.text.slice(j, end)
            return end
        mention.name_first, mention.name_last = j, end
        mention.name = self.text.slice(j, end)
        mention.kind = "person" if titled or self.is_person_name(j, end) else "name"
        if self._is_acronym(j, end) and not titled:
            mention.kind = "organization"
            code = self.lexicon.places.get(self.lows[j]) if end - j == 1 else None
            if code and len(self.words[j]) > 3:  # a city in the capitals of a dateline
                mention.kind, mention.country, mention.place = "place", code, True
        return end

    def _comes_from(self, j: int, end: int, last: int) -> bool:
        """'Ann Roe of the Example Institute': a person, and the body she belongs to."""
        if end >= last or self.lows[end] not in ("of", "for", "from") or end - j not in (2, 3):
            return False
        return self.is_person_name(j, end) and self.lexicon.org_words.isdisjoint(self.words[j:end])

    def _title_within(self, j: int, end: int, mention: Mention) -> int:
        """Where the name begins in 'Domestic Policy Advisor Jane Roe', a title no seed knows.

        An office word inside a capitalized run, and behind it a given name; 0 otherwise.
        """
        if self.words[j] in self.lexicon.given_names:
            return 0
        for k in range(j + 1, end - 2):
            found = self.lexicon.offices.longest(self.lows, k)
            name = k + found[0] if found else end
            if found and end - name >= 2 and self.words[name] in self.lexicon.given_names:
                mention.role_span = (j, name)
                mention.role = self.text.slice(j, name)
                mention.role_code = found[1].role_code
                return name
        return 0

    def _owns_head(self, j: int, end: int, last: int, mention: Mention) -> bool:
        """'an OPAP official', 'Barclays spokesman', 'Commission sources': a body before its men."""
        if end >= last or not self.words[end][0].islower() or end - j > 3:
            return False
        office = self.lexicon.offices.longest(self.lows, end)
        group = self.lexicon.group_nouns.longest(self.lows, end)
        length = max(office[0] if office else 0, group[0] if group else 0)
        if not length:
            return False
        after = end + length
        verb = self.lexicon.cues.longest(self.lows, end) is not None
        return not verb and not (after < last and self.lows[after] in _OBJECT_STARTS)

    def _card(self, j: int, end: int) -> tuple[str, int] | None:
        """A person's card that a page printed into its sentence: the name once more, in full.

        "Roe John Peter RoeRivals …", "John Roe John Peter RoeRivals": (full name, token behind).
        """
        words = self.words[j:end]
        again = next((i for i in range(1, len(words)) if words[i] == words[0]), 0)
        for start, surname in ((again, words[again - 1]), (1, words[0])):
            for k in range(start + 1, len(words)):
                glued = words[k].startswith(surname) and words[k][len(surname) :][:1].isupper()
                if start and len(surname) > 2 and (glued or words[k] == surname):
                    return " ".join([*words[start:k], surname]), j + k + 1
        return None

    def is_person_name(self, j: int, end: int) -> bool:
        """Whether a run begins with a given name."""
        return end - j >= 2 and self.words[j] in self.lexicon.given_names

    def _is_acronym(self, j: int, end: int) -> bool:
        word = self.words[j]
        return end - j == 1 and len(word) > 1 and word.isupper() and word.isalpha()
