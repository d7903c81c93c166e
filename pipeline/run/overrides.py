"""Reading the file of an analyst's rulings (`--overrides`).

It is TOML, with any number of rulings (docs/rulings.md tells of each):

    [[merge]]
    ids = ["m-1c0e…", "m-9f34…"]
    note = "one blast; the second paper has the wrong town"

    [[apart]]
    ids = ["i-88c9…", "m-77ab…"]

    [[set]]
    id = "i-88c9…"
    field = "killed_best"
    value = 12
    note = "the ministry's list has twelve names"

    [[drop]]
    id = "i-77ab…"
    note = "a drill"

An id is a mention's, or an incident's, which stands for a report of it (`storage.rulings`). The reports of a `merge`
end in one incident, with the groups that they are in; no two of an `apart` do. What is `set` wins over all reports;
what is dropped is no incident, or no report of one. A run obeys the file that it is given, for the reports of earlier
runs as well; a run without one goes by evidence alone, and takes back what an earlier file had ruled.
"""

import re
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from pipeline.errors import OverridesError
from pipeline.linking.rulings import Overrides, Ruling

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_HEADER = re.compile(r"^\s*\[\[\s*(\w+)\s*\]\]")


def read_overrides(path: Path) -> Overrides:
    """Return the rulings of a file. Raises OverridesError, with the line and the key, for one that cannot be meant."""
    try:
        text = path.read_text(encoding="utf-8")
        return Overrides.model_validate(tomllib.loads(text))
    except OSError as error:
        raise OverridesError(str(path), f"cannot be read ({error.strerror})") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise OverridesError(str(path), str(error)) from error
    except ValidationError as error:
        raise refused(path, error, text) from error


def refused(path: Path | None, error: ValidationError, text: str = "") -> OverridesError:
    """Return what to raise for rulings that cannot be meant: what is wrong, and where in the file's text.

    Without a text, the file is looked into.
    """
    if not text and path is not None:
        text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    problems = [f"{_where(text, problem['loc'])}{_told(problem)}" for problem in error.errors()]
    return OverridesError(str(path), "; ".join(problems))


def _told(problem: ErrorDetails) -> str:
    """Return what is wrong in words that people use of a file, and which key may have been meant."""
    if problem["type"] != "extra_forbidden":
        return problem["msg"].removeprefix("Value error, ")
    known = [*(Overrides if len(problem["loc"]) == 1 else Ruling).model_fields]
    near = get_close_matches(str(problem["loc"][-1]), known, n=1)
    return f"there is no such key; {f'did you mean {near[0]}?' if near else 'known are ' + ', '.join(known)}"


def _where(text: str, key: Sequence[str | int]) -> str:
    """Return the line and the key of a problem: `line 4, merge[2].ids[1]: `; items count from 1."""
    if not key:
        return ""
    named = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in key).lstrip(".")
    number = key[1] if len(key) > 1 and isinstance(key[1], int) else 0
    headers = [line for line, found in _headers(text) if found == key[0]]
    line = f"line {headers[number]}, " if number < len(headers) else ""
    return f"{line}{named}: "


def _headers(text: str) -> list[tuple[int, str]]:
    matches = ((line, _HEADER.match(written)) for line, written in enumerate(text.splitlines(), 1))
    return [(line, found[1]) for line, found in matches if found]
