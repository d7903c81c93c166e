"""Turns of phrase that count the dead and the wounded in a way of their own: "a seventh victim died"."""

import re

from pipeline.extraction.text.lexicon import Wording
from pipeline.extraction.text.spans import Span, span_of
from pipeline.extraction.violence.toll import Toll

_NTH_VICTIM = Wording(r"\b(?:an?|the)\s(?P<nth>«nth»)\s«nth_victim»\b[^.;]{0,90}\s$")
_NTH_REACH = 120
_REFERRED_TO = re.compile(r"\b(?:of|among|amongst|including)\s(?:the|those|these|his|her|their|its)\s$", re.IGNORECASE)
_REFERRED_REACH = 16
_HARMED = frozenset({"wounded", "injured", "hurt", "dead", "killed", "slain", "murdered"})
_ORDER = (
    *("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"),
    *("thirteenth", "fourteenth", "fifteenth"),
)


def nth_victim(text: str, word: Span, lower: int) -> Toll | None:
    """Return how many are dead once the last one told of has died: "a seventh victim died"."""
    found = _NTH_VICTIM.search(text, max(lower, word.start - _NTH_REACH), word.start)
    if found is None:
        return None
    dead = _ORDER.index(found["nth"].lower()) + 2
    return Toll("killed", dead, dead, dead, span_of(text, found.start(), word.end), True)


def refers_to_harmed(text: str, word: Span) -> bool:
    """Return whether a word only refers to those harmed, and counts nobody: "four of the wounded", "among the dead"."""
    if word.text.lower() not in _HARMED:
        return False
    return bool(_REFERRED_TO.search(text, max(0, word.start - _REFERRED_REACH), word.start))
