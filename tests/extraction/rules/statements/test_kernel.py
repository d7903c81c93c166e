"""Which clauses of a sentence tell of one deed."""

from collections.abc import Callable

import pytest

from pipeline.extraction.document import Document
from pipeline.extraction.rules.statements.kernel import kernels_of


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        ("Gunmen attacked a market in Gao, killing nine people.", 1),
        ("Gunmen attacked a market in Gao while rebels shelled a post in Kidal.", 2),
        ("Gunmen may attack the market.", 0),
        ("Gunmen attacked a market in Gao, hours after a bomb exploded in Kidal.", 2),
    ],
)
def test_kernels(read: Callable[..., Document], text: str, heads: int) -> None:
    document = read(text)
    assert len(kernels_of(document.clauses, document)) == heads


def test_the_act_is_the_head_of_what_is_joined(read: Callable[..., Document]) -> None:
    document = read("Nine people were killed when gunmen attacked a market in Gao.")
    (kernel,) = kernels_of(document.clauses, document)
    assert kernel.head.span.text == "attacked"
    assert len(kernel.triggers) == 2
