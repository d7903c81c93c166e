"""What of a text a reader takes in: by this, and not by its bytes, a text is known again.

Left out is what no reader sees (invisible characters, white space, how a quotation mark is drawn) and what a page says
of itself and not of the world: how often it was read or shared, when it was last updated, how long it takes to read,
and the labels of its buttons. Only forms that say nothing else are left out, and ages ("16 minutes ago") and labels
only where nothing else stands beside them: whoever corrects a number, a name or a day has changed the text.
"""

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files

_NUMBER = r"\d[\d.,\u00a0\u202f ]*(?:[kmb]\b)?"
_COUNTED = "views?|reads?|page ?views?|shares?|likes?|reactions?|comments?|replies|reply|retweets?|reposts?"
_COUNTER = re.compile(rf"\b{_NUMBER}\s*(?:{_COUNTED})\b|\b(?:{_COUNTED})\s*[:(]\s*{_NUMBER}\)?")

_UNIT = "seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?"
_MONTH = "jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec"
_WEEKDAY = "mon|tues?|wednes|wed|thurs?|fri|satur|sat|sun"
_AGE = rf"(?:about )?(?:an?|\d+) ?(?:{_UNIT}) ago|just now|moments ago"
_CLOCK = r"\d[\d:./-]*(?:st|nd|rd|th)?|[ap]\.?m\.?|utc|gmt|z|[ecmp][sd]t|bst|cet|cest|eet|ist|local time"
_CALENDAR = rf"(?:{_MONTH})[a-z]*\.?|(?:{_WEEKDAY})(?:day)?\.?|today|yesterday"
_UPDATED = re.compile(
    r"\b(?:last )?(?:updated|modified|refreshed)\b(?: ?[:\-–|] ?| (?:on|at) | )"
    rf"(?:(?:{_AGE}|{_CLOCK}|{_CALENDAR}|on|at|of)\b[,. ]*)+"
)
_ALONE = re.compile(rf"^(?:{_AGE}|\d+ ?(?:-| )?(?:minutes?|mins?) read)$")
_SEGMENT = re.compile(r"[\n|•·]")
_DRAWN_ALIKE = str.maketrans(dict.fromkeys("‘’‚", "'") | dict.fromkeys("“”„", '"') | dict.fromkeys("‐‑–—", "-"))
_UNSEEN = frozenset(("Cf", "Cc", "Cn", "Cs", "Co"))


def normalised_text(text: str) -> str:
    """Return what of a text a reader takes in, in one form, on one line."""
    lines = as_seen(text).translate(_DRAWN_ALIKE)
    segments = (_COUNTER.sub(" ", _UPDATED.sub(" ", " ".join(part.split()))) for part in _SEGMENT.split(lines))
    spoken = (" ".join(segment.split()) for segment in segments)
    return " ".join(segment for segment in spoken if segment and not _is_furniture(segment))


def as_seen(text: str) -> str:
    """Return a text in lower case and one form of each character, without those that are not seen."""
    return _without_unseen(unicodedata.normalize("NFKC", text).casefold())


def _without_unseen(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    unseen = [each for each in set(text) if not each.isprintable() and not each.isspace()]
    unseen = [each for each in unseen if unicodedata.category(each) in _UNSEEN]
    return text.translate(dict.fromkeys(map(ord, unseen))) if unseen else text


def _is_furniture(segment: str) -> bool:
    return segment.strip(" .:>»…") in _labels() or _ALONE.match(segment) is not None


@lru_cache(maxsize=1)
def _labels() -> frozenset[str]:
    lines = files(__package__).joinpath("data/page_labels.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.casefold() for line in lines if line and not line.startswith("#"))
