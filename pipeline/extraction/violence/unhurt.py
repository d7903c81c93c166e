"""Words of harm that are said of nobody: "none of the 200 was hurt", "without causing injuries"."""

import re

from pipeline.extraction.text.spans import Span, span_of

_REACH = 120
_NOBODY = re.compile(
    r"\b(?:none|no[ -]?one|nobody|neither|not (?:a single )?one|not a single \w+)\b"
    r"(?:(?!\b(?:was|were|is|are|has|have|had|but|said)\b)[^.;:]){0,90}?"
    r"(?:\s(?:was|were|is|are|has|have|had|been|got|being|also|\w+ly|reported|reportedly)){0,4}\s$",
    re.IGNORECASE,
)
_NO_HARM = re.compile(
    r"\b(?:without|no|not|nor|never|neither)\s"
    r"(?:(?:any|causing|cause|caused|inflicting|inflict|leaving|left|further|apparent|known|other|resulting in|"
    r"reported|reports? of|civilian|human|material|damage or|deaths or|injuries or)\s){0,4}$",
    re.IGNORECASE,
)
_NOUNS = frozenset({"injuries", "injury", "casualties", "casualty", "deaths", "fatalities", "victims", "loss of life"})
_CAUSED = re.compile(r"(?:causing|caused|injuries to|injuries among|resulting in)\b")


def said_of_nobody(text: str, word: Span, lower: int) -> Span | None:
    """Return the words that say that the harm `word` names befell nobody; what stands before `lower` is not looked at.

    None where somebody was harmed, or nothing is said.
    """
    begin = max(lower, word.start - _REACH)
    lowered = word.text.lower()
    noun = lowered in _NOUNS or lowered.endswith("ing") or bool(_CAUSED.match(lowered))
    found = (_NO_HARM if noun else _NOBODY).search(text, begin, word.start)
    return span_of(text, found.start(), word.end) if found else None
