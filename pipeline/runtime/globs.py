"""Globs as Beam reads them."""

import re

GLOB_CHARACTER = re.compile(r"[*?\[]")
"""What makes a path a glob."""

_SETS = {"*": "[*]", "?": "[?]", "[": r"[\[]"}
"""Beam's globs have no other way to quote. A set must not begin with a bracket: Python warns of nested sets."""


def literal(path: str) -> str:
    """Return the pattern of Beam's that matches a path and nothing else."""
    return GLOB_CHARACTER.sub(lambda found: _SETS[found.group()], path)
