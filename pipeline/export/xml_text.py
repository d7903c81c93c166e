"""Text that any XML parser takes."""

import re
from xml.sax.saxutils import escape

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no place for, not even as a reference."""


def xml(text: str) -> str:
    """Return `text` as XML writes it in elements and attributes; characters that XML cannot hold become U+FFFD."""
    return escape(_NOT_IN_XML.sub("\ufffd", text), {'"': "&quot;"})
