"""Words of violence that are meant of things that nobody can attack: prices bomb, hopes are killed, rules blown up.

A selectional preference, in the term of Resnik (1996): what a verb's subject and object may be. The nouns that no deed
of violence has for its doer or its victim are `no_victim` in `phrases.csv`.
"""

from pipeline.extraction.document import Document
from pipeline.extraction.text.lexicon import word_group
from pipeline.extraction.text.noun_phrases import head_after, head_before
from pipeline.extraction.violence.triggers import Trigger

_TOWARDS = ("on", "against", "at", "of")


def is_figurative(trigger: Trigger, document: Document) -> bool:
    """Return whether the trigger's subject or object is nothing that violence can be done by or to."""
    after = trigger.span.end
    if trigger.is_noun:
        following = document.words(trigger.last, trigger.last + 1)
        if following and following[0] in _TOWARDS:
            after = document.tokens[trigger.last].end
        else:
            return False
    heads = {head_after(document.text, after)}
    if not trigger.is_noun:
        heads.add(head_before(document.text, trigger.span.start))
    return bool(heads & word_group("no_victim"))
