"""Which texts a change in the user's lists of places and actors can matter to.

A text can be read differently only if it has a word that comes near one of the names that were added, changed or taken
away. The test errs on the safe side: of a name the longest word is looked for, in any spelling that the gazetteer would
take for it (`text.name_keys`), also within another word.
"""

import csv
import re
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from pipeline.extraction.text.name_keys import fold_word, loosen, near, plain
from pipeline.knowledge.tables import phrases_of
from pipeline.records.user_list import UserList

_WORD = re.compile(r"[^\W_]+")


def read_user_list(path: Path) -> UserList:
    """Return the list that a CSV file in the form of `sites.csv` or `actors.csv` holds."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(line for line in file if line.strip() and not line.startswith("#")))
    entries = sorted({(_written(row), _names(row)) for row in rows})
    hasher = blake2b(digest_size=12)
    for row, _ in entries:
        hasher.update(row.encode() + b"\x00")
    return UserList(hasher.hexdigest(), tuple(entries))


def can_matter(text: str, names: Iterable[str]) -> bool:
    """Return whether what stands in a text may come near one of the names."""
    words = {fold_word(word, True) for word in _WORD.findall(plain(text))}
    loosened = " ".join(sorted({loosen(word) for word in words}))
    for name in names:
        key = max((fold_word(word, True) for word in _WORD.findall(plain(name))), key=len, default="")
        if key and (loosen(key) in loosened or any(near(key, word) for word in words)):
            return True
    return False


def _written(row: dict[str, str]) -> str:
    return "\t".join(f"{column}={(row[column] or '').strip()}" for column in sorted(filter(None, row)))


def _names(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(name for name in (row.get("name") or "", *phrases_of(row.get("aliases") or "")) if name.strip())
