"""What no single sentence says of a meeting: journeys, the dateline's place, host and guest.

A meeting told after "X will travel to Y on Monday" takes over town and day; the dateline's city is
the place only where the text implies it ("here", a guest who is received at home).
"""

from __future__ import annotations

from .found import FoundMeeting
from .meeting_details import DetailReader
from .meeting_trips import Trip
from .people import Cast
from .records import Article

_SOON = 4  # sentences
# Last words of a house in which a state receives: "the Foreign Office", "the Presidential Palace".
_HOUSES = frozenset("palace office ministry house residence villa secretariat mansion".split())


class SettingReader:
    """Completes one article's meetings when all sentences have been read."""

    def __init__(self, cast: Cast, article: Article, details: DetailReader) -> None:
        self.cast, self.article, self.details = cast, article, details

    def complete(self, meeting: FoundMeeting) -> None:
        """Add place, date and sides as far as the article gives them."""
        if meeting.kind in ("phone_call", "video_call"):
            meeting.place = meeting.venue = meeting.place_country = None
        self._add_trip(meeting)
        if meeting.place is None and meeting.kind not in ("phone_call", "video_call"):
            self._add_home(meeting)
        self._add_house(meeting)
        self._add_sides(meeting)

    def _add_trip(self, meeting: FoundMeeting) -> None:
        if meeting.kind in ("phone_call", "video_call"):
            return
        entities = {p.entity for p in meeting.participants}
        trips = [t for t in self.details.trips.found if t.traveller in entities]
        trips = [t for t in trips if _trip_fits(t, meeting)]
        if not trips:
            return
        earlier = [t for t in trips if t.sentence <= meeting.evidence[0]]
        trip = earlier[-1] if earlier else trips[0]
        if meeting.place is not None and meeting.place_country is None:
            meeting.place_country = trip.code  # a town no seed knows, in the country travelled to
        if trip.place and meeting.place is None and meeting.place_country in (None, trip.code):
            meeting.place, meeting.place_country = trip.place, trip.code
        elif meeting.place is None and meeting.place_country is None:
            meeting.place_country = trip.code
        dated = [t for t in [trip, *trips] if t.date is not None]
        if meeting.date is None and dated:
            trip = dated[0]
        if meeting.date is None and trip.date is not None:
            meeting.date, meeting.date_span = trip.date, trip.date_span

    def _add_home(self, meeting: FoundMeeting) -> None:
        """The dateline's city, where the text implies it: a guest received at home, "here"."""
        home = self.article.dateline_country
        countries = {self.cast.entities[p.entity].country for p in meeting.participants}
        here = any(self.details.says_here(n) for n in meeting.evidence)
        visit = any(self.details.says_visit(n) for n in meeting.evidence)
        received = self.details.has_guests or visit
        guests = home in countries and len(countries - {None}) > 1 and received
        if meeting.place_country not in (None, home):
            return
        if here or guests:
            meeting.place = self.details.dateline_span()
            meeting.place_country = home

    def _add_house(self, meeting: FoundMeeting) -> None:
        """A state's own house in which one of its people meets: the dateline's country.

        "At the Foreign Office", of the dateline's minister and a foreign ambassador.
        """
        home = self.article.dateline_country
        if meeting.venue is None or meeting.place != meeting.venue or meeting.place_country:
            return
        words = self.details.text.lows[meeting.venue[0] : meeting.venue[1]]
        countries = {self.cast.entities[p.entity].country for p in meeting.participants}
        if home in countries and not _HOUSES.isdisjoint(words):
            meeting.place_country = home

    def _add_sides(self, meeting: FoundMeeting) -> None:
        """Host and guest by the place's country: whose capital it is, and who came there."""
        if any(p.side for p in meeting.participants) or meeting.kind not in ("meeting", "visit"):
            return
        host = meeting.place_country
        countries = [self.cast.entities[p.entity].country for p in meeting.participants]
        if host not in countries or None in countries or len(set(countries)) < 2:
            return
        for participant, country in zip(meeting.participants, countries, strict=True):
            participant.side = "host" if country == host else "guest"


def _trip_fits(trip: Trip, meeting: FoundMeeting) -> bool:
    """Whether a journey's status is the meeting's, and it is told before or soon behind it."""
    status = "held" if meeting.status == "ongoing" else meeting.status
    if trip.sentence == meeting.evidence[0] and trip.status == "held":
        return True  # "during his visit to Rome he will meet Y"
    soon = _SOON if status == "held" else 0
    return trip.status == status and trip.sentence <= meeting.evidence[0] + soon
