"""A text that is edited, and where each of its characters comes from."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple


class Edit(NamedTuple):
    """The replacement of `start` to `end` by `text`.

    `origin` is the stretch that the new words repeat, where they are not another spelling of what stood there.
    """

    start: int
    end: int
    text: str
    origin: tuple[int, int] | None = None


class _Repeated(NamedTuple):
    """A stretch of the edited text, and the stretch of the original whose words it repeats."""

    start: int
    end: int
    origin: tuple[int, int]

    def of(self, start: int, end: int) -> tuple[int, int]:
        """Return what `start` to `end` repeats: the very words where all of the original is repeated."""
        first, last = self.origin
        if last - first != self.end - self.start:
            return self.origin
        return first + max(start, self.start) - self.start, first + min(end, self.end) - self.start


class View:
    """An edited text. Offsets are of code points, in `text` or in the original that it was made from."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts: array[int] | None = None
        self._ends: array[int] | None = None
        self._repeated: tuple[_Repeated, ...] = ()

    @property
    def is_original(self) -> bool:
        """Whether nothing was edited."""
        return self._starts is None

    def edited(self, edits: Iterable[Edit]) -> "View":
        """Return the view with `edits` made, which count in its text and do not overlap; empty ones change nothing."""
        wanted = [edit for edit in edits if edit.text != self.text[edit.start : edit.end]]
        wanted.sort(key=lambda edit: edit[:2])  # those at one place stay in order
        return self._with(wanted) if wanted else self

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the original that `start` to `end` of the view was made from. It is never empty.

        Of words that were put in, it is what they repeat, or else the character beside them.
        """
        if self._starts is None or self._ends is None:
            return start, end
        own = [at for at in range(start, end) if self._starts[at] < self._ends[at]]
        if own:
            return self._starts[own[0]], self._ends[own[-1]]
        repeated = next((each for each in self._repeated if each.start < end and start < each.end), None)
        return repeated.of(start, end) if repeated else self._beside(start)

    def here(self, offset: int) -> int:
        """Return where in the view the original's character at `offset` stands, or what follows it if it is gone."""
        return offset if self._ends is None else bisect_left(self._ends, offset + 1)

    def _beside(self, at: int) -> tuple[int, int]:
        starts, ends = self._starts or array("q"), self._ends or array("q")
        left = next((i for i in range(min(at, len(starts)) - 1, -1, -1) if starts[i] < ends[i]), None)
        found = left if left is not None else next(i for i in range(at, len(starts)) if starts[i] < ends[i])
        return starts[found], ends[found]

    def _with(self, edits: Sequence[Edit]) -> "View":
        starts = self._starts if self._starts is not None else array("q", range(len(self.text)))
        ends = self._ends if self._ends is not None else array("q", range(1, len(self.text) + 1))
        made, pieces = View(""), list[str]()
        made._starts, made._ends = array("q"), array("q")
        repeated = list[_Repeated]()
        kept, length = 0, 0
        moved: list[tuple[int, int]] = []
        for edit in edits:
            pieces += (self.text[kept : edit.start], edit.text)
            made._starts += starts[kept : edit.start]
            made._ends += ends[kept : edit.start]
            moved.append((kept, length))
            length += edit.start - kept
            first, last = self._region(starts, ends, edit)
            made._starts += array("q", [first]) * len(edit.text)
            made._ends += array("q", [last]) * len(edit.text)
            if edit.origin is not None:
                repeated.append(_Repeated(length, length + len(edit.text), self.original(*edit.origin)))
            length += len(edit.text)
            kept = edit.end
        moved.append((kept, length))
        pieces.append(self.text[kept:])
        made._starts += starts[kept:]
        made._ends += ends[kept:]
        made.text = "".join(pieces)
        made._repeated = (*repeated, *_moved(self._repeated, moved))
        return made

    def _region(self, starts: "array[int]", ends: "array[int]", edit: Edit) -> tuple[int, int]:
        """Return what the original has in the place of an edit: nothing where words are only put in."""
        if edit.start < edit.end and edit.origin is None:
            return starts[edit.start], ends[edit.end - 1]
        at = starts[edit.start] if edit.start < len(starts) else (ends[-1] if ends else 0)
        return at, at


def _moved(repeated: Iterable[_Repeated], moved: Sequence[tuple[int, int]]) -> list[_Repeated]:
    """Return stretches where later edits have moved them to; one that was edited away is gone."""
    found = []
    for each in repeated:
        for (old, new), (following, _) in pairwise([*moved, (1 << 62, 0)]):
            if old <= each.start and each.end <= following:
                found.append(_Repeated(each.start - old + new, each.end - old + new, each.origin))
                break
    return found
