"""The runs of words of an article that may be places, before it is decided which place they are."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.extraction.places.context_words import Surroundings
from pipeline.extraction.places.disambiguation import LARGE, Context
from pipeline.extraction.places.gazetteer import Gazetteer, Place
from pipeline.extraction.text.name_keys import fold
from pipeline.extraction.text.words import Gram, Word, extended, grams, may_start
from schemas import FacilityType, GeoPrecision

_LONGEST = 8
_LONGEST_UNKNOWN = 3
_PEOPLE_BACK = 3  # words from "Somali" to the name in "the Somali town of X"
_SHORTEST_UNKNOWN = 3
_LONGEST_FACILITY = 4
_LONGEST_ACRONYM = 5
_CAPITAL = re.compile(r"(?:['’]s)? capital\b(?! city\b|,? [A-Z]| of )")
_DIVISIONS = {
    **dict.fromkeys(Surroundings.words_of["division_city"], ("city", "district")),
    **dict.fromkeys(Surroundings.words_of["division_district"], ("district", "admin1", "city")),
    **dict.fromkeys(Surroundings.words_of["division_admin1"], ("admin1", "region", "district", "city")),
}
"""The kinds of place that a word beside a name asks for, the likeliest first."""

_EMBASSIES = frozenset({"embassy", "consulate", "embasy"})


@dataclass(slots=True)
class Candidate:
    """A run of words that may be a place, and the places that it may be (none yet, for a name that is not known).

    `first` and `last` are word indices (`last` past the end), `start` and `end` offsets into the text. `kinds` are
    the kinds that the words beside it ask for. `facility` is a site in the place: its words' end and its type.
    `shouted`: in a sentence that is all capitals. `located`: "in", "near" or the like before it says that it is one.
    `holder` is the name of what a name that is not known lies in, `people` the country of "the Somali town of X".
    """

    first: int
    last: int
    start: int
    end: int
    key: str
    senses: tuple[Place, ...]
    kinds: tuple[str, ...] = ()
    facility: tuple[int, FacilityType] | None = None
    shouted: bool = False
    chained: bool = False
    absorbed: bool = False
    located: bool = False
    holder: "Candidate | None" = None
    people: str | None = None


class CandidateScanner:
    """Walks over one article's words."""

    def __init__(
        self, gazetteer: Gazetteer, not_places: frozenset[str], text: str, words: Sequence[Word], around: Surroundings
    ) -> None:
        self._gazetteer = gazetteer
        self._not_places = not_places
        self._text = text
        self._words = words
        self._around = around

    def scan(self, context: Context) -> Iterator[Candidate]:
        """Yield the candidates in order, and tell `context` of every country that the words speak of."""
        index = 0
        while index < len(self._words):
            word = self._words[index]
            step, candidate = self._at(index, context) if word.capital or word.is_article else (index + 1, None)
            if candidate:
                yield candidate
            index = step

    def _at(self, index: int, context: Context) -> tuple[int, Candidate | None]:
        if not may_start(self._words, index):
            return index + 1, None
        shortened = self._shortened(index)
        if shortened:
            context.add_name(shortened.senses, acting=False, kinds=("admin1",))
            return index + 1, shortened
        gazetteer, no_places, known = self._gazetteer, self._not_places, None
        demonyms = gazetteer.demonyms
        for last, key in grams(self._words, index, _LONGEST, gazetteer.facilities.words):
            if key in gazetteer or key in no_places or key in demonyms:
                known = Gram(index, last, key)
        if known is None:
            return self._unknown(index)
        country = demonyms.get(known.key)
        if country:
            context.add_demonym(country)
            return known.last, self._capital(known, country)
        if known.key in self._not_places:
            return known.last, None
        named = gazetteer.senses(known.key)
        if named and named[0].kind == "country" and named[0].country:
            capital = self._capital(known, named[0].country)
            if capital:
                context.add_name(named, acting=False)
                return known.last, capital
        return self._known(known, context)

    def _capital(self, owner: Gram, country: str) -> Candidate | None:
        """Return the city that is only called "the Afghan capital", and by no name after that."""
        start, end = self._words[owner.first].start, self._words[owner.last - 1].end
        called = _CAPITAL.match(self._text, end)
        capital = self._gazetteer.capitals.get(country) if called else None
        if called is None or capital is None:
            return None
        return Candidate(
            owner.first, owner.last, start, called.end(), fold(capital.name), (capital,), ("city",), chained=True
        )

    def _shortened(self, index: int) -> Candidate | None:
        """Return the province whose shortened name stands behind a town's and a comma ("Springfield, Ill.")."""
        word = self._words[index]
        if index == 0 or not self._words[index - 1].capital or word.is_article:
            return None
        if self._words[index - 1].gap not in (", ", " (", ","):
            return None
        dotted = word.gap.startswith(".") or word.text.endswith(".")
        place = self._gazetteer.shortened(word.text.rstrip("."), dotted)
        if place is None or (word.shouted and not dotted):
            return None
        end = word.end + word.gap.startswith(".")
        return Candidate(index, index + 1, word.start, end, fold(place.name), (place,), ("admin1",))

    def _known(self, gram: Gram, context: Context) -> tuple[int, Candidate | None]:
        senses = self._allowed(gram)
        if not senses:
            return self._unknown(gram.first)
        if self._goes_on(gram, senses):
            return self._unknown(gram.first)
        candidate = self._candidate(gram.first, gram.last, gram.key, senses)
        hyphenated = self._around.hyphenated(gram.first, gram.last)
        acting = hyphenated or self._around.acts(gram.first, gram.last)
        if not self._around.personal(gram.first):
            context.add_name(senses, acting, candidate.kinds, self._around.locative(gram.first))
        if hyphenated:
            return gram.last, None
        if self._around.after(gram.last) in _EMBASSIES and senses[0].kind == "country":
            return gram.last + 1, None
        return self._compass(candidate, context)

    def _allowed(self, gram: Gram) -> tuple[Place, ...]:
        written = self._text[self._words[gram.first].start : self._words[gram.last - 1].end]
        shouted, letters = self._words[gram.first].shouted, self._is_acronym(gram, written)
        return self._gazetteer.senses_written(gram.key, written, shouted, letters)

    def _is_acronym(self, gram: Gram, written: str) -> bool:
        """Return whether a word in capitals amid others that are not is no place's name ("IRNA", "ANSA")."""
        single = gram.last - gram.first == 1 and written.isupper() and len(written) <= _LONGEST_ACRONYM
        return single and not self._words[gram.first].shouted and not self._around.dateline(gram.first, gram.last)

    def _goes_on(self, gram: Gram, senses: tuple[Place, ...]) -> bool:
        """Return whether a small place's name is only the beginning of the name that stands here."""
        after = self._around.after(gram.last)
        if after and self._is_inner_article(gram.last):
            return True
        if any(place.curated or place.population >= LARGE for place in senses) or self._words[gram.first].shouted:
            return False
        if not after or not self._words[gram.last].capital or not self._words[gram.last - 1].joined:
            return False
        known = self._around.is_("neighbour", after) or after in self._gazetteer.facilities.words
        return not known and after not in _DIVISIONS

    def _candidate(self, first: int, last: int, key: str, senses: tuple[Place, ...]) -> Candidate:
        start, end = self._words[first].start, self._words[last - 1].end
        kinds, facility = self._kinds(first, last), self._facility(last, senses)
        located = self._around.stands_in(first, last) or self._around.called(first, last)
        located = located and not self._is_letters(first, last)
        found = Candidate(first, last, start, end, key, senses, kinds, facility, self._words[first].shouted)
        found.located, found.people = located, self._people(first)
        return found

    def _people(self, first: int) -> str | None:
        """Return the country of those whose town or the like the run is called: "the southern Somali town of X"."""
        if first < _PEOPLE_BACK or not self._around.called_of(first):
            return None
        before = [self._words[first - back].first for back in (_PEOPLE_BACK, _PEOPLE_BACK + 1) if first >= back]
        return next((country for key in before if (country := self._gazetteer.demonyms.get(key))), None)

    def _is_letters(self, first: int, last: int) -> bool:
        """Return whether the run is the letters of an organisation, in a text that has small letters too."""
        return last - first == 1 and self._words[first].text.isupper() and not self._words[first].shouted

    def _kinds(self, first: int, last: int) -> tuple[str, ...]:
        after, before = self._around.after(last), self._around.before(first)
        if before == "of" and first >= 2:
            before = self._words[first - 2].lower
        elif before == "and" and first >= 4 and self._words[first - 3].lower == "of":
            before = self._words[first - 4].lower
        elif before not in ("city", "town", "village", "district", "province", "neighborhood", "neighbourhood"):
            before = ""
        return _DIVISIONS.get(after) or _DIVISIONS.get(before, ())

    def _facility(self, last: int, senses: Sequence[Place]) -> tuple[int, FacilityType] | None:
        if senses and senses[0].kind not in ("city", "admin1", "district"):
            return None
        found, key, facilities = None, "", self._gazetteer.facilities
        for index in range(last, min(last + _LONGEST_FACILITY, len(self._words))):
            if not self._words[index - 1].joined or self._words[index].is_article:
                break
            key = extended(key, self._words, index)
            if key not in facilities.beginnings:
                break
            kind = facilities.types.get(key)
            if kind:
                found = self._words[index].end, kind
        return found

    def _compass(self, candidate: Candidate, context: Context) -> tuple[int, Candidate]:
        """Turn a country with a compass word before it into a region of that country."""
        place = candidate.senses[0]
        before = self._around.before(candidate.first)
        if place.kind not in ("country", "region") or not self._around.is_("compass", before):
            return candidate.last, candidate
        start = self._words[candidate.first - 1].start
        known = self._gazetteer.senses(fold(f"{before} {place.name}"))
        name = f"{before} {place.name}"
        region = replace(place, name=name, kind="region", precision=GeoPrecision.REGION, latitude=None, longitude=None)
        candidate.senses = known or (region,)
        candidate.first, candidate.start = candidate.first - 1, start
        return candidate.last, candidate

    def _may_be_name(self, index: int) -> bool:
        word = self._words[index]
        known = any(self._around.is_(group, word.lower) for group in ("neighbour", "no_name"))
        known = known or word.lower in self._gazetteer.facilities.words
        return not known and not word.shouted and len(word.first) >= _SHORTEST_UNKNOWN

    def _is_inner_article(self, index: int) -> bool:
        """Return whether a hyphen ties an article to the next word of a name ("Tell al-Marah")."""
        word = self._words[index]
        return word.is_article and word.joined and word.gap == "-" and self._words[index + 1].capital

    def _unknown(self, index: int) -> tuple[int, Candidate | None]:
        """Return the run of capitalised words at `index` where something beside it says that it is a place."""
        last = index + 1
        while (
            last < len(self._words)
            and last - index < _LONGEST_UNKNOWN
            and (self._words[last].capital or self._is_inner_article(last))
            and not self._words[last].shouted
            and self._words[last - 1].joined
            and not self._around.is_("neighbour", self._words[last].lower)
            and self._words[last].lower not in self._gazetteer.facilities.words
        ):
            last += 1
        if not self._may_be_name(index):
            return index + 1, None
        key = ""
        for number in range(index, last):
            key = extended(key, self._words, number)
        candidate = self._candidate(index, last, key, ())
        if candidate.kinds or candidate.facility or candidate.located or self._around.locative(index):
            return last, candidate
        return index + 1, None
