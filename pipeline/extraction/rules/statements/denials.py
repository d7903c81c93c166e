"""Which parties of a sentence say that they did not do it, or that somebody else did."""

from collections.abc import Iterable

from pipeline.extraction.actors.recogniser import ActorReading
from pipeline.extraction.document import Document
from pipeline.extraction.text.lexicon import Wording
from pipeline.extraction.text.span_index import within

_DENIES = Wording(r"(?:['’]s?)?(?:\s[\w,'’-]+){0,5}?\s(?P<verb>«denies»)\b")
_SAYS = r"(?:['’]s?)?(?:\s[\w,'’-]+){0,6}?\s(?P<verb>«says»)\s(?:on\s\w+\s|in\sa\sstatement\s|later\s|that\s){0,3}"
_OWN = r"(?:it|they|he|she|we|(?:its|their|our|his)\s[\w-]+|the\s(?:group|movement|militia|army|organi[sz]ation|party))"
_SAYS_NOT = Wording(
    _SAYS + r"(?:neither\s|none\sof\s)?" + _OWN + r"\s(?:was|were|is|are|had|has|have|did|do|does|played)"
    r"(?:n['’]t|\s(?:not|no|never|nothing|neither))\b"
)
_SAYS_NONE = Wording(
    _SAYS + r"(?:none of\s|not one of\s|no)\s?(?:its|their|our)?\s?[\w-]+\s(?:was|were|had|took|has|have)\b"
)
_SAYS_OTHERS = Wording(
    _SAYS + r"(?!" + _OWN + r"\s)[^.;]{0,120}?\s«done»\s(?:by|of)\s(?!(?:it|its|their|them|our|his|the\sgroup)\b)"
)
_DENIALS = (_DENIES, _SAYS_NOT, _SAYS_NONE, _SAYS_OTHERS)
_REACH = 220


def without_deniers(parties: Iterable[ActorReading], sentence: int, document: Document) -> list[ActorReading]:
    """Return the parties but for those that the sentence has say that they did not do it: "had no role", "denied"."""
    return [party for party in parties if not denies(party, sentence, document)]


def denies(party: ActorReading, sentence: int, document: Document) -> bool:
    """Return whether a sentence has a party say that it did not do it, or that others did."""
    bounds = document.sentences[sentence]
    if not bounds.start <= party.span.start < bounds.end:
        return False
    end = min(bounds.end, party.span.end + _REACH)
    found = (wording.match(document.text, party.span.end, end) for wording in _DENIALS)
    return any(match is not None and _is_its_verb(party, match.start("verb"), document) for match in found)


def _is_its_verb(party: ActorReading, verb: int, document: Document) -> bool:
    """Whether no other party stands before a verb: in "the army blamed the rebels, who denied it" it is theirs."""
    return not within(document.actors, party.span.end, verb)
