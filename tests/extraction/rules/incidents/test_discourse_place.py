"""Which sentence sets a scene."""

from collections.abc import Callable

import pytest

from pipeline.extraction.document import Document
from pipeline.extraction.rules.incidents.discourse_place import scene_of


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("In the town of Gao, rebels of the north were about.", "Gao"),
        ("Rebels of the north were about in Gao.", None),
        ("In the town of Gao, markets were open.", None),
    ],
)
def test_scene(read: Callable[..., Document], text: str, place: str | None) -> None:
    scene = scene_of(0, read(text))
    assert (scene and scene.place.name) == place
