"""Text made easy to match, character for character."""

_ALIKE = (
    ("\u0130", "i"),  # the one letter whose lower case is two code points
    ("\u2019", "'"),
    ("\u2018", "'"),
    ("\u2010", "-"),
    ("\u2011", "-"),
    ("\u2012", "-"),
    ("\u2013", "-"),
    ("\u2014", "-"),
    ("\u00a0", " "),
    ("\u202f", " "),
    ("\t", " "),
    ("\r", " "),
    ("\n\n", "\x00\x00"),
    ("\n", " "),
)


def flatten(text: str) -> str:
    """Return `text` in lower case with plain apostrophes, hyphens and spaces, so that every offset stays the same.

    A single line break counts as a space (newswire breaks its lines anywhere); a blank line becomes two NULs, which
    no expression reaches across.
    """
    for written, plain in _ALIKE:
        text = text.replace(written, plain)
    return text.lower()
