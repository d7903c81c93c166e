"""Which language an article is in, told by py3langid: offline, the same on any machine, in a fraction of a millisecond.

Only English is read, and an English article that is set aside is worse than a foreign one that is read, which yields
next to nothing. So a text is foreign only if hardly anything in it can be English:

- Several stretches of a text are judged, each on its own. One that is English makes the text English, however long it
  quotes in other languages; otherwise nearly all must be foreign.
- A stretch is foreign if English is next to impossible and a few languages share nearly all of the likelihood. A list
  of names, be they Arabic, Ukrainian or Hausa, is a little like many languages; so is what is very short.
- A beginning that is full of "the", "of" and "and" is English, and costs no more than counting them.
- Nigerian Pidgin counts as English: it is what the identifier takes terse English from West Africa for.
"""

from functools import lru_cache
from typing import Any, NamedTuple

STRETCH_CHARS = 200
"""How long a stretch is, in characters."""

MAX_STRETCHES = 5
"""How many stretches of a text are judged, at most; they are spread over it."""

MAX_ENGLISH = 1e-4
"""The greatest likelihood of English at which a stretch is foreign."""

MIN_OTHERS = 0.9
"""The least likelihood of the three likeliest languages together at which a stretch is foreign."""

MIN_ENGLISH = 0.5
"""The likelihood of English beyond which a stretch is English."""

SPARED = 5
"""One in so many stretches may be unsure in a foreign text."""

HEAD_CHARS = 600
"""How much of the beginning of a text is searched for the commonest words of English, in characters."""

MIN_THE = 3
MIN_THE_SHARE = 0.03
"""How many words must be "the" in a beginning that is plainly English; in English news it is one in sixteen."""

_GLUE = frozenset(("of", "and", "to", "by", "that", "with", "from", "was", "were", "said"))
_MIN_GLUE = 3
_ENGLISH = ("en", "pcm")
_FEW = 3


class Verdict(NamedTuple):
    """What a text is in: an ISO 639 code, null if unsure, and how sure, from 0 to 1; and whether it is set aside."""

    language: str | None
    sureness: float
    is_foreign: bool


class _Judgement(NamedTuple):
    language: str
    likelihood: float
    english: float
    is_foreign: bool


def identify(text: str) -> Verdict:
    """Return the language of a text."""
    if _begins_in_plain_english(text):
        return Verdict("en", 1.0, False)
    judged: list[_Judgement] = []
    for stretch in _stretches(text):
        judged.append(_judge(stretch))
        if judged[-1].english > MIN_ENGLISH:
            return Verdict("en", judged[-1].english, False)
    foreign = [each for each in judged if each.is_foreign]
    if foreign and len(judged) - len(foreign) <= len(judged) // SPARED:
        likeliest = max(foreign, key=lambda each: each.likelihood)
        return Verdict(likeliest.language, likeliest.likelihood, True)
    return Verdict(None, 0.0, False)


def load_model() -> None:
    """Load what languages are told by, which may need room for temporary files: once, before anything is read."""
    _identifier()


def _begins_in_plain_english(text: str) -> bool:
    words = text[:HEAD_CHARS].lower().split()
    the = words.count("the")
    return the >= MIN_THE and the >= MIN_THE_SHARE * len(words) and len(_GLUE.intersection(words)) >= _MIN_GLUE


def _stretches(text: str) -> list[str]:
    last = len(text) - STRETCH_CHARS
    if last <= 0:
        return [text] if text.strip() else []
    count = min(MAX_STRETCHES, -(-len(text) // STRETCH_CHARS))
    starts = (last * number // (count - 1) for number in range(count))
    return [stretch for start in starts if (stretch := text[start : start + STRETCH_CHARS]).strip()]


def _judge(stretch: str) -> _Judgement:
    ranked = _identifier().rank(stretch.lower() if _is_shouted(stretch) else stretch)
    language, likelihood = ranked[0]
    english = sum(share for code, share in ranked if code in _ENGLISH)
    few = sum(share for _, share in ranked[:_FEW])
    return _Judgement(language, likelihood, english, english <= MAX_ENGLISH and few >= MIN_OTHERS)


def _is_shouted(text: str) -> bool:
    """Tell whether a text is in capitals, as old wire copy is; the identifier knows hardly any that is."""
    return sum(map(str.isupper, text)) > sum(map(str.islower, text))


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # here, since the model takes 0.4 s to load

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
