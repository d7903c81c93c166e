"""Build the page's front end: `python web/build.py`. Without arguments, it writes the package data.

The script's modules are put into one file in the order in which they need one another, without their comments and
their indentation, and with their imports and exports struck out; the names at their top level have to differ, which is
checked. That takes no tool but Python, so that any machine can see whether the build is fresh.
"""

import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
SOURCE = HERE / "src"
TARGET = HERE.parent / "pipeline" / "page" / "data"
ENTRY = "main.js"

_IMPORT = re.compile(r'^import \{[^}]*\} from "\./([\w.-]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class|let)\b)", re.MULTILINE)
_TOP = re.compile(r"^(?:async )?(?:function\*?|const|class|let) (\w+)", re.MULTILINE)
_BLOCK = re.compile(r"^[ ]*/\*.*?\*/\n", re.MULTILINE | re.DOTALL)
_LINE = re.compile(r"^[ ]*//.*\n", re.MULTILINE)
_CAST = re.compile(r"/\*\* @(?:type|param) [^*]*\*/ ")
_INDENT = re.compile(r"^[ ]+", re.MULTILINE)
_EMPTY = re.compile(r"\n{2,}")


def built() -> dict[str, str]:
    """Return the built files by their names."""
    return {"page.js": script(), "page.css": style(), "page.html": markup()}


def script() -> str:
    """Return all modules as one script in strict mode that leaves no names behind."""
    names: dict[str, str] = {}
    parts = [stripped(name, names) for name in in_order(ENTRY)]
    return '(()=>{"use strict";\n' + "".join(parts) + "})();\n"


def in_order(entry: str) -> list[str]:
    """Return the modules that `entry` needs, each after those that it imports."""
    order: list[str] = []

    def visit(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            raise SystemExit(f"modules that need one another: {' → '.join((*path, name))}")
        for needed in _IMPORT.findall(source(name)):
            visit(needed, (*path, name))
        if name not in order:
            order.append(name)

    visit(entry, ())
    return order


def stripped(name: str, names: dict[str, str]) -> str:
    """Return a module without what only people and other modules need; `names` collects who declares what."""
    text = _EXPORT.sub("", _IMPORT.sub("", source(name)))
    if left := re.search(r"^(?:import|export)\b.*", text, re.MULTILINE):
        raise SystemExit(f"{name}: not understood by build.py: {left[0]}")
    if any(line.count("`") % 2 for line in text.splitlines()):
        raise SystemExit(f"{name}: a template literal goes over several lines, which would lose its indentation")
    for declared in _TOP.findall(text):
        if declared in names:
            raise SystemExit(f"{name} and {names[declared]} both declare {declared}")
        names[declared] = name
    return compact(text)


def compact(text: str) -> str:
    """Return code without comments that have lines of their own, casts, indentation and empty lines."""
    return _EMPTY.sub("\n", _INDENT.sub("", _LINE.sub("", _BLOCK.sub("", _CAST.sub("", text))))).lstrip("\n")


def style() -> str:
    """Return the style sheet."""
    return compact(source("page.css"))


def markup() -> str:
    """Return the page's fixed elements."""
    return _EMPTY.sub("\n", _INDENT.sub("", source("page.html"))).strip()


def source(name: str) -> str:
    """Return the text of a source file."""
    return (SOURCE / name).read_text(encoding="utf-8")


def main() -> None:
    """Write the build."""
    for name, text in built().items():
        (TARGET / name).write_text(text, encoding="utf-8")
        sys.stdout.write(f"{name}: {len(text.encode()):,} bytes\n")


if __name__ == "__main__":
    main()
