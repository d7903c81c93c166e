"""Texts as SQL writes them, for statements that take no parameters."""


def quoted(text: str) -> str:
    """Return a text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"
