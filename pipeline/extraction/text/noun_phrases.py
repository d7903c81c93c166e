"""The heads of the noun phrases right before and right after a word, without a parse: the last word of each."""

import re

from pipeline.extraction.text.lexicon import word_group

_REACH = 60
_MOST = 6
_WORDS = re.compile(r"[^\W\d_]+(?:['’]s\b|(?<=s)['’](?!\w))?|\d+|\S")


def head_after(text: str, at: int) -> str | None:
    """Return the last word of the noun phrase that begins at `at`: "hopes" of " off Ghana's hopes of a place".

    None where no noun phrase begins there.
    """
    head = None
    for found in list(_WORDS.finditer(text[at : at + _REACH]))[:_MOST]:
        word = found[0].lower()
        if not word[0].isalnum() or (word in word_group("ends_phrase") and head is not None):
            return head
        if word not in word_group("opens_phrase"):
            head = word
    return head


def head_before(text: str, at: int) -> str | None:
    """Return the last word of the noun phrase that ends before a verb at `at`: "prices" of "oil prices suddenly ".

    Auxiliaries and adverbs between are passed over. None where a mark stands there.
    """
    for found in reversed(list(_WORDS.finditer(text[max(0, at - _REACH) : at]))):
        word = found[0].lower()
        if not word[0].isalpha():
            return None
        if word not in word_group("before_verb") and not word.endswith("ly"):
            return word
    return None
