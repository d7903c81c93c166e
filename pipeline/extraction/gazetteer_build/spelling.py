"""Which names of a place are worth keeping, and in what form."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

from english_words import get_english_words_set

from pipeline.extraction.text.name_keys import fold, plain

_DIVISION = re.compile(
    r"\s+(Province|Governorate|State|Department|County|District|Parish|Municipality|Prefecture|Wilaya|Raion|Rayon|"
    r"Hromada|Regency|Tehsil|Mandal|Sub-Prefecture|İlçesi|Munitsipaliteti|Miskrada)$|"
    r"^(Province|Wilaya|Departamento|Provincia|Département|Muhafazat|Municipio|Amphoe|Kabupaten|Kota Administrasi|"
    r"Huyện|Thành Phố|Thị Xã|Quận|Srŏk|Krŏng|Distrito|Cantón|Partido|Da[iï]ra|Commune|Komuna|Arrondissement|"
    r"Shahrestan-e|Mutamadiyat|Délégation|Qada|Bashkia|Obshtina|Powiat|Okres|Općina|Gemeente|Bezirk) "
    r"(of|de|du|del|d'|e(?= ))?\s*",
    re.IGNORECASE,
)
"""Words that say which kind of division a name is, in the languages of the sources: texts in English leave them out."""

_ALIKE = 0.6
_SHORTEST_DIVISION = 4
_COMPASS = frozenset(
    (
        "northern",
        "southern",
        "eastern",
        "western",
        "central",
        "north",
        "south",
        "east",
        "west",
        "upper",
        "lower",
        "capital",
        "federal",
    )
)
_SCIENTIFIC = re.compile("[\u0304\u0323\u0331]|[tThHdDzZ]\u0327|[\u02bb\u02bc\u02be\u02bf\u2018\u2019]")
_APOSTROPHES = "\u02bb\u02bc\u02be\u02bf\u2018\u2019"
_LATIN = re.compile(r"[A-Za-z0-9 .,'’‘`()/-]+")


def is_latin(name: str) -> bool:
    """Return whether `name` is in Latin letters with or without accents."""
    decomposed = unicodedata.normalize("NFKD", name)
    return bool(_LATIN.fullmatch("".join(char for char in decomposed if not unicodedata.combining(char))))


def readable(name: str) -> str:
    """Return `name` without the marks of scientific transliteration: "Diyala" for "Diyālá", but "Bogotá" stays."""
    if not _SCIENTIFIC.search(unicodedata.normalize("NFKD", name)):
        return name
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(char for char in decomposed if not unicodedata.combining(char) and char not in _APOSTROPHES).strip()


def bare_division(name: str) -> str:
    """Return `name` without the word for what it is, unless nothing that names it is left ("Northern District")."""
    bare = _DIVISION.sub("", name).strip()
    return name.strip() if not bare or bare.lower() in _COMPASS else bare


def aliases_of(name: str, others: Iterable[str], shortest: int) -> tuple[str, ...]:
    """Return the keys of `name` and of those of the `others` that a text in English would use."""
    keys = {fold(name)} if is_latin(name) or is_latin(plain(name)) else set()
    for other in others:
        if other[:1].isupper() and not other.isupper() and is_latin(other) and len(fold(other)) >= shortest:
            keys.add(fold(other))
    return tuple(sorted(keys - {""}))


def division_keys(name: str, others: Iterable[str]) -> tuple[str, ...]:
    """Return the keys of a division: its name's, and those of the `others` that are other spellings or translations.

    Nicknames ("Land of Promise") and abbreviations are left out.
    """
    keys = {fold(name)}
    for other in others:
        alike = SequenceMatcher(None, fold(other), fold(name)).ratio() >= _ALIKE
        if alike and is_latin(other) and len(fold(other)) >= _SHORTEST_DIVISION:
            keys.add(fold(other))
    return tuple(sorted(keys - {""}))


def common_words() -> frozenset[str]:
    """Return the words that Webster's dictionary writes in lower case and another dictionary has as well."""
    headwords = {word.lower() for word in get_english_words_set(["gcide"])}
    return frozenset(word for word in get_english_words_set(["web2"]) if word.islower() and word in headwords)
