r"""Texts of others made safe to print.

Titles, quotes and names come from the web. A terminal obeys control characters, and people are deceived by marks that
turn the direction of writing (U+202E and its kin) or have no width; here they become what JSON writes for them, such
as `\u001b` and `\u202e`.
"""

import json
import sys
import unicodedata

_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
_PLAIN = "\n\t"
_JOINERS = "\u200c\u200d"  # Persian and Indic words, and emoji, are spelt with them; they move nothing


class _Shown(dict[int, str]):
    """What each character is printed as, found when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        hidden = unicodedata.category(character) in _HIDDEN and character not in _PLAIN + _JOINERS
        shown = json.dumps(character)[1:-1] if hidden else character
        self[code] = shown
        return shown


_SHOWN = _Shown()


def visible(text: str) -> str:
    """Return a text as it may be printed: with its line ends and tabs, and every other hidden character shown."""
    return text if text.isascii() and text.isprintable() else text.translate(_SHOWN)


def say(text: str, error: bool = False) -> None:
    """Print a text, made visible, to standard output or to standard error."""
    stream = sys.stderr if error else sys.stdout
    written = visible(text)
    encoding = stream.encoding or "utf-8"
    stream.write(written.encode(encoding, "backslashreplace").decode(encoding) + "\n")
    stream.flush()
