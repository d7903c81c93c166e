"""Armed men who come, break in or make off in a sentence that tells of no deed: whoever did what is told beside it.

"Fighters of the rebels entered the village at night. Fourteen people were hacked to death."
"""

from pipeline.extraction.actors.recogniser import ActorReading
from pipeline.extraction.document import Document
from pipeline.extraction.rules.statements.role_constructions import GROUPS
from pipeline.extraction.rules.statements.speakers import is_speaker
from pipeline.extraction.text.lexicon import Wording
from pipeline.extraction.text.span_index import within

_INTRUDES = Wording(
    r"(?:[^.;:,]|,\s(?!(?:said|says|told)\b)[^.;:,]{1,50},|,(?=\s(?:who|which|and)\b)){0,70}?\s(?P<verb>«intrudes»)\b"
)
_NOT_IT = Wording(r"\b(?:to|not|never|would|could|may|might|who\swere|against|from|by|with)\s(?:\w+\s)?$")
_OBJECT_OF = Wording(
    r"\b(?:against|from|by|with|of|for|to|fight|fighting|fought|on|over|about|between)\s(?:the\s)?(?:[\w-]+\s)?$"
)
_MEN_OF = Wording(r"«part_of_doer»\s(?:the\s)?(?:[\w-]+\s)?$")
_REACH = 130


def intruders_in(sentence: int, document: Document) -> list[ActorReading]:
    """Return the armed groups that a sentence has come, break in or make off."""
    bounds = document.sentences[sentence]
    parties = [p for p in within(document.actors, bounds.start, bounds.end) if p.actor.actor_type in GROUPS]
    return [party for party in parties if _intrudes(party, bounds.start, bounds.end, document)]


def _intrudes(party: ActorReading, start: int, end: int, document: Document) -> bool:
    text = document.text
    found = _INTRUDES.match(text, party.span.end, min(end, party.span.end + _REACH))
    if found is None or within(document.actors, party.span.end, found.start("verb")):
        return False
    before = text[max(start, party.span.start - 40) : party.span.start]
    if _OBJECT_OF.search(before) and not _MEN_OF.search(before):
        return False
    if _NOT_IT.search(text, party.span.end, found.start("verb")):
        return False
    return not is_speaker(party, before, [], document)
