"""Which parties of a sentence only speak in it: what they tell of, they neither did nor suffered."""

import re
from collections.abc import Sequence

from pipeline.extraction.actors.recogniser import ActorReading
from pipeline.extraction.document import Document
from pipeline.extraction.text.lexicon import Wording
from pipeline.extraction.text.span_index import within
from pipeline.extraction.violence.triggers import Trigger

REPORTED_TO = re.compile(
    r"\s(?:is|are|was|were|has been|have been)\s(?:reported|said|believed|thought|alleged)\sto\shave\b"
)
"""After a party of whom others tell what it did."""

_RIGHT_AFTER = 2
_WITH_OTHERS = re.compile(r" and (?:[\w'’.-]+ ){1,4}")
_OTHERS_REACH = 60
_SPOKESMAN = Wording(r"(?:['’]s?)? (?:[\w.'’-]+ ){0,2}«spokesman»\b")
_SAID_BY = Wording(r"(?:[,”\"’'] «said_by»|\baccording to) (?:the |an? |his |its )?$")


def is_speaker(party: ActorReading, before: str, triggers: Sequence[Trigger], document: Document) -> bool:
    """Return whether a party is who says it: "the army said", "the army and a survivor said", "…, said the army".

    `before` are the words before the party, `triggers` those of its clause.
    """
    end = party.span.end
    if REPORTED_TO.match(document.text, end):
        return False
    _, last = document.token_range(party.span.start, end)
    said = document.cued("speech", last, last + _RIGHT_AFTER)
    if said is not None and said.first == last and document.text.startswith(",", end):
        return False  # "… a village, said the army"
    if said is not None or _SPOKESMAN.match(document.text, end):
        return True
    others = _WITH_OTHERS.match(document.text, end, end + _OTHERS_REACH)
    if others and not within(document.triggers, end, others.end()):
        _, at = document.token_range(end, others.end())
        return document.cued("speech", at, at + 1) is not None
    return bool(_SAID_BY.search(before)) and not any(trigger.span.start >= end for trigger in triggers)
